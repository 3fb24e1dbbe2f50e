import { systemClock } from "../src/clock.ts";
import { startDemoCloud } from "../src/demo/cloud.ts";
import { startDemoSlack } from "../src/demo/slack.ts";
import { ANSWERS, type Told } from "./doubles.ts";
import { ANNA, OPS, SNAPSHOT, SRE, VM } from "./thousand-rules.ts";

// The demo Slack and the demo cloud in a process of their own; it tells its parent of each private answer.
process.once("disconnect", () => process.exit());

const tell = (told: Told) => process.send!(told);

const clock = systemClock();
const cloud = await startDemoCloud({
  clock,
  vms: [
    { ...VM, snapshots: [{ name: SNAPSHOT, createdAt: new Date(clock.now().getTime() - 86_400_000), sizeGb: 40 }] },
    ...Array.from({ length: 20 }, (_, n) => ({ name: `db-${n}` })),
  ],
});
const slack = await startDemoSlack({
  clock,
  signingSecret: "signing-secret-of-the-benchmark",
  users: [{ ...ANNA, locale: "en-US" }],
  channels: [{ ...OPS, members: [ANNA.id] }],
  groups: [{ ...SRE, users: [ANNA.id] }],
  rateLimits: false,
});
// This Slack has not seen the commands, and would know no address for answers to them.
slack.server.intercept(({ path, body }) => {
  if (!path.startsWith(ANSWERS)) return undefined;
  tell({ kind: "answered", path, text: JSON.parse(body).text });
  return { kind: "answer", applied: false, reply: { status: 200, body: "ok" } };
});

const { apiUrl, botToken, signingSecret, teamId } = slack;
const { url, clientId, clientSecret } = cloud;
tell({
  kind: "ready",
  access: { slack: { apiUrl, botToken, signingSecret, teamId }, cloud: { url, clientId, clientSecret } },
});
