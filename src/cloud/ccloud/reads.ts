import { z } from "zod";
import type { Operation, Power, Snapshot, Vm } from "../../domain/cloud.ts";
import type { OperationId, VmId } from "../../domain/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import { CloudError } from "../../ports/cloud.ts";
import { misfit } from "../refusals.ts";
import { type Api, PER_PAGE } from "./api.ts";
import { askFor } from "./ask.ts";
import type { Cooldowns } from "./cooldowns.ts";
import type { knownWords } from "./known-words.ts";
import { type Page, readAllPages, type Where } from "./pages.ts";
import { isKnownStatus, operationOf, powerOf, snapshotOf, vmOf } from "./read.ts";
import * as schemas from "./schemas.ts";
import type { Ask, Session } from "./session.ts";
import { fitting, inEnvelope, objectIn } from "./unwrap.ts";

export interface Deps {
  api: Api;
  session: Session;
  cooldowns: Cooldowns;
  known: ReturnType<typeof knownWords>;
  clock: Clock;
  deadlineMs: number;
}

/** How many operations a look takes in. The cloud lists the newest first. */
const LATEST_OPERATIONS = 50;
/** A listing of many pages may take so many deadlines of one call. */
const LISTING_DEADLINES = 6;

const isKind = (error: unknown, ...kinds: CloudError["problem"]["kind"][]): boolean =>
  error instanceof CloudError && kinds.includes(error.problem.kind);

export function ccloudReads({ api, session, cooldowns, known, clock, deadlineMs }: Deps) {
  const { envelopes } = api;

  async function object(ask: Ask): Promise<Record<string, unknown>> {
    return objectIn(ask, await session.send(ask));
  }

  async function one<T extends z.ZodType>(ask: Ask, keys: readonly string[], schema: T): Promise<z.output<T>> {
    const { key, value } = inEnvelope(ask, await object(ask), keys);
    return fitting(ask, schema, value, key);
  }

  const server = (vm: VmId) => one(askFor(api, "server", { vm }), envelopes.server.one, schemas.Server);

  function power(word: string): Power {
    const meaning = powerOf(word);
    if (meaning === "unknown") known.missed("power state", word);
    return meaning;
  }

  async function stateWord(vm: VmId): Promise<string> {
    const ask = askFor(api, "state", { vm });
    const answer = await object(ask);
    const { state, status } = schemas.State.parse(schemas.Enveloped.parse(answer).data ?? answer);
    const word = state ?? status;
    if (word === undefined) throw misfit(ask, "no `state` or `status`");
    return word;
  }

  function operation(ask: Ask, given: schemas.Begun): Operation {
    if (!isKnownStatus(given)) known.missed("operation status", given.status ?? "");
    const read = operationOf(api, given, { kind: "other", startedAt: clock.now() });
    if (typeof read === "string") throw misfit(ask, read);
    return read;
  }

  async function serversPage(where: Where, signal?: AbortSignal): Promise<Page<schemas.Server>> {
    const query = "page" in where ? { page: where.page, per_page: PER_PAGE } : {};
    const ask = { ...askFor(api, "servers", {}, query), ...("path" in where && where), signal };
    const answer = await object(ask);
    const { key, value } = inEnvelope(ask, answer, envelopes.server.many);
    return { items: fitting(ask, z.array(schemas.Server), value, key), paging: schemas.Paging.parse(answer) };
  }

  return {
    async listVms(): Promise<readonly Vm[]> {
      const signal = AbortSignal.timeout(deadlineMs * LISTING_DEADLINES);
      const servers = await readAllPages<schemas.Server>(
        session.base,
        ({ hostname }) => hostname,
        (where) => serversPage(where, signal),
      );
      return servers.map(vmOf);
    },

    /** The state call; where that one is missing or not understood, the server's own word. */
    async power(vm: VmId): Promise<Power> {
      try {
        return power(await stateWord(vm));
      } catch (error) {
        if (!isKind(error, "not_found", "unsupported", "protocol")) throw error;
        const { state } = await server(vm);
        if (state === undefined) throw error;
        return power(state);
      }
    },

    async operation(vm: VmId, id: OperationId): Promise<Operation> {
      const ask = askFor(api, "operation", { vm, operation: id });
      return operation(ask, await one(ask, envelopes.operation.one, schemas.Operation));
    },

    async operations(vm: VmId): Promise<readonly Operation[]> {
      const ask = askFor(api, "operations", { vm }, { page: 1, per_page: LATEST_OPERATIONS });
      const given = await one(ask, envelopes.operation.many, z.array(schemas.Operation)).catch(
        async (error: unknown) => {
          if (!isKind(error, "not_found", "unsupported")) throw error;
          await server(vm); // throws `not_found` when it is the VM that is missing and not the list
          const detail = `${ask.label}: this cloud has no list of operations`;
          throw new CloudError({ kind: "unsupported", outcome: "refused", detail }, { cause: error });
        },
      );
      const operations = given.map((fields) => operation(ask, fields));
      cooldowns.sawOperations(vm, operations);
      return operations.sort((a, b) => Number(b.startedAt) - Number(a.startedAt));
    },

    /** Without the cloud's own backups. One page: there are ten at most. */
    async snapshots(vm: VmId): Promise<readonly Snapshot[]> {
      const ask = askFor(api, "snapshots", { vm }, { page: 1, per_page: PER_PAGE });
      const given = await one(ask, envelopes.snapshot.many, z.array(schemas.Snapshot));
      const snapshots = given.filter(({ type }) => type !== "backup").map(snapshotOf);
      cooldowns.sawSnapshots(vm, snapshots);
      return snapshots;
    },

    async check(): Promise<{ vms: number }> {
      const { items, paging } = await serversPage({ page: 1 });
      return { vms: paging.meta?.total ?? items.length };
    },
  };
}
