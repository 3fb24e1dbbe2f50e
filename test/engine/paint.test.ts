import { expect, test } from "vitest";
import { ChannelId, RequestId } from "../../src/domain/ids.ts";
import type { Easel } from "../../src/engine/easel.ts";
import { drawCard } from "../../src/engine/paint.ts";
import { rulesOf } from "../../src/policy/rules.ts";
import { type Messenger, SlackRefusal } from "../../src/ports/slack.ts";
import type { Stored } from "../../src/ports/store.ts";
import { aRequest, LIMITS, NOW } from "../domain/builders.ts";
import { manualClock } from "../manual-clock.ts";

const OPS = ChannelId.parse("COPS");

function easelWith(messenger: Partial<Messenger>) {
  const noted: string[] = [];
  const note =
    (what: string) =>
    async (id: string): Promise<void> =>
      void noted.push(`${what} ${id}`);
  const easel = {
    clock: manualClock(),
    store: { posting: note("posting"), drawn: note("drawn"), redraw: note("redraw") },
    messenger,
    limits: LIMITS,
    log: { info() {}, warn() {}, error() {} },
    startedAt: NOW,
    linkTo: () => undefined,
    rules: () => rulesOf({ policy: undefined, breakGlass: undefined, limits: [], zone: "Europe/Berlin" }),
  } as unknown as Easel;
  return { easel, noted };
}

const stored = (card: Partial<Stored["card"]>, changes = {}): Stored => ({
  request: aRequest("queued", {}, changes),
  version: 1,
  card: { face: 1, drawn: 0, ...card },
});

test("a card whose post got no answer is found, and the card that it tries again links to it", async () => {
  const { easel, noted } = easelWith({ findCard: async (channel) => ({ channel, ts: "1.1" }) });
  await drawCard(easel, stored({ posting: { channel: OPS, since: NOW } }, { retryOf: RequestId.parse("r0") }));
  expect(noted).toEqual(["drawn r1", "redraw r0"]);
});

test("direct messages that are closed, too, are no way out: the card rests before the next try", async () => {
  const refusal = new SlackRefusal("is_archived");
  const { easel, noted } = easelWith({
    post: () => Promise.reject(refusal),
    directMessages: async () => OPS,
  });
  await expect(drawCard(easel, stored({}))).rejects.toBe(refusal);
  expect(noted).toEqual(["posting r1"]);
});
