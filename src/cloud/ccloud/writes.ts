import type { Operation, OperationKind, Problem, Snapshot } from "../../domain/cloud.ts";
import type { SnapshotId, VmId } from "../../domain/ids.ts";
import { CloudError } from "../../ports/cloud.ts";
import type { HttpAnswer } from "../http.ts";
import { misfit, saidIn } from "../refusals.ts";
import { askFor } from "./ask.ts";
import { operationOf, snapshotOf } from "./read.ts";
import type { Deps } from "./reads.ts";
import * as schemas from "./schemas.ts";
import type { Ask } from "./session.ts";
import { fitting, inEnvelope, objectIn } from "./unwrap.ts";

export function ccloudWrites({ api, session, cooldowns, clock }: Omit<Deps, "known" | "deadlineMs">) {
  /** Both forms of an answer are taken: the operation in its envelope, and the bare ids of a job. */
  async function begin(kind: OperationKind, ask: Ask): Promise<Operation> {
    const answer = objectIn(ask, await session.send(ask));
    const key = api.envelopes.operation.one.find((candidate) => typeof answer[candidate] === "object");
    const given = fitting(ask, schemas.Begun, key === undefined ? answer : answer[key], key);
    const operation = operationOf(api, given, { kind, startedAt: clock.now() });
    if (typeof operation === "string") throw misfit(ask, operation);
    return operation;
  }

  return {
    shutdown: async (vm: VmId) => begin("shutdown", askFor(api, "shutdown", { vm })),
    powerOff: async (vm: VmId) => begin("power_off", askFor(api, "powerOff", { vm })),
    powerOn: async (vm: VmId) => begin("power_on", { ...askFor(api, "powerOn", { vm }), urgent: true }),
    restore: async (vm: VmId, snapshot: SnapshotId) => begin("restore", askFor(api, "restore", { vm, snapshot })),

    async startSnapshot(vm: VmId, name: string): Promise<Operation> {
      const judge = (problem: Problem, answer: HttpAnswer) => asFull(cooldowns.judge(vm, problem), answer);
      return begin("snapshot", { ...askFor(api, "startSnapshot", { vm, name }), judge });
    },

    async renameSnapshot(vm: VmId, snapshot: SnapshotId, name: string): Promise<Snapshot> {
      const ask = askFor(api, "renameSnapshot", { vm, snapshot, name });
      const { key, value } = inEnvelope(ask, objectIn(ask, await session.send(ask)), api.envelopes.snapshot.one);
      return snapshotOf(fitting(ask, schemas.Snapshot, value, key));
    },

    /** Ends when the cloud has said yes; that it may do so in a job of its own does not matter to anybody. */
    async deleteSnapshot(vm: VmId, snapshot: SnapshotId): Promise<void> {
      const ask = askFor(api, "deleteSnapshot", { vm, snapshot });
      try {
        const { body } = await session.send(ask);
        if (body.kind === "unreadable") throw misfit(ask, body.why);
      } catch (error) {
        if (!(error instanceof CloudError) || error.problem.kind !== "not_found") throw error;
      }
    },
  };
}

/** The refusal of an eleventh snapshot is known by its words only. */
const asFull = (problem: Problem, answer: HttpAnswer): Problem =>
  answer.status === 422 && /limit/i.test(saidIn(answer) ?? "") ? { ...problem, kind: "quota" } : problem;
