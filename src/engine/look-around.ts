import type { Vm } from "../domain/cloud.ts";
import { MINUTE_MS, SECOND_MS } from "../domain/durations.ts";
import { needsDecisionOf, VMS_PER_PAGE } from "../domain/home.ts";
import { pageOf } from "../domain/page.ts";
import type { Request } from "../domain/request.ts";
import { withMakers } from "../domain/rules.ts";
import type { Makers } from "../domain/step.ts";
import { mayAct } from "../policy/rights.ts";
import type { Rules } from "../policy/rules.ts";
import type { Clock } from "../ports/clock.ts";
import type { Person, Standings } from "../ports/slack.ts";
import type { HomeState, Preferences, Store, Stored } from "../ports/store.ts";
import type { HomeSight, VmSight, VmsSight } from "../views/home-sight.ts";
import { toDecide } from "./approvers.ts";
import type { CloudSights } from "./cloud-sights.ts";

/** How old what the cloud has said may be: where somebody waits for it or something was missing, and else. */
const FRESH_MS = 30 * SECOND_MS;
const GOOD_MS = 5 * MINUTE_MS;
/** So long the cloud is waited for. */
const PATIENCE_MS = 2 * SECOND_MS;
const MOST_RECENT = 10;

export interface Surroundings {
  clock: Clock;
  store: Pick<Store, "open" | "followedUp" | "fate" | "ofPerson" | "makers">;
  cloud: CloudSights;
  /** As they are configured now. */
  rules: () => Rules;
  standings: Standings;
}

/** What is missing may come by itself: cards are posted within seconds, a silent cloud takes longer. */
const UNPOSTED_MS = 5 * SECOND_MS;
const UNTOLD_MS = 30 * SECOND_MS;

/** Looks up what one person's Home shows, and says when that is worth another look although nothing has changed. */
export async function lookAround(
  around: Surroundings,
  person: Person,
  choices: Preferences,
  isFresh: boolean,
): Promise<{ sight: HomeSight; againInMs: number | undefined }> {
  const { clock, store } = around;
  const open = await store.open();
  const [approvals, asked, recent] = await Promise.all([
    toDecide(around, person, open),
    askedAbout(around, person),
    store.ofPerson(person.id, MOST_RECENT),
  ]);
  let cancel = () => {};
  const late = new Promise<void>((resolve) => {
    cancel = clock.after(PATIENCE_MS, resolve);
  });
  const vms = await vmsFor(around, open, choices.home, isFresh ? FRESH_MS : GOOD_MS, late).finally(() => cancel());
  const may = mayAct(person, around.rules().policy);
  const own = open.filter(({ request }) => may && isTheirs(person, request));
  const decisions = [...own, ...approvals, ...asked];
  const isUnposted = open.some(({ card }) => !card.message);
  return {
    sight: { mayAct: may, decisions, running: open, recent, vms, choices },
    againInMs: isUnposted ? UNPOSTED_MS : isUntold(vms) ? UNTOLD_MS : undefined,
  };
}

const isUntold = ({ isSilent, rows, chosen }: VmsSight): boolean =>
  isSilent ||
  [...rows, ...(chosen?.sight ? [chosen.sight] : [])].some(({ snapshots, oldSince }) => !snapshots || oldSince);

/** What every member may decide is nothing for a guest. */
const isTheirs = ({ id, kind }: Person, request: Request): boolean =>
  needsDecisionOf(id, request) && (kind === "member" || request.requestedBy.id === id);

/** Safety snapshots about which this person was asked, by the names that they have now. */
async function askedAbout({ store }: Surroundings, { id }: Person): Promise<readonly Stored[]> {
  const mine = (await store.followedUp()).filter(({ request }) => request.requestedBy.id === id);
  const looked = await Promise.all(
    mine.map(async (stored) => {
      const { request } = stored;
      const { state } = request;
      if (state.status !== "done" || !state.snapshot) return [];
      const fate = await store.fate(request.vm.id, state.snapshot.id);
      if (fate?.deleted || fate?.restoredAt) return [];
      const snapshot = { ...state.snapshot, name: fate?.name ?? state.snapshot.name };
      return [{ ...stored, request: { ...request, state: { ...state, snapshot } } }];
    }),
  );
  return looked.flat();
}

async function vmsFor(
  around: Surroundings,
  open: readonly Stored[],
  home: HomeState | undefined,
  maxAgeMs: number,
  late: Promise<void>,
): Promise<VmsSight> {
  const { cloud, store } = around;
  const { known, isOld } = await cloud.vms.recall(maxAgeMs, late);
  if (!known) return { seenAt: undefined, isSilent: true, count: 0, page: 0, pages: 1, rows: [] };
  const { vms, at: seenAt } = known.value;
  const sightOf = async (vm: Vm, makers: Makers): Promise<VmSight> => {
    const isChanged = Number(cloud.changedAt(vm.id) ?? 0) >= Number(seenAt);
    const [snapshots, power] = await Promise.all([
      cloud.snapshots(vm.id).recall(maxAgeMs, late),
      isChanged ? cloud.power(vm.id).recall(maxAgeMs, late) : undefined,
    ]);
    return {
      vm,
      power: power?.known?.value ?? vm.power,
      snapshots: snapshots.known && withMakers(snapshots.known.value, makers),
      oldSince: snapshots.isOld ? snapshots.known?.at : undefined,
      request: open.find(({ request }) => request.vm.id === vm.id),
    };
  };
  const base = { seenAt, isSilent: isOld, count: vms.length };
  if (home?.vm !== undefined) {
    const vm = vms.find(({ id }) => id === home.vm);
    const sight = vm && (await sightOf(vm, await store.makers(vm.id)));
    return { ...base, page: 0, pages: 1, rows: [], chosen: { id: home.vm, sight } };
  }
  const { items, page, pages } = pageOf(vms, home?.page ?? 0, VMS_PER_PAGE);
  return { ...base, page, pages, rows: await Promise.all(items.map((vm) => sightOf(vm, NOBODY))) };
}

/** Rows of a page do not say who made what. */
const NOBODY: Makers = new Map();
