import { startOfSecond } from "date-fns";
import { z } from "zod";
import type { Reply } from "../server.ts";
import type { Fleet } from "./fleet.ts";
import { type Paged, pageOf } from "./paging.ts";
import { notFound } from "./replies.ts";
import { type Asked, type Nothing, type Route, route, type Takes } from "./routes.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Vm } from "./vm.ts";

/** What the two faces of the API are given, and how both of them say things. */
export interface Face {
  fleet: Fleet;
  /** Absolute, for links. */
  urlOf(path: string): string;
}

export const SnapshotName = z.string().min(1).max(255);

/** A route below one server, which is 404 if there is no such server. */
export function serverRoute<Query = Nothing, Body = Nothing>(
  { fleet }: Face,
  method: string,
  below: string,
  takes: Takes<Query, Body>,
  answer: (vm: Vm, asked: Asked<Query, Body>) => Reply,
): Route {
  return route(method, `/ccloud/servers/:hostname${below}`, takes, (asked) => {
    const vm = fleet.find(asked.parts.hostname ?? "");
    return vm ? answer(vm, asked) : notFound();
  });
}

/** Bodies are written for the page only: an account may have thousands of VMs. */
export function list<T>(
  face: Face,
  key: string,
  items: readonly T[],
  bodyOf: (item: T) => unknown,
  asked: Asked<Paged, unknown>,
): Reply {
  return { status: 200, body: pageOf(key, items, bodyOf, face.urlOf(asked.path), asked.query) };
}

/** The number that a path part stands for; `NaN`, which no id equals, if it is none. */
export function idIn(part: string | undefined): number {
  return /^[1-9]\d*$/.test(part ?? "") ? Number(part) : Number.NaN;
}

export function timeOf(date: Date): string {
  return `${startOfSecond(date).toISOString().slice(0, 19)}Z`;
}

export function serverBody(vm: Vm) {
  return {
    id: vm.id,
    hostname: vm.name,
    custom_name: vm.customName ?? null,
    description: null,
    pool: "pool_aw3_ssd",
    cores: 2,
    memory: 4096,
    disks: [vm.diskGb],
    image: "ubuntu-22",
    type: "generic",
    state: vm.stateWord,
    tags: vm.tags,
    snapshot_ids: vm.listedSnapshots.map(({ id }) => id),
  };
}

export function snapshotBody(vm: Vm, snapshot: Snapshot) {
  return {
    id: snapshot.id,
    name: snapshot.name,
    created_at: timeOf(snapshot.createdAt),
    min_disk_size: vm.diskGb,
    size_gigabytes: snapshot.sizeGb,
    type: "snapshot",
    resource_id: vm.name,
    live: snapshot.live,
    ...(snapshot.status !== undefined && { status: snapshot.status }),
  };
}
