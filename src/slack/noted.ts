import type { Command } from "../domain/command.ts";
import type { RequestId, VmId } from "../domain/ids.ts";
import type { Answered } from "../engine/press-request.ts";
import type { Person } from "../ports/slack.ts";
import type { Desk } from "./desk.ts";

type Book = Pick<Desk, "store" | "clock">;
type Rule = number | "none";

/** What somebody was refused: a button or wish by its name, of which request or VM, and the policy's rule if it was one. */
interface Refused {
  what: string;
  why: string;
  rule?: Rule | undefined;
  request?: RequestId | undefined;
  vm?: VmId | undefined;
}

/** Writes down that somebody may not, or came too late. Before they are told: what cannot be written down is not answered. */
export const noteRefused = (
  book: Book,
  by: Pick<Person, "id" | "name">,
  { what, why, rule, request, vm }: Refused,
): Promise<void> =>
  book.store.note(
    book.clock.now(),
    { code: "refused", by: { id: by.id, name: by.name }, what, why, ...(rule !== undefined && { rule }) },
    { who: by.id, request, vm },
  );

/** A press or a decision that had no effect. That a name has to be typed first is no refusal. */
export async function noteAnswered(book: Book, by: Person, what: string, answered: Answered): Promise<void> {
  if (answered.kind !== "refused" && answered.kind !== "forbidden") return;
  const { id: request, vm } = answered.stored.request;
  const about = { what, request, vm: vm.id };
  if (answered.kind === "refused") return noteRefused(book, by, { ...about, why: answered.refusal });
  const { why, rule } = answered.decision;
  return noteRefused(book, by, { ...about, why, rule });
}

/** What a VM may be called. Anything else that stands in its place was meant for somebody else, and is not kept. */
const VM_NAME = /^[\w.-]{1,63}$/;

/** Writes down that somebody gave a command, with nothing that they typed freely. */
export function noteCommand(book: Book, by: Person, command: Command, as: RequestId): Promise<void> {
  const vm = "vm" in command && command.vm !== undefined && VM_NAME.test(command.vm) ? { vm: command.vm } : {};
  const line = { code: "command", by: { id: by.id, name: by.name }, word: command.kind, ...vm, as } as const;
  return book.store.note(book.clock.now(), line, { who: by.id });
}
