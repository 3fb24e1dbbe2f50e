import type { View } from "../../src/demo/slack.ts";
import { OPS, type Rig } from "../rig.ts";
import { pieces } from "../views/strings.ts";

/** How the dialogs that rename, restore and delete are opened and read in tests. */

/** Types a command and waits for the dialog that it opens, until it no longer says that it is looked up what to ask. */
export async function dialogOf(rig: Rig, who: string, command: string): Promise<View> {
  await firstDialogOf(rig, who, command);
  return rig.slack.waitFor(() => {
    const view = rig.slack.view(who);
    return view && !/^(Looking |Shutter sieht )/.test(said(view)) && view;
  }, `the dialog of ${command}`);
}

/** The same, as it opens; on a busy machine that may be the one that says so. */
export async function firstDialogOf(rig: Rig, who: string, command: string): Promise<View> {
  await rig.slack.command(who, OPS, command);
  return rig.slack.waitFor(() => rig.slack.view(who), `a dialog of ${command}`);
}

/** Waits for the dialog that asks for what the rules want besides. */
export const asked = (rig: Rig, who: string): Promise<View> =>
  rig.slack.waitFor(() => {
    const view = rig.slack.view(who);
    return view?.callbackId === "confirm" && view;
  }, `a dialog that asks ${who} for more`);

/** All that a dialog says, title and buttons not included. */
export const said = (view: View | undefined): string =>
  pieces(view?.blocks)
    .map(({ text }) => text)
    .join("\n");

/** What stands in a field of the open dialog. */
export function entered(rig: Rig, who: string, actionId: string) {
  const inputs = Object.values(rig.slack.view(who)?.state ?? {}).map((actions) => actions[actionId]);
  return inputs.find((input) => input !== undefined) as
    | { value?: string | null; selected_option?: { value: string } | null; selected_options?: { value: string }[] }
    | undefined;
}

/** Snapshots for a VM of the rig, a day apart, the first the oldest. */
export const called = (...names: string[]) =>
  names.map((name, at) => ({ name, createdAt: new Date(Date.now() - (names.length - at) * 86_400_000), sizeGb: 14.8 }));

export function idOf(rig: Rig, vm: string, name: string): string {
  const found = rig.cloud.vm(vm).snapshots.find((snapshot) => snapshot.name === name);
  if (!found) throw new Error(`${vm} has no snapshot ${name}`);
  return String(found.id);
}

export const namesOf = (rig: Rig, vm: string): string[] => rig.cloud.vm(vm).snapshots.map(({ name }) => name);

/** A press on a button with whatever somebody has put into it; the trigger is worth nothing. */
export function forge(rig: Rig, user: string, button: { action_id: string; block_id?: string; value: string }) {
  const payload = {
    type: "block_actions",
    user: { id: user, team_id: rig.slack.teamId },
    team: { id: rig.slack.teamId },
    channel: { id: OPS },
    trigger_id: "1.2.forged",
    container: { type: "message", message_ts: "1.1", channel_id: OPS },
    actions: [{ type: "button", ...button }],
  };
  return rig.slack.send({ payload });
}
