import type { Who } from "../../domain/ids.ts";
import type { Kind } from "../../domain/request.ts";
import { code, moment, person } from "../format.ts";

const about = (vm: string | undefined, filter: string): string =>
  [vm === undefined ? "of all VMs" : `of ${code(vm)}`, ...(filter === "" ? [] : [filter])].join(", ");

export const history = {
  kinds: {
    create: "Snapshot",
    restore: "Restore",
    delete: "Deletion",
    rename: "Renaming",
    power: "Switching",
  } satisfies Record<Kind, string> as Readonly<Record<Kind, string>>,
  head: (vm: string | undefined, filter: string, from: number, to: number) =>
    `*History ${about(vm, filter)}* · lines ${from}–${to}, newest first`,
  group: (kind: string, vm: string, by: Who, at: Date) =>
    `*${kind}* · ${code(vm)} · asked for by ${person(by)}, ${moment(at)}`,
  filter: (by: string | undefined, since: Date | undefined, until: Date | undefined) =>
    [
      ...(by ? [`by ${code(by)}`] : []),
      ...(since ? [`since ${moment(since)}`] : []),
      ...(until ? [`until ${moment(until)}`] : []),
    ].join(", "),
  empty: (vm: string | undefined, filter: string) =>
    `There is nothing in the history ${about(vm, filter)}. \`/snapshot history\` shows all that there is.`,
  noMore: "There are no older lines.",
  nobody: (name: string) =>
    `Nobody called ${code(name)} is in the history. Pick the person from Slack's menu behind the \`@\`, or leave \`by:\` out.`,
  severalPeople: (name: string) => `${code(name)} fits several people in the history. Whose lines?`,
  newer: "Newer",
  older: "Older",
  csv: "As a CSV file",
  stale: "Shutter cannot read this button any more. Ask for the history once more with `/snapshot history`.",

  file: (vm: string | undefined, filter: string, lines: number) =>
    `History ${about(vm, filter)}, ${lines === 1 ? "1 line" : `${lines} lines`}. The file is in this thread.`,
  fileCut: (most: number) =>
    `These are the newest ${new Intl.NumberFormat("en").format(most)} lines; there are older ones. \`since:\` and \`until:\` choose a shorter time.`,
  fileThere: (link: string | undefined) =>
    link ? `<${link}|The file is in your direct messages.>` : "The file is in your direct messages.",
  noScope:
    "Slack does not let Shutter share files yet, so there is no file. An administrator has to give the app the scope `files:write` and install it again; `/snapshot history` shows the same lines here.",
  fileRefused: (word: string) =>
    `Slack did not take the file (${code(word)}), so there is none. Try again in a minute; \`/snapshot history\` shows the same lines here.`,
};
