import type { Vm } from "../domain/cloud.ts";
import { findVm } from "../domain/find-vm.ts";
import type { RequestId } from "../domain/ids.ts";
import type { How } from "../domain/request.ts";
import { ask, type Objection, objection } from "../engine/ask.ts";
import { look } from "../engine/look.ts";
import { mayAct } from "../policy/rights.ts";
import type { Person } from "../ports/slack.ts";
import type { Texts } from "../texts/en.ts";
import { textsIn } from "../texts/texts.ts";
import { section } from "../views/blocks.ts";
import { snapshotLines } from "../views/snapshot-lines.ts";
import { vmMenu } from "../views/vm-menu.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";

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
  const texts = textsIn(person.language ?? "en");
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

/** The VM that a word means; when it is not clear, the answer is a menu and the result undefined. */
export async function namedVm(
  { cloud, tell }: Desk,
  query: string,
  from: Sender,
  texts: Texts,
  commandWith: (vm: string) => string,
): Promise<Vm | undefined> {
  const vms = await look(() => cloud.listVms());
  const { answers } = texts;
  if (!vms.ok) {
    await tell(from, answers.cloudSilent(vms.problem.detail));
    return undefined;
  }
  const found = findVm(vms.value, query);
  switch (found.kind) {
    case "one":
      return found.vm;
    case "several": {
      const more = found.more > 0 ? [section(answers.more(found.more))] : [];
      await tell(from, answers.several(query), [vmMenu(found.vms, commandWith), ...more]);
      return undefined;
    }
    case "none": {
      const near = found.nearest.length > 0 ? [section(answers.nearest), vmMenu(found.nearest, commandWith)] : [];
      await tell(from, vms.value.length === 0 ? answers.noVms : answers.unknownVm(query), near);
      return undefined;
    }
  }
}

function inWords(against: Objection, vm: Vm, { answers, ...texts }: Texts): [string, object[]] {
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
      const lines = snapshotLines(against.snapshots, { answers, ...texts });
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
