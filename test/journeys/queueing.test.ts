import { expect } from "vitest";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, statusOf } from "../rig.ts";

const DORA = "UDORA";
const users = [
  { id: ANNA, name: "anna", locale: "de-DE" },
  { id: BORIS, name: "boris", locale: "en-US" },
  { id: DORA, name: "dora", locale: "en-US" },
];
const slack = { users, channels: [{ id: OPS, name: "ops", members: [ANNA, BORIS, DORA] }] };

journey.concurrent(
  "a line of three for one VM: each card says behind whom, and each goes on by itself",
  async ({ begin }) => {
    const rig = await begin({ slack, vms: [{ name: "web-01", timing: QUICK }] });
    await rig.slack.command(ANNA, OPS, "create web-01 one");
    const first = await rig.shows("choosing");
    await rig.slack.command(BORIS, OPS, "create web-01 two");
    const second = await rig.slack.waitFor(() => rig.slack.cards()[1], "the second card");
    await rig.slack.waitFor(() => second.text.includes("Behind the request of anna for the same VM."), "behind Anna");
    await rig.slack.command(DORA, OPS, "create web-01 three");
    const third = await rig.slack.waitFor(() => rig.slack.cards()[2], "the third card");
    await rig.slack.waitFor(() => third.text.includes("Behind the request of boris for the same VM."), "behind Boris");

    await rig.slack.click(BORIS, second, "request.cancel");
    await rig.slack.waitFor(() => third.text.includes("Behind the request of anna"), "behind Anna, Boris being gone");
    expect(statusOf(first)).toBe("choosing");
    await rig.slack.click(ANNA, first, "request.cancel");
    await rig.slack.waitFor(() => statusOf(third) === "choosing", "the third card's turn");
    expect(rig.cloud.vm("web-01").operations).toEqual([]);
  },
);

journey.concurrent(
  "after a snapshot the next in line waits for the cloud's ten minutes with the VM on, then goes on",
  async ({ begin }) => {
    const rig = await begin({ slack, speed: 150, vms: [{ name: "web-01", timing: QUICK }] });
    await rig.slack.command(ANNA, OPS, "create web-01 one --live");
    await rig.slack.command(BORIS, OPS, "create web-01 two --live");
    const second = await rig.slack.waitFor(() => rig.slack.cards()[1], "the second card");
    await rig.slack.waitFor(
      () => second.text.includes("The cloud allows one snapshot per VM in 10 minutes."),
      "the cooldown",
    );
    await rig.slack.waitFor(() => statusOf(second) === "done", "the second snapshot");
    expect(rig.cloud.vm("web-01").snapshots.map(({ name }) => name)).toEqual(["one", "two"]);
    expect(rig.cloud.vm("web-01").offPeriods).toEqual([]);
    expect(rig.cloud.server.journal.filter(({ reply }) => reply?.status === 429)).toEqual([]);
  },
);

journey.concurrent(
  "identical wishes within seconds are one request, and the second person is told so",
  async ({ begin }) => {
    const rig = await begin({ slack, vms: [{ name: "web-01", timing: QUICK }] });
    await Promise.all([
      rig.slack.command(ANNA, OPS, "create web-01 --live"),
      rig.slack.command(BORIS, OPS, "create web-01 --live"),
    ]);
    const done = await rig.shows("done");
    const [told] = await rig.slack.waitFor(
      () => rig.slack.privateAnswers().length > 0 && rig.slack.privateAnswers(),
      "an answer",
    );
    if (told!.user === BORIS)
      expect(told!.text).toContain("anna asked for the same a moment ago; that is one request.");
    else expect(told!.text).toContain("boris hat gerade eben dasselbe angefragt; daraus wird eine einzige Anfrage.");
    expect(rig.slack.privateAnswers()).toHaveLength(1);
    expect(rig.slack.cards()).toEqual([done]);
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
  },
);

journey.concurrent("requests for different VMs do not wait for each other", async ({ begin }) => {
  const names = ["web-01", "web-02", "web-03", "web-04"];
  const rig = await begin({ slack, vms: names.map((name) => ({ name, timing: { ...QUICK, snapshotMs: 30_000 } })) });
  for (const name of names) await rig.slack.command(ANNA, OPS, `create ${name} --live`);
  await rig.until(
    () => names.every((name) => rig.cloud.vm(name).operations[0]?.status === "in-progress"),
    "all at work at once",
  );
  for (const name of names) await rig.shows("done", name);
});

journey.concurrent("a VM on which the cloud is at work is waited for, and the card says so", async ({ begin }) => {
  const rig = await begin(
    { slack, vms: [{ name: "web-01", timing: { ...QUICK, bootMs: 60_000 }, power: "Stopped" }] },
    ["switched on"],
  );
  const post = await fetch(`${rig.cloud.url}/ccloud/servers/web-01/actions`, {
    method: "POST",
    headers: { authorization: await tokenOf(rig.cloud), "content-type": "application/json" },
    body: '{"type":"power_on"}',
  });
  expect(post.status).toBe(201);
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.slack.waitFor(
    () => rig.slack.cards()[0]?.text.includes("The cloud is busy with this VM."),
    "a card that says busy",
  );
  await rig.shows("choosing");
});

async function tokenOf({ url, clientId, clientSecret }: { url: string; clientId: string; clientSecret: string }) {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const answer = await fetch(`${url}/oauth/token`, { method: "POST", body });
  return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
}
