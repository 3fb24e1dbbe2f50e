import type { RequestId, VmId } from "../domain/ids.ts";
import type { Dialog } from "../domain/story.ts";
import type { Answered } from "../engine/press-request.ts";
import type { Person } from "../ports/slack.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";

type Book = Pick<Desk, "store" | "clock">;
type Rule = number | "none";
type Doer = Pick<Person, "id" | "name">;

/** Whoever sent it, where nobody has looked yet what they are called. */
export const unnamed = ({ user }: Sender): Doer => ({ id: user, name: "" });

/** What somebody was refused: a button or wish by its name, of which request or VM, and the policy's rule if it was one. */
interface Refused {
  what: string;
  why: string;
  rule?: Rule | undefined;
  request?: RequestId | undefined;
  vm?: VmId | undefined;
}

/** Writes down that somebody may not, or came too late. Before they are told: what cannot be written down is not answered. */
export const noteRefused = (book: Book, by: Doer, { what, why, rule, request, vm }: Refused): Promise<void> =>
  book.store.note(
    book.clock.now(),
    { code: "refused", by: { id: by.id, name: by.name }, what, why, ...(rule !== undefined && { rule }) },
    { who: by.id, request, vm },
  );

/** A press or a decision that had no effect. That more has to be said first is no refusal; a dialog asks for it. */
export async function noteAnswered(book: Book, by: Person, what: string, answered: Answered): Promise<void> {
  if (answered.kind === "changed") return; // the story of the request says so
  const { id: request, vm } = answered.stored.request;
  if (answered.kind === "lacking") return noteOpened(book, by, "confirm", { request, vm: vm.id });
  const about = { what, request, vm: vm.id };
  if (answered.kind === "refused") return noteRefused(book, by, { ...about, why: answered.refusal });
  const { why, rule } = answered.decision;
  return noteRefused(book, by, { ...about, why, rule });
}

/** What a VM may be called. Anything else that stands in its place was meant for somebody else, and is not kept. */
const VM_NAME = /^[\w.-]{1,63}$/;

const nameIn = (vm: string | undefined) => (vm !== undefined && VM_NAME.test(vm) ? { vm } : {});

/** What somebody wants, by the word of its command, of which VM, and on the card of which request. */
interface Wanted {
  kind: string;
  vm?: string | undefined;
  request?: RequestId | undefined;
}

/** Writes down that somebody gave a command, with nothing that they typed freely. */
export function noteCommand(book: Book, by: Doer, { kind: word, vm, request }: Wanted, as?: RequestId): Promise<void> {
  const line = { code: "command", by: { id: by.id, name: by.name }, word, ...nameIn(vm), ...(as && { as }) } as const;
  return book.store.note(book.clock.now(), line, { who: by.id, request });
}

/** The command that a button or a dialog stands for; undefined when what comes of it is written down anyway. */
export function commandOf(sent: Sent): Wanted | undefined {
  switch (sent.kind) {
    case "wish":
      return { kind: "create", vm: sent.vm };
    case "managing":
      return { kind: sent.wanted.kind, vm: sent.vm };
    case "switching":
      return { kind: "power", vm: REQUEST.test(sent.target) ? undefined : sent.target };
    case "history_file":
      return { kind: "history_file", vm: sent.vm };
    case "command":
    case "decision":
    case "press":
    case "preference":
      return undefined;
  }
}

/** What was wanted, in a word of ours. */
export const wordOf = (sent: Sent): string =>
  sent.kind === "press" ? sent.press : sent.kind === "decision" ? sent.decision : (commandOf(sent)?.kind ?? sent.kind);

/**
 * Writes down that something was delivered again, by Slack or by somebody in between, and that nothing came of it. One row,
 * however often; nobody is told, since whoever sent it did so once.
 */
export function noteReplayed({ store, clock }: Book, sent: Sent, key: string): Promise<void> {
  const line = { code: "refused", by: unnamed(sent.from), what: wordOf(sent), why: "replayed" } as const;
  const request = "request" in sent ? sent.request : undefined;
  return store.noteAgain(key, clock.now(), line, { who: sent.from.user, request });
}

/** What our own ids look like; on cards they stand where Home and lists have the VM. */
const REQUEST = /^r[0-9a-f]{16}$/;

/** Writes down that somebody pressed a button which opens a dialog, about a request or a VM. */
export function noteOpened(
  book: Book,
  by: Doer,
  dialog: Dialog,
  { request, vm }: { request?: RequestId | undefined; vm?: VmId | undefined } = {},
): Promise<void> {
  const named = nameIn(vm);
  const line = { code: "opened", by: { id: by.id, name: by.name }, dialog, ...named } as const;
  return book.store.note(book.clock.now(), line, { who: by.id, request, vm: "vm" in named ? vm : undefined });
}
