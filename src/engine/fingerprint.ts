import { createHash } from "node:crypto";
import type { Gated, Request, Wish } from "../domain/request.ts";

/** So many characters tell one request's wish from another's, and can be read aloud. */
const LENGTH = 8;

/**
 * What exactly is approved, in short: the VM, what is done to it, the snapshots and the parameters, and why. A wish that
 * differs in any of these has another fingerprint; so one that was approved without a reason is asked for anew with it.
 */
export function fingerprintOf({ vm, wish }: Pick<Request, "vm" | "wish">, what: Gated): string {
  const why = wish.reason === undefined ? [] : [wish.reason];
  const text = JSON.stringify([vm.id, what, ...parametersOf(wish), ...why]);
  return createHash("sha256").update(text).digest("hex").slice(0, LENGTH);
}

function parametersOf(wish: Wish): unknown[] {
  switch (wish.kind) {
    case "create":
      return [wish.kind, wish.how, wish.nameGiven ? wish.name : null];
    case "restore":
      return [wish.kind, wish.snapshot.id, Number(wish.snapshot.createdAt), wish.safety];
    case "delete":
      return [wish.kind, wish.snapshots.map(({ id }) => id).toSorted()];
    case "rename":
      return [wish.kind, wish.snapshot.id, wish.name];
    case "power":
      return [wish.kind, wish.to];
  }
}
