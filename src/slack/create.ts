import { writeCommand } from "../domain/command/write.ts";
import type { RequestId } from "../domain/ids.ts";
import type { How } from "../domain/request.ts";
import { mayAct } from "../policy/rights.ts";
import type { Person } from "../ports/slack.ts";
import { textsIn } from "../texts/texts.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { namedVm } from "./named-vm.ts";
import { noteRefused } from "./noted.ts";
import { requestFor } from "./request-for.ts";

/** A wish for a snapshot as somebody put it; the VM is still a word. */
export interface Spoken {
  vm: string;
  name: string | undefined;
  how: How;
  reason: string | undefined;
  /** A safety snapshot: its requester is asked later what shall become of it. */
  safety?: boolean;
}

/** Makes a request of a wish, or tells in private why not, before anything is called that changes something. */
export async function createFor(
  desk: Desk,
  spoken: Spoken,
  from: Sender,
  person: Person,
  id: RequestId,
): Promise<void> {
  const texts = textsIn(person.language);
  if (!mayAct(person, desk.rules().policy)) {
    await noteRefused(desk, person, { what: "create", why: "not_member" });
    return desk.tell(from, texts.refusals.not_member);
  }
  const vm = await namedVm(desk, spoken.vm, from, texts, (name) => commandFor(spoken, name));
  if (!vm) return;
  const { name, how, reason, safety = false } = spoken;
  await requestFor(desk, vm, { kind: "create", name, how, reason, safety }, from, person, id);
}

/** The same wish as a command, with another VM in it. */
function commandFor({ name, how, reason, safety }: Spoken, vm: string): string {
  return safety
    ? writeCommand({ kind: "before", vm, how, reason: reason ?? "" })
    : writeCommand({ kind: "create", vm, name, how, reason });
}
