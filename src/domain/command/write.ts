import type { Command, ListFilter } from "../command.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, readDuration, SECOND_MS } from "../durations.ts";
import { quoteWhole } from "../escapes.ts";
import type { How } from "../request.ts";

/** A command as text which `readCommand` reads as the same again, whatever the names in it are: for buttons that ask it. */
export function writeCommand(command: Command): string {
  switch (command.kind) {
    case "dialog":
      return "";
    case "create":
      return joined("create", quote(command.vm), quote(command.name), way(command.how), ...why(command.reason));
    case "before":
      return joined("before", quote(command.reason), quote(command.vm), way(command.how));
    case "list":
      return joined("list", quote(command.vm), ...filters(command.filter, "older", "newer"));
    case "rename":
      return joined("rename", quote(command.vm), quote(command.snapshot), quote(command.name), ...why(command.reason));
    case "restore":
    case "delete":
      return joined(command.kind, quote(command.vm), quote(command.snapshot));
    case "power":
      return joined(POWER_WORDS[command.to], quote(command.vm), ...why(command.reason));
    case "history": {
      const { by, sinceMs, untilMs } = command.filter;
      return joined(
        "history",
        quote(command.vm),
        ...filters({ by, newerMs: sinceMs, olderMs: untilMs }, "until", "since"),
      );
    }
    case "may":
      return joined("may", command.doing, quote(command.vm), way(command.how));
    case "status":
      return "status";
    case "cancel":
      return joined("cancel", quote(command.vm));
    case "help":
      return joined("help", command.about);
  }
}

const POWER_WORDS = { on: "on", off: "shutdown", hard_off: "off" } as const;

const joined = (...parts: (string | undefined)[]): string => parts.filter((part) => part !== undefined).join(" ");

const quote = (data: string | undefined): string | undefined => (data === undefined ? undefined : quoteWhole(data));

const way = (how: How): string | undefined => (how === "ask" ? undefined : `--${how}`);

const why = (reason: string | undefined) => (reason === undefined ? [] : ["--reason", quote(reason)]);

function filters({ by, why: reason, olderMs, newerMs }: ListFilter, older: string, newer: string): string[] {
  return [
    ...(by ? [`by:${"id" in by ? `<@${by.id}>` : quoteWhole(`@${by.name}`)}`] : []),
    ...(reason === undefined ? [] : [`why:${quoteWhole(reason)}`]),
    ...(olderMs === undefined ? [] : [`${older}:${duration(olderMs)}`]),
    ...(newerMs === undefined ? [] : [`${newer}:${duration(newerMs)}`]),
  ];
}

const UNITS = { d: DAY_MS, h: HOUR_MS, m: MINUTE_MS, s: SECOND_MS };

/** In the first unit in which it can be read as the same again; to the day when in none. */
const duration = (ms: number): string =>
  Object.entries(UNITS)
    .map(([unit, unitMs]) => `${Number((ms / unitMs).toFixed(3))}${unit}`)
    .find((text) => Math.round(readDuration(text) ?? -1) === ms) ?? `${Math.round(ms / DAY_MS)}d`;
