import type { Vm } from "../domain/cloud.ts";
import type { RequestId } from "../domain/ids.ts";
import { ask, type Objection, objection, type Wanted } from "../engine/ask.ts";
import { judgeWish } from "../engine/judge.ts";
import { termsFrom } from "../engine/press-request.ts";
import { mayAct } from "../policy/rights.ts";
import type { Person } from "../ports/slack.ts";
import type { Texts } from "../texts/en.ts";
import { textsIn } from "../texts/texts.ts";
import { sectionWith } from "../views/blocks.ts";
import { cardLink } from "../views/card-link.ts";
import { deleteButton, snapshotBlock } from "../views/snapshot-buttons.ts";
import { snapshotLines } from "../views/snapshot-lines.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { forbiddenText } from "./forbidden.ts";
import { inTurn } from "./in-turn.ts";
import { lacksOf, needsText, questionAbout } from "./lacking.ts";
import { limitText } from "./limited.ts";
import { askMissing } from "./missing.ts";
import { noteOpened, noteRefused } from "./noted.ts";

/**
 * Makes a request of a wish, or tells in private why not, before anything is called that changes something. Handled
 * again with the same id it makes no second one. Says whether there is a request now.
 */
export async function requestFor(
  desk: Desk,
  vm: Vm,
  wanted: Wanted,
  from: Sender,
  person: Person,
  id: RequestId,
  retryOf?: RequestId,
): Promise<boolean> {
  const texts = textsIn(person.language);
  const rules = desk.rules();
  const refused = (why: string, rule?: number | "none") =>
    noteRefused(desk, person, { what: wanted.kind, why, rule, request: retryOf, vm: vm.id });
  if (!mayAct(person, rules.policy)) {
    await refused("not_member");
    await desk.tell(from, texts.refusals.not_member);
    return false;
  }
  const ruling = await judgeWish(desk, person, from.channel, vm, wanted);
  const isKnown = (await desk.store.load(id)) !== undefined;
  if (!isKnown) {
    const no =
      ruling.kind === "denied" ? forbiddenText(ruling, texts) : await limitText(desk, person, from, vm, wanted, texts);
    if (no) {
      await (ruling.kind === "denied" ? refused(ruling.why, ruling.rule) : refused("limit"));
      await desk.tell(from, no);
      return false;
    }
    const lacks = ruling.kind === "allowed" ? lacksOf(wanted, ruling) : [];
    if (lacks[0]) {
      const question = questionAbout(vm, wanted, lacks, texts, retryOf);
      const noted = question && noteOpened(desk, person, "confirm", { request: retryOf, vm: vm.id });
      await (noted ?? refused(`needs_${lacks[0]}`));
      await (question ? askMissing(desk, from, question, texts) : desk.tell(from, needsText(lacks, texts)));
      return false;
    }
    const against = await objection(desk, vm, wanted);
    if (against && against.kind !== "full") await refused(against.kind);
    if (against) await tellObjection(desk, against, vm, from, texts);
    // Where only room is missing the request waits for it, and its card goes on by itself.
    if (against && against.kind !== "full") return false;
  }
  const where = from.channel ?? (await desk.directMessages(person.id));
  const make = () =>
    ask(desk, vm, wanted, {
      id,
      by: { id: person.id, name: person.name },
      channel: where,
      atHome: from.channel === undefined,
      language: desk.cardLanguage === "auto" ? (person.language ?? "en") : desk.cardLanguage,
      nameTemplate: desk.nameTemplate,
      ...(retryOf && { retryOf }),
      ...(ruling.kind === "allowed" && ruling.approval && { terms: termsFrom(ruling.approval, ruling.rule) }),
    });
  // Of many at once, each is counted before the next one is.
  const made = await inTurn(desk.store, async () => {
    const limit = isKnown ? undefined : await limitText(desk, person, from, vm, wanted, texts);
    if (desk.rules() !== rules) return "changed"; // they were read anew while Slack and the cloud were asked
    return limit === undefined ? make() : { limit };
  });
  if (made === "changed") return requestFor(desk, vm, wanted, from, person, id, retryOf);
  if ("limit" in made) {
    await refused("limit");
    await desk.tell(from, made.limit);
    return false;
  }
  const { stored, isNew } = made;
  if (!isNew) {
    const link = cardLink(stored, person.id, desk.linkTo);
    await desk.tell(from, texts.answers.joined(stored.request.requestedBy, link));
  }
  return true;
}

function tellObjection({ tell }: Desk, against: Objection, vm: Vm, from: Sender, texts: Texts): Promise<void> {
  const { answers } = texts;
  switch (against.kind) {
    case "name_empty":
      return tell(from, answers.nameEmpty);
    case "name_too_long":
      return tell(from, answers.nameTooLong(against.length, against.limit));
    case "reason_too_long":
      return tell(from, answers.reasonTooLong(against.length, against.limit));
    case "name_taken":
      return tell(from, answers.nameTaken(against.name));
    case "same_name":
      return tell(from, answers.sameName(against.name));
    case "snapshot_gone":
      return tell(from, answers.snapshotGone(against.name));
    case "already":
      return tell(from, answers.already(vm.name, against.power));
    case "cloud_silent":
      return tell(from, answers.cloudSilent(against.problem.detail));
    case "full": {
      const lines = snapshotLines(against.snapshots, texts);
      const candidates = against.snapshots.map((snapshot, n) =>
        sectionWith(lines[n] ?? "", deleteButton(snapshot.id, texts, snapshot.name), snapshotBlock(n, vm.id)),
      );
      return tell(from, answers.full(vm.name, against.snapshots.length, against.limit), candidates);
    }
  }
}
