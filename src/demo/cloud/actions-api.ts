import { z } from "zod";
import { type Face, idIn, list, SnapshotName, serverRoute, snapshotBody, timeOf } from "./face.ts";
import type { OperationView } from "./operation.ts";
import { Paged } from "./paging.ts";
import { isRefusal, type Refusal } from "./refusal.ts";
import { notFound, refuse } from "./replies.ts";
import { type Route, route } from "./routes.ts";
import type { Vm } from "./vm.ts";

const ActionRequest = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("snapshot"), name: SnapshotName.optional() }),
  z.strictObject({ type: z.enum(["shutdown", "power_off", "power_on"]) }),
  z.strictObject({ type: z.literal("restore"), image: z.int().min(1) }),
]);

/** Snapshots as actions on a server, the way the contract has them. */
export function actionRoutes(face: Face): Route[] {
  return [
    serverRoute(face, "GET", "/actions", { query: Paged }, (vm, asked) => {
      const actions = vm.operations.filter(isAction);
      return list(face, "actions", actions, (action) => actionBody(vm, action), asked);
    }),
    serverRoute(face, "POST", "/actions", { body: ActionRequest }, (vm, { body }) => {
      const started = start(vm, body);
      return isRefusal(started) ? refuse(started) : { status: 201, body: { action: actionBody(vm, started) } };
    }),
    route("GET", "/ccloud/actions/:id", {}, ({ parts }) => {
      const found = face.fleet.findOperation(idIn(parts.id));
      if (!found || !isAction(found.operation)) return notFound();
      return { status: 200, body: { action: actionBody(found.vm, found.operation) } };
    }),
    serverRoute(face, "GET", "/snapshots", { query: Paged }, (vm, asked) =>
      list(face, "snapshots", vm.listedSnapshots, (snapshot) => snapshotBody(vm, snapshot), asked),
    ),
    ...snapshotRoutes(face),
  ];
}

function snapshotRoutes({ fleet }: Face): Route[] {
  const path = "/ccloud/snapshots/:id";
  return [
    route("GET", path, {}, ({ parts }) => {
      const vm = fleet.findSnapshotOwner(idIn(parts.id));
      const snapshot = vm?.listedSnapshots.find(({ id }) => id === idIn(parts.id));
      return vm && snapshot ? { status: 200, body: { snapshot: snapshotBody(vm, snapshot) } } : notFound();
    }),
    route("PUT", path, { body: z.strictObject({ name: SnapshotName }) }, ({ parts, body }) => {
      const vm = fleet.findSnapshotOwner(idIn(parts.id));
      if (!vm) return notFound();
      const renamed = vm.renameSnapshot(idIn(parts.id), body.name);
      return isRefusal(renamed) ? refuse(renamed) : { status: 200, body: { snapshot: snapshotBody(vm, renamed) } };
    }),
    route("DELETE", path, {}, ({ parts }) => {
      const vm = fleet.findSnapshotOwner(idIn(parts.id));
      if (!vm) return notFound();
      const deleted = vm.deleteSnapshot(idIn(parts.id));
      return isRefusal(deleted) ? refuse(deleted) : { status: 204 };
    }),
  ];
}

function start(vm: Vm, request: z.infer<typeof ActionRequest>): OperationView | Refusal {
  switch (request.type) {
    case "snapshot":
      return vm.takeSnapshot(request.name);
    case "restore":
      return vm.restore(request.image);
    case "shutdown":
    case "power_off":
    case "power_on":
      return vm.switch(request.type);
  }
}

/** Deleting a snapshot is a call of its own here, not an action. */
function isAction({ type }: OperationView): boolean {
  return type !== "delete_snapshot";
}

function actionBody(vm: Vm, { id, status, type, percent, ...operation }: OperationView) {
  return {
    id,
    status,
    type,
    started_at: timeOf(operation.startedAt),
    completed_at: operation.completedAt ? timeOf(operation.completedAt) : null,
    progress: percent,
    resource_id: vm.name,
    resource_type: "server",
    snapshot_id: operation.snapshotId ?? null,
    error: operation.error ?? null,
  };
}
