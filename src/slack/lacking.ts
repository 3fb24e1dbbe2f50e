import { z } from "zod";
import type { Vm } from "../domain/cloud.ts";
import { writeCommand } from "../domain/command/write.ts";
import { RequestId, VmId } from "../domain/ids.ts";
import { Press } from "../domain/press.ts";
import type { Wanted } from "../engine/ask.ts";
import { LACKS, type Lack } from "../engine/press-request.ts";
import type { Texts } from "../texts/en.ts";
import { code } from "../texts/format.ts";
import { whatIn } from "../views/card-approval.ts";

/** What the rules want to be told besides a wish, and how it is asked for. */

/** What waits: a button of a card, a button that switches a VM, or a command. */
const Deed = z.union([
  z.object({ press: Press, request: RequestId }),
  z.object({ to: z.enum(["on", "off", "hard_off"]), vm: VmId }),
  z.object({ command: z.string() }),
]);
export type Deed = z.infer<typeof Deed>;

/**
 * Carried by the dialog, or by the button that opens it. Nothing in it is believed: everything is looked up when it is
 * sent. Where it was wanted is not in it, since that decides which rule fits.
 */
export const Question = z.object({
  deed: Deed,
  lacks: z.array(z.enum(LACKS)).min(1),
  vm: z.object({ id: VmId, name: z.string() }),
  /** What is about to be done, in mrkdwn. */
  what: z.string(),
});
export type Question = z.infer<typeof Question>;

/** What the rules want to be told before a wish becomes a request. */
export function lacksOf(wanted: Wanted, wants: { isTyped: boolean; needsReason: boolean }): Lack[] {
  const isUntyped = wants.isTyped && !wanted.isTyped && !isAskedOnCard(wanted);
  const isUnreasoned = wants.needsReason && !wanted.reason;
  return [...(isUntyped ? ["name" as const] : []), ...(isUnreasoned ? ["reason" as const] : [])];
}

/** The name is typed for the yes there; a snapshot for which nothing goes off needs none. */
const isAskedOnCard = (wanted: Wanted): boolean =>
  wanted.kind === "create" ||
  (wanted.kind === "restore" && !wanted.confirmedAt) ||
  (wanted.kind === "power" && wanted.to !== "on" && !wanted.confirmedAt);

/** The same in words, where no dialog can ask for it. */
export const needsText = (lacks: readonly Lack[], { approval }: Texts): string =>
  lacks.includes("name") ? approval.needsName : approval.needsReason;

/** What is asked about a wish to which something is missing; undefined where only its own dialog can ask for it. */
export function questionAbout(
  vm: Pick<Vm, "id" | "name">,
  wanted: Wanted,
  lacks: readonly Lack[],
  { approval }: Texts,
  retryOf: RequestId | undefined,
): Question | undefined {
  const deed: Deed | undefined = retryOf ? { press: "retry", request: retryOf } : deedOf(vm.id, wanted);
  const what = `${code(vm.name)}: ${whatIn(wanted, "begin", approval)}`;
  return deed && { deed, lacks: [...lacks], vm: { id: vm.id, name: vm.name }, what };
}

/** The same wish once more, as it was given. */
function deedOf(vm: VmId, wanted: Wanted): Deed | undefined {
  switch (wanted.kind) {
    case "create": {
      const { name, how, reason } = wanted;
      return { command: writeCommand({ kind: "create", vm, name, how, reason }) };
    }
    case "rename": {
      const { snapshot, name, reason } = wanted;
      return { command: writeCommand({ kind: "rename", vm, snapshot: snapshot.id, name, ...(reason && { reason }) }) };
    }
    case "power": {
      const { to, confirmedAt, reason } = wanted;
      return confirmedAt ? { to, vm } : { command: writeCommand({ kind: "power", vm, to, ...(reason && { reason }) }) };
    }
    case "restore":
    case "delete":
      return undefined;
  }
}
