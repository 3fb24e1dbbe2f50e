import type { Command, CommandWord, Mistake } from "../domain/command.ts";
import type { RequestId } from "../domain/ids.ts";
import { pressRequest } from "../engine/press-request.ts";
import { mayAct, mayPress } from "../policy/rights.ts";
import type { Person } from "../ports/slack.ts";
import type { Stored } from "../ports/store.ts";
import { textsIn } from "../texts/texts.ts";
import { helpLines, helpOn } from "../views/help.ts";
import { statusLines } from "../views/status.ts";
import { createFor } from "./create.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { answerHistory } from "./history.ts";
import { answerList } from "./list.ts";
import { answerManagingCommand } from "./managing-commands.ts";
import { answerMay } from "./may.ts";
import { noteAnswered, noteCommand, noteRefused } from "./noted.ts";
import { tellRefusal } from "./presses.ts";
import type { Changer } from "./reader.ts";
import { switchNamed } from "./switching.ts";

interface Asking extends Changer {
  desk: Desk;
}

/** So many open requests fit into one answer. */
const MOST_LINES = 20;

type Answers = {
  readonly [K in Exclude<Command["kind"], "dialog">]: (
    asking: Asking,
    command: Extract<Command, { kind: K }>,
  ) => Promise<void>;
};

const ANSWERS: Answers = {
  create: ({ desk, from, person, id }, command) => createFor(desk, command, from, person, id),
  before: ({ desk, from, person, id }, command) =>
    createFor(desk, { ...command, name: undefined, safety: true }, from, person, id),
  rename: (asking, command) => answerManagingCommand(asking.desk, command, asking),
  restore: (asking, command) => answerManagingCommand(asking.desk, command, asking),
  delete: (asking, command) => answerManagingCommand(asking.desk, command, asking),
  power: (asking, command) => switchNamed(asking.desk, command, asking),
  list: (asking, command) => answerList(asking.desk, command, asking),
  history: (asking, command) => answerHistory(asking.desk, command, asking),
  may: (asking, command) => answerMay(asking.desk, command, asking),
  async status({ desk, from, person, texts }) {
    const open = await desk.store.open();
    const shown = statusLines(open.slice(0, MOST_LINES), texts, desk.clock.now(), person.id, desk.linkTo);
    const lines = [...shown, ...(open.length > MOST_LINES ? [texts.answers.more(open.length - MOST_LINES)] : [])];
    await desk.tell(from, open.length === 0 ? texts.answers.nothingRuns : [texts.answers.runs, ...lines].join("\n"));
  },
  cancel: (asking, { vm }) => answerCancel(asking, vm),
  help: ({ desk, from, person, texts }, { about }) =>
    desk.tell(from, helpLines(texts, mayAct(person, desk.rules().policy), about).join("\n")),
};

/** Answers one command; everything but a card is private. */
export async function answerCommand(
  desk: Desk,
  command: Command,
  { from, isTyped }: Extract<Sent, { kind: "command" }>,
  person: Person,
  id: RequestId,
): Promise<void> {
  if (command.kind === "dialog") return; // opened before it came here, while Slack still allowed it
  await noteCommand(desk, person, command, id);
  const asking = { desk, from, person, id, isTyped, texts: textsIn(person.language) };
  const answer = ANSWERS[command.kind] as (asking: Asking, command: Command) => Promise<void>;
  await answer(asking, command);
}

/** Among so many requests is the one that a command has just cancelled. */
const RECENT = 50;

async function answerCancel({ desk, from, person, texts, id }: Asking, vm: string): Promise<void> {
  const wanted = vm.trim().toLowerCase();
  const isMeant = ({ request }: Stored) =>
    [request.vm.id, request.vm.name].some((name) => name.toLowerCase() === wanted);
  const recent = await desk.store.recent(RECENT);
  const done = recent.find(({ request }) => request.decided?.as === id);
  if (done) return desk.tell(from, texts.answers.cancelling(done.request.vm.name)); // handled again after a crash
  const open = (await desk.store.open()).filter(isMeant);
  const first = open[0];
  if (!first) return desk.tell(from, texts.answers.nothingToCancel(vm));
  const { policy } = desk.rules();
  const mine = open.find(({ request }) => mayPress("cancel", person, request, policy) === "yes");
  if (!mine) {
    const why = mayAct(person, policy) ? "not_requester" : "not_member";
    await noteAnswered(desk, person, "cancel", { kind: "refused", refusal: why, stored: first });
    if (why === "not_member") return desk.tell(from, texts.refusals.not_member);
    return desk.tell(from, texts.answers.notYours(first.request.vm.name, first.request.requestedBy));
  }
  const result = await pressRequest(desk, mine.request.id, "cancel", person, id);
  await noteAnswered(desk, person, "cancel", result);
  if (result.kind === "changed") await desk.tell(from, texts.answers.cancelling(mine.request.vm.name));
  else await tellRefusal(desk, from, result, texts);
}

/** What could not be understood, with the way out. */
export async function answerMistake(desk: Desk, mistake: Mistake, from: Sender, person: Person): Promise<void> {
  await noteRefused(desk, person, { what: "command", why: mistake.kind });
  const texts = textsIn(person.language);
  const { answers, help } = texts;
  const example = (word: CommandWord) => help.commands[word].example;
  const guessing = (nearest: string | undefined) => (nearest === undefined ? [] : [answers.didYouMean(nearest)]);
  const told = (...sentences: string[]) => desk.tell(from, sentences.join(" "));
  switch (mistake.kind) {
    case "unknown_word": {
      const { word, nearest, rest } = mistake;
      const guess = nearest ? ["/snapshot", nearest, rest].filter(Boolean).join(" ") : helpOn(texts);
      return told(answers.unknownWord(word), answers.didYouMean(guess));
    }
    case "need_vm":
      return told(answers.needVm(example(mistake.word)));
    case "need_snapshot":
      return told(help.mistakes.needSnapshot(example(mistake.word)));
    case "no_deed":
      return told(texts.explanation.noDeed(mistake.typed, example("may")));
    case "need_reason":
      return told(help.mistakes.needReason(example("before")));
    case "both_how":
      return told(answers.bothHow);
    case "unknown_flag":
      return told(answers.unknownFlag(mistake.flag, helpOn(texts, mistake.word)), ...guessing(mistake.nearest));
    case "empty_reason":
      return told(answers.reasonEmpty);
    case "unknown_filter": {
      const { filter, word, nearest } = mistake;
      return told(help.mistakes.unknownFilter(filter, helpOn(texts, word)), ...guessing(nearest));
    }
    case "bad_filter":
      return told(help.mistakes.badFilter(mistake.typed, help.mistakes.filters[mistake.filter]));
    case "filter_twice":
      return told(help.mistakes.filterTwice(mistake.typed));
    case "too_many":
      return told(answers.tooMany(mistake.rest));
    case "unclosed_quote":
      return told(answers.unclosedQuote);
    case "empty_name":
      return told(mistake.word === "rename" ? help.mistakes.newNameEmpty : answers.nameEmpty);
  }
}
