import type { Vm } from "../domain/cloud.ts";
import type { RequestId } from "../domain/ids.ts";
import type { How } from "../domain/request.ts";
import { ask, type Objection, objection } from "../engine/ask.ts";
import { mayAct } from "../policy/rights.ts";
import type { Person } from "../ports/slack.ts";
import type { Texts } from "../texts/en.ts";
import { textsIn } from "../texts/texts.ts";
import { section } from "../views/blocks.ts";
import { snapshotLines } from "../views/snapshot-lines.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { namedVm } from "./named-vm.ts";

/** A wish for a snapshot as somebody put it; the VM is still a word. */
export interface Spoken {
  vm: string;
  name: string | undefined;
  how: How;
  reason: string | undefined;
}

/** Makes a request of a wish, or tells in private why not, before anything is called that changes something. */
export async function createFor(
  desk: Desk,
  spoken: Spoken,
  from: Sender,
  person: Person,
  id: RequestId,
  retryOf?: RequestId,
): Promise<void> {
  const texts = textsIn(person.language);
  if (!mayAct(person)) return desk.tell(from, texts.refusals.not_member);
  const vm = await namedVm(desk, spoken.vm, from, texts, (name) => commandFor(spoken, name));
  if (!vm) return;
  if (!(await desk.store.load(id))) {
    const against = await objection(desk, { ...spoken, vm });
    if (against) return desk.tell(from, ...inWords(against, vm, texts));
  }
  const { stored, isNew } = await ask(
    desk,
    { ...spoken, vm },
    {
      id,
      by: { id: person.id, name: person.name },
      channel: from.channel ?? (await desk.directMessages(person.id)),
      language: desk.cardLanguage === "auto" ? (person.language ?? "en") : desk.cardLanguage,
      nameTemplate: desk.nameTemplate,
      ...(retryOf && { retryOf }),
    },
  );
  if (isNew) return;
  const link = stored.card.message && desk.linkTo(stored.card.message);
  await desk.tell(from, texts.answers.joined(stored.request.requestedBy, link));
}

function inWords(against: Objection, vm: Vm, texts: Texts): [string, object[]] {
  const { answers } = texts;
  switch (against.kind) {
    case "name_too_long":
      return [answers.nameTooLong(against.length, against.limit), []];
    case "reason_too_long":
      return [answers.reasonTooLong(against.length, against.limit), []];
    case "name_taken":
      return [answers.nameTaken(against.name), []];
    case "cloud_silent":
      return [answers.cloudSilent(against.problem.detail), []];
    case "full": {
      const lines = snapshotLines(against.snapshots, texts);
      return [answers.full(vm.name, against.snapshots.length, against.limit), [section(...lines)]];
    }
  }
}

/** The same wish as a command, with another VM in it. */
function commandFor({ name, how, reason }: Spoken, vm: string): string {
  const quoted = (text: string) => `"${text.replaceAll('"', "'")}"`;
  return [
    "create",
    quoted(vm),
    ...(name === undefined ? [] : [quoted(name)]),
    ...(how === "ask" ? [] : [`--${how}`]),
    ...(reason === undefined ? [] : ["--reason", quoted(reason)]),
  ].join(" ");
}
