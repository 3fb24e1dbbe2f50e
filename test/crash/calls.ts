import type { DemoCloud } from "../../src/demo/cloud.ts";
import type { Call } from "../../src/demo/server.ts";

/** What is known of the world when a call comes. */
export interface Sight {
  cloud: DemoCloud;
  vm: string;
  /** The requester has pressed a button. */
  hasChosen: boolean;
  /** Lines that the thread has already. */
  linesTold: number;
}

/**
 * The names by which a call of the bot to a double is known in a recording, the same in every run: what it does, and for
 * reads also how far the VM is. Lines of the thread are counted, since how many of them one message gathers is a matter
 * of time: a message has the name of each of its lines.
 */
export function namesOf(side: "cloud" | "slack", call: Call, sight: Sight): string[] {
  return side === "cloud" ? [cloudName(call, sight)] : slackNames(call, sight);
}

/** Calls that change nothing: whether the double applies them before the answer is lost makes no difference. */
export const isRead = (name: string): boolean => /^(GET|users\.info|auth\.test|conversations\.)/.test(name);

function cloudName({ method, path, body }: Call, sight: Sight): string {
  if (path.endsWith("/oauth/token")) return "POST token";
  if (method === "POST") return `POST ${JSON.parse(body).type}`;
  return `GET ${wordFor(path)}, ${phaseOf(sight)}`;
}

function wordFor(path: string): string {
  const [, last = ""] = /\/ccloud\/(.*)$/.exec(path) ?? [];
  if (last === "servers") return "listing";
  if (last.startsWith("actions/")) return "operation";
  return last.split("/").at(-1) === "actions" ? "operations" : (last.split("/").at(-1) ?? "");
}

function phaseOf({ cloud, vm, hasChosen }: Sight): string {
  const { operations, power } = cloud.vm(vm);
  const newest = operations[0];
  switch (newest?.type) {
    case undefined:
      return hasChosen ? "chosen" : "asked";
    case "shutdown":
      return power === "Running" ? "going off" : "off";
    case "snapshot":
      return newest.status === "in-progress" ? "snapshotting" : "snapshot over";
    default:
      return newest?.status === "in-progress" ? "booting" : "on again";
  }
}

function slackNames({ path, body }: Call, { linesTold }: Sight): string[] {
  if (path.startsWith("/response/")) return ["response_url"];
  const method = path.slice("/api/".length);
  const args = new URLSearchParams(body);
  switch (method) {
    case "users.info":
      return [`users.info ${args.get("user")}`];
    case "chat.update":
      return [`chat.update ${cardFace(args)}`];
    case "chat.postMessage":
      if (args.has("metadata")) return ["chat.postMessage card"];
      return (args.get("text") ?? "").split("\n").map((_, index) => `chat.postMessage line ${linesTold + index + 1}`);
    default:
      return [method];
  }
}

function cardFace(args: URLSearchParams): string {
  const { status, percent } = JSON.parse(args.get("metadata") ?? "{}").event_payload ?? {};
  return percent === undefined ? status : `${status} with percent`;
}
