import type { VmView } from "../../src/demo/cloud.ts";
import type { Call } from "../../src/demo/server.ts";
import type { Message } from "../../src/demo/slack.ts";

/** What is known of the world when a call comes. */
export interface Sight {
  vm: VmView;
  /** The names that its snapshots had in the beginning, by their ids. */
  atFirst: ReadonlyMap<string, string>;
  /** The requester has pressed a button or sent a dialog. */
  hasChosen: boolean;
  /** Somebody else has decided about approval, or is about to. */
  isDecided: boolean;
  cards: readonly Message[];
  /** The newest card shows an end. */
  isOver: boolean;
  /** Lines that the threads have already, and among them questions with buttons. */
  linesTold: number;
  questions: number;
}

/**
 * The names by which a call of the bot to a double is known in a recording, the same in every run: what it does, and for
 * reads also how far the VM is. Lines of threads are counted, since how many of them one message gathers is a matter of
 * time: a message has the name of each of its lines.
 */
export function namesOf(side: "cloud" | "slack", call: Call, sight: Sight): string[] {
  return side === "cloud" ? [cloudName(call, sight)] : slackNames(call, sight);
}

/** Calls that change nothing: whether the double applies them before the answer is lost makes no difference. */
export const isRead = (name: string): boolean =>
  /^(GET|users\.info|usergroups\.|auth\.test|conversations\.)/.test(name);

function cloudName({ method, path, body }: Call, sight: Sight): string {
  if (path.endsWith("/oauth/token")) return "POST token";
  if (method === "POST") return `POST ${JSON.parse(body).type}`;
  if (method === "GET") return `GET ${wordFor(path)}, ${phaseOf(sight)}`;
  return `${method} snapshot ${sight.atFirst.get(path.split("/").at(-1) ?? "") ?? "made here"}`;
}

function wordFor(path: string): string {
  const [, last = ""] = /\/ccloud\/(.*)$/.exec(path) ?? [];
  if (last === "servers") return "listing";
  if (last.startsWith("actions/")) return "operation";
  return last.split("/").at(-1) === "actions" ? "operations" : (last.split("/").at(-1) ?? "");
}

type Type = VmView["operations"][number]["type"];

/** Of what is done at once nobody sees the beginning. */
const DURING: Partial<Record<Type, string>> = {
  snapshot: "snapshotting",
  restore: "restoring",
  power_on: "booting",
};

const AFTER: Record<Exclude<Type, "delete_snapshot">, string> = {
  shutdown: "off",
  power_off: "off",
  snapshot: "snapshot over",
  restore: "restore over",
  power_on: "on again",
};

function phaseOf({ vm: { operations, power, snapshots }, atFirst, hasChosen, isDecided, isOver }: Sight): string {
  const [newest] = operations;
  if (newest?.type === "shutdown" && power === "Running") return "going off";
  if (newest?.status === "in-progress") return DURING[newest.type] ?? newest.type;
  if (isOver) return "after the end";
  if (newest?.type === "delete_snapshot")
    return `${operations.filter(({ type }) => type === newest.type).length} deleted`;
  if (newest) return AFTER[newest.type];
  if (snapshots.some(({ id, name }) => (atFirst.get(String(id)) ?? name) !== name)) return "renamed";
  if (isDecided) return "decided";
  return hasChosen ? "chosen" : "asked";
}

function slackNames({ path, body }: Call, { cards, linesTold, questions }: Sight): string[] {
  if (path.startsWith("/response/")) return ["response_url"];
  const method = path.slice("/api/".length);
  const args = new URLSearchParams(body);
  switch (method) {
    case "users.info":
      return [`users.info ${args.get("user")}`];
    case "chat.update":
      return [`chat.update ${cardFace(args)}${ordinal(cards.findIndex(({ ts }) => ts === args.get("ts")))}`];
    case "chat.postMessage":
      if (args.has("metadata")) return [`chat.postMessage card${ordinal(cards.length)}`];
      if (!args.has("thread_ts")) return [`chat.postMessage notice ${args.get("channel")}`];
      if (args.has("blocks")) return [`chat.postMessage question ${questions + 1}`];
      return (args.get("text") ?? "").split("\n").map((_, index) => `chat.postMessage line ${linesTold + index + 1}`);
    default:
      return [method];
  }
}

/** Which card it is, from the second on. */
const ordinal = (at: number): string => (at > 0 ? ` (${at + 1})` : "");

function cardFace(args: URLSearchParams): string {
  const { status, percent } = JSON.parse(args.get("metadata") ?? "{}").event_payload ?? {};
  return percent === undefined ? status : `${status} with percent`;
}
