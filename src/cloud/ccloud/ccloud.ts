import type { Operation, Power, Snapshot, Vm } from "../../domain/cloud.ts";
import { SECOND_MS } from "../../domain/durations.ts";
import type { SnapshotId, VmId } from "../../domain/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Cloud, CloudError } from "../../ports/cloud.ts";
import { Calls } from "./calls.ts";
