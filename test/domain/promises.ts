import type { Press } from "../../src/domain/press.ts";
import { type Gated, isOf, isOpen, type Request } from "../../src/domain/request.ts";
import type { Call } from "../../src/domain/step.ts";
import type { World } from "./world.ts";

/** What product.md promises of VMs and their snapshots, held against one walk; a broken one is thrown. */
export class Promises {
  readonly #world: World;
  /** Those whose requester has said yes to a VM that goes off. */
  readonly #yes = new Set<string>();
  /** Those of which somebody has wanted the plug pulled. */
  readonly #pulled = new Set<string>();
  /** Those that must not begin before they are approved. */
  readonly #unbegun = new Set<string>();
  /** How the VM has to be at the end; undefined when that is anybody's guess. */
  #power: "running" | "off" | undefined;

  constructor(world: World) {
    this.#world = world;
    this.#power = world.power === "off" ? "off" : "running";
  }

  asked(request: Request, isConfirmed: boolean): void {
    if (!isConfirmed) return;
    this.#yes.add(request.id);
    if (isOf(request, "power") && request.wish.to === "hard_off") this.#pulled.add(request.id);
  }

  /** It has to be approved first. */
  gated({ id }: Request, what: Gated): void {
    if (what === "begin") this.#unbegun.add(id);
  }

  /** It has been approved, or must not wait. */
  goesOn(request: Request, what: Gated): void {
    if (what === "begin") this.#unbegun.delete(request.id);
    else this.pressed(request, what);
  }

  pressed({ id, wish }: Request, button: Press): void {
    if (button === "shutdown") this.#yes.add(id);
    const isHard = button === "shutdown" && wish.kind === "power" && wish.to === "hard_off";
    if (button === "power_off" || isHard) this.#pulled.add(id);
  }

  /** Before a call goes out. */
  calls({ id, wish }: Request, call: Call): void {
    hold(!this.#unbegun.has(id), "Nothing is done before it is approved");
    if (call.kind === "shutdown") hold(this.#yes.has(id), "A VM is shut down only after a yes");
    if (call.kind === "power_off") hold(this.#pulled.has(id), "A plug is pulled only where somebody chose that");
    if (call.kind === "restore") {
      hold(this.#yes.has(id), "Nothing is restored before the yes");
      const isSeenOff = this.#world.power === "off" || this.#world.now - (this.#world.switchedOnAt ?? 0) < 10_000;
      hold(isSeenOff, "Nothing is restored while the VM runs");
    }
    if (call.kind === "delete")
      hold(
        wish.kind === "delete" && wish.snapshots.some((snapshot) => snapshot.id === call.snapshot),
        "Only what was chosen is deleted",
      );
  }

  becomes(before: Request, next: Request): void {
    hold(isOpen(before) || next.state.status === before.state.status, "An end is not left");
    hold(isOpen(next) || !next.debt, "Nothing ends with a debt");
    if (isOpen(next) || !isOpen(before)) return;
    if (isOf(next, "power")) this.#power = this.#wantedAfter(before, next);
    if (next.state.status === "done") this.#isDone(next);
    if (next.state.status === "failed") this.#hasFailed(next);
  }

  /** When everything is over, and every guest has had its time. */
  ended(requests: readonly Request[]): void {
    for (const { id } of requests) hold(this.#taken(id, "snapshot").length <= 1, "One request takes one snapshot");
    const isSure = !this.#world.isSurprised && (this.#power === "running" || this.#world.switchedOnAt === undefined);
    if (this.#power && isSure)
      hold(this.#world.power === this.#power, `The VM is ${this.#world.power} and should be ${this.#power}`);
  }

  #taken = (id: string, kind: Call["kind"]): Call[] =>
    this.#world.calls.filter(({ by, call, taken }) => by === id && call.kind === kind && taken).map(({ call }) => call);

  #wantedAfter(before: Request, { wish, state, times }: Request & { wish: { to: string } }) {
    if (wish.kind !== "power") return this.#power;
    if (state.status === "done") return wish.to === "on" ? "running" : "off";
    if (wish.to === "on") return before.state.status === "powering_on" ? undefined : this.#power;
    const isUnderWay = ["shutting_down", "shutdown_stuck", "awaiting_approval"].includes(before.state.status);
    if (times.shutdownAsked === undefined || !isUnderWay) return this.#power;
    return state.status === "cancelled" ? "running" : undefined;
  }

  #isDone({ id, wish }: Request): void {
    const { snapshots } = this.#world;
    const isThere = (wanted: string) => snapshots.some((snapshot) => snapshot.id === wanted);
    switch (wish.kind) {
      case "create":
        hold(this.#taken(id, "snapshot").length === 1, "Who is done has taken a snapshot");
        break;
      case "restore":
        hold(!wish.safety || this.#taken(id, "snapshot").length === 1, "The safety snapshot is taken first");
        hold(this.#world.restored.at(-1) === wish.snapshot.id, "Who is done has restored what was wished");
        break;
      case "delete":
        hold(!wish.snapshots.some((each) => isThere(each.id)), "Who is done has deleted all of it");
        break;
      case "rename":
        hold(
          this.#world.isSurprised || snapshots.every(({ id, name }) => id !== wish.snapshot.id || name === wish.name),
          "Who is done has renamed it, if it is still there",
        );
        break;
      case "power":
        break;
    }
  }

  #hasFailed({ id, wish, state }: Request): void {
    if (state.status !== "failed") return;
    const { code } = state.failure;
    const isThere = (wanted: string) => this.#world.snapshots.some((snapshot) => snapshot.id === wanted);
    hold(!state.gone?.some(isThere), "What is said to be gone is gone");
    const mayBe = code === "restore_failed" || code === "restore_lost" || code === "vm_gone";
    if (wish.kind === "restore" && !mayBe)
      hold(this.#taken(id, "restore").length === 0, `${code} says that nothing was restored`);
  }
}

function hold(promise: boolean, words: string): void {
  if (!promise) throw new Error(`Broken: ${words}`);
}
