import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Message } from "../src/demo/slack.ts";
import { openAudit } from "../src/store/audit.ts";
import { type Rig, type RigOptions, startRig, statusOf } from "./rig.ts";

export interface Journey {
  /** Starts a rig; at the end of the test it is looked over for what must never be, and stopped. */
  begin(options: RigOptions, tolerated?: Fault[]): Promise<Rig>;
}

/** A test with a rig of its own. */
export const journey = test.extend<Journey>({
  begin: async ({ task }, use) => {
    const begun: { rig: Rig; options: RigOptions; tolerated: Fault[] }[] = [];
    await use(async (options, tolerated = []) => {
      const rig = await startRig(options);
      begun.push({ rig, options, tolerated });
      return rig;
    });
    for (const { rig, options, tolerated } of begun) {
      const faults = faultsOf(rig, options);
      await rig.stop();
      const intolerable = faults.filter(([fault]) => !tolerated.includes(fault));
      if (task.result?.state !== "fail") expect(intolerable).toEqual([]);
    }
  },
});

/** What must never be, whatever a test is about; a test that brings one about on purpose tolerates it. */
export type Fault =
  | "error logged"
  | "rate limit overrun"
  | "message without text"
  | "second card"
  | "percent fell"
  | "end replaced"
  | "left off"
  | "switched on"
  | "hard power-off"
  | "secret told"
  | "secret in the audit"
  | "audit broken";

function faultsOf(rig: Rig, options: RigOptions): [Fault, string][] {
  const cards = rig.slack.cards();
  const idOf = (card: Message) => card.metadata?.event_payload.id;
  const told = JSON.stringify([rig.slack.messages(), rig.slack.privateAnswers(), rig.logs]);
  const { verdict, rows } = auditIn(rig);
  const secrets = [rig.slack.botToken, rig.slack.signingSecret, rig.cloud.clientSecret, "demo-token-"];
  const allEnded = cards.every((card) => ENDS.has(String(statusOf(card))));
  const wasOff = (name: string) => options.vms.find((vm) => vm.name === name)?.power === "Stopped";
  return [
    ...rig.logs.filter(({ level }) => level === "error").map((line) => fault("error logged", line)),
    ...rig.slack.rateLimited.map((call) => fault("rate limit overrun", call)),
    ...rig.slack.withoutText().map((message) => fault("message without text", message.blocks)),
    ...cards
      .filter((card, at) => cards.findIndex((other) => idOf(other) === idOf(card)) < at)
      .map((card) => fault("second card", card.text)),
    ...cards.filter(percentFell).map((card) => fault("percent fell", card.text)),
    ...cards.filter(endReplaced).map((card) =>
      fault(
        "end replaced",
        card.versions.map(({ text }) => text),
      ),
    ),
    ...rig.cloud
      .vms()
      .flatMap((vm) => [
        ...(allEnded && !wasOff(vm.name) && vm.power === "Stopped" ? [fault("left off", vm.name)] : []),
        ...(wasOff(vm.name) && vm.power === "Running" ? [fault("switched on", vm.name)] : []),
        ...(vm.hardPowerOffs > 0 ? [fault("hard power-off", vm.name)] : []),
      ]),
    ...secrets.filter((secret) => told.includes(secret)).map((secret) => fault("secret told", secret)),
    ...[...secrets, RESPONSE_URL]
      .filter((secret) => rows.includes(secret))
      .map((secret) => fault("secret in the audit", secret)),
    ...(verdict.kind === "whole" ? [] : [fault("audit broken", verdict)]),
  ];
}

/** With it whoever has it answers in the name of the bot. */
const RESPONSE_URL = "/response/";

/** The audit as it would be exported, names beside it included. */
function auditIn({ database: path }: Rig) {
  const audit = openAudit(path);
  const verdict = audit.verify();
  audit.close();
  using database = new DatabaseSync(path, { readOnly: true });
  return { verdict, rows: JSON.stringify(database.prepare("SELECT * FROM events").all()) };
}

const fault = (kind: Fault, about: unknown): [Fault, string] => [kind, JSON.stringify(about)];

const ENDS = new Set(["done", "failed", "cancelled", "denied", "expired"]);

function percentFell({ versions }: Message): boolean {
  const percents = versions.flatMap(({ metadata }) => metadata?.event_payload.percent ?? []).map(Number);
  return percents.some((percent, at) => percent < (percents[at - 1] ?? 0));
}

function endReplaced({ versions }: Message): boolean {
  const statuses = versions.map(({ metadata }) => String(metadata?.event_payload.status));
  return statuses.some((status, at) => at > 0 && ENDS.has(statuses[at - 1]!) && status !== statuses[at - 1]);
}

/** A VM on which everything is quick. */
export const QUICK = { shutdownMs: 2_000, snapshotMs: 5_000, bootMs: 2_000 };

/** The action ids of the buttons that a card shows. */
export const buttonsOn = (card: Message): string[] =>
  card.blocks
    .flatMap((block) => ("elements" in block && block.type === "actions" ? block.elements : []))
    .map((element) => element.action_id ?? "");
