import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { ChannelId, RequestId } from "../domain/ids.ts";
import { Press } from "../domain/press.ts";
import { CONFIRM_VM_ID } from "../views/action-ids.ts";
import { whatOf } from "../views/card-approval.ts";
import { confirmDialog } from "../views/confirm-dialog.ts";
import { type DialogView, fieldsOf } from "../views/create-dialog.ts";
import { confirmWord, isConfirmed } from "../views/manage-dialogs.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { patience, textsFor } from "./patience.ts";
import { call } from "./web.ts";

/** The press that waits for a name, as the private answer's button carries it. */
const Waiting = z.object({ press: Press, request: RequestId });

const waitingIn = (value: string | undefined) => {
  const [press, request] = (value ?? "").split(" ");
  return Waiting.safeParse({ press, request }).data;
};

const Memory = Waiting.extend({ channel: ChannelId.optional(), responseUrl: z.string().optional() });

/** Opens the dialog in which the VM's name is typed. Whether it helps is looked up when it is sent. */
export async function openTyping(
  { desk, client }: { desk: Desk; client: WebClient },
  from: Sender,
  value: string | undefined,
  trigger: string | undefined,
): Promise<void> {
  const waiting = waitingIn(value);
  const stored = waiting && (await desk.store.load(waiting.request));
  const texts = await textsFor(desk, from.user, patience());
  if (!waiting || !stored) return desk.tell(from, texts.refusals.unknown_request);
  const { request } = stored;
  const memory = Memory.parse({ ...waiting, channel: from.channel, responseUrl: from.responseUrl });
  const what = `${request.vm.name}: ${whatOf(request, texts.approval)}`;
  const view = confirmDialog(request.vm, what, JSON.stringify(memory), texts);
  try {
    await call(() => client.views.open({ trigger_id: trigger ?? "", view: view as never }));
  } catch (error) {
    desk.log.warn("a dialog could not be opened", { user: from.user, error: String(error) });
    await desk.tell(from, texts.answers.slackSilent);
  }
}

/** The press with its name, or what stands at the field. */
export async function submitTyping(
  desk: Desk,
  from: Sender,
  view: DialogView,
): Promise<Extract<Sent, { kind: "press" }> | { errors: Record<string, string> }> {
  const { press, request, channel, responseUrl } = Memory.parse(JSON.parse(view.private_metadata ?? "{}"));
  const { managing } = await textsFor(desk, from.user, patience());
  const stored = await desk.store.load(request);
  const field = fieldsOf(view).find(({ action }) => action === CONFIRM_VM_ID);
  const typed = field?.entered.value ?? undefined;
  if (!stored || !isConfirmed(stored.request.vm, typed)) {
    const word = stored ? confirmWord(stored.request.vm) : "";
    return { errors: { [field?.block ?? "vm"]: managing.errors.wrongName(word) } };
  }
  const sender = { ...from, ...(channel && { channel }), ...(responseUrl && { responseUrl }) };
  return { kind: "press", from: sender, press, request, isTyped: true };
}
