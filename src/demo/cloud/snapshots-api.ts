import { z } from "zod";
import type { Reply } from "../server.ts";
import { type Face, idIn, list, SnapshotName, serverRoute, snapshotBody, timeOf } from "./face.ts";
import type { OperationType, OperationView } from "./operation.ts";
import { Paged } from "./paging.ts";
import { isRefusal, type Refusal } from "./refusal.ts";
import { notFound, refuse } from "./replies.ts";
import type { Route } from "./routes.ts";

const PowerRequest = z.strictObject({ type: z.enum(["shutdown", "power_off", "power_on"]) });
const Named = z.strictObject({ name: SnapshotName });

/** The other way the live service may have it: snapshots are a resource of their own, and what takes time is a job. */
export function jobRoutes(face: Face): Route[] {
  return [
    serverRoute(face, "POST", "/actions", { body: PowerRequest }, (vm, { body }) => started(201, vm.switch(body.type))),
    serverRoute(face, "GET", "/jobs", { query: Paged }, (vm, asked) =>
      list(face, "data", vm.operations, jobBody, asked),
    ),
    serverRoute(face, "GET", "/jobs/:job", {}, (vm, { parts }) => {
      const operation = vm.operations.find((one) => jobId(one) === parts.job);
      return operation ? { status: 200, body: { data: jobBody(operation) } } : notFound();
    }),
    serverRoute(face, "GET", "/snapshots", { query: Paged }, (vm, asked) =>
      list(face, "data", vm.listedSnapshots, (snapshot) => snapshotBody(vm, snapshot), asked),
    ),
    serverRoute(face, "POST", "/snapshots", { body: Named.partial() }, (vm, { body }) =>
      started(201, vm.takeSnapshot(body.name)),
    ),
    serverRoute(face, "PUT", "/snapshots/:id", { body: Named }, (vm, { parts, body }) => {
      const renamed = vm.renameSnapshot(idIn(parts.id), body.name);
      return isRefusal(renamed) ? refuse(renamed) : { status: 200, body: { data: snapshotBody(vm, renamed) } };
    }),
    serverRoute(face, "DELETE", "/snapshots/:id", {}, (vm, { parts }) =>
      started(200, vm.deleteSnapshot(idIn(parts.id))),
    ),
    serverRoute(face, "POST", "/snapshots/:id/restore", {}, (vm, { parts }) =>
      started(201, vm.restore(idIn(parts.id))),
    ),
  ];
}

const actionWords: Record<OperationType, string> = {
  snapshot: "create",
  delete_snapshot: "delete",
  restore: "restore",
  shutdown: "shutdown",
  power_off: "power_off",
  power_on: "power_on",
};

const statusWords: Record<OperationView["status"], string> = {
  "in-progress": "running",
  completed: "finished",
  errored: "failed",
};

function jobId({ id }: OperationView): string {
  return `j${id}`;
}

/** The short form in which a call says which job it started. */
function jobHead(operation: OperationView) {
  return { id: operation.id, job_id: jobId(operation), action: actionWords[operation.type] };
}

function jobBody(operation: OperationView) {
  return {
    ...jobHead(operation),
    status: statusWords[operation.status],
    progress: operation.percent,
    started_at: timeOf(operation.startedAt),
    finished_at: operation.completedAt ? timeOf(operation.completedAt) : null,
    error: operation.error?.message ?? null,
  };
}

function started(status: number, operation: OperationView | Refusal): Reply {
  return isRefusal(operation) ? refuse(operation) : { status, body: jobHead(operation) };
}
