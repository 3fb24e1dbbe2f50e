import { describe, expect } from "vitest";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS } from "../rig.ts";
import { answerTo } from "./answer-to.ts";

const vms = [
  { name: "web-01", timing: QUICK, tags: ["prod"] },
  { name: "web-02", timing: QUICK },
];
const slack = { groups: [{ id: "SSRE", handle: "sre", users: [BORIS] }] };
const yaml = `
policy:
  - when: { action: [restore, delete], vm: "tag:prod" }
    allow: group:sre
    approval: { by: [group:sre], count: 2, expires: 4h, reason: required }
    confirm: typed
  - when: { action: create, how: offline }
    deny: true
  - when: { channel: "#ops" }
    allow: members
  - otherwise: deny
`;

describe("what one may do", () => {
  journey.concurrent("is said in private, with the rule, and nothing is done", async ({ begin }) => {
    const rig = await begin({ slack, vms, yaml });
    const told = async (who: string, text: string) => (await answerTo(rig, who, text)).text.split("\n");
    expect(await told(BORIS, "may restore web-01")).toEqual([
      "*You, `web-01`, here and now:*",
      "• *With approval:* restore a snapshot. It waits for 2 approvals, by different people, from `group:sre`. You cannot approve it yourself. Otherwise it expires after 4 h. You have to say why. To confirm it, you type the VM's name. Rule 1 says so: `action: restore, delete` `vm: tag:prod`.",
      "Nothing has been done.",
    ]);
    expect(await told(ANNA, "darf ich web-01 löschen")).toEqual([
      "*Du, `web-01`, hier und jetzt:*",
      "• *Nein:* Snapshots löschen. Die Regeln erlauben das nur anderen. Genannt sind dort `group:sre`. Das sagt Regel 1: `action: restore, delete` `vm: tag:prod`.",
      "Es wurde nichts getan.",
    ]);
    expect(await told(BORIS, "may create web-02")).toEqual([
      "*You, `web-02`, here and now:*",
      "• *No:* take a snapshot with the VM off. The policy forbids this here. Rule 2 says so: `action: create` `how: offline`.",
      "• *Yes:* take a live snapshot. Rule 3 says so: `channel: #ops`.",
      "Nothing has been done.",
    ]);
    expect(await told(BORIS, "may create web-02 --live")).toHaveLength(3);
    expect(rig.slack.messages()).toEqual([]);
    expect(rig.cloud.vms().flatMap(({ operations }) => operations)).toEqual([]);
  });

  journey.concurrent("is nothing for guests, and says so", async ({ begin }) => {
    const rig = await begin({ slack, vms, yaml });
    const { text } = await answerTo(rig, CLARA, "may power on web-02");
    expect(text).toContain("*No:* switch the VM on. Only full members");
  });

  journey.concurrent("without a policy is everything", async ({ begin }) => {
    const rig = await begin({ vms });
    const { text } = await answerTo(rig, BORIS, "may off web-01");
    expect(text).toContain("*Yes:* power the VM off hard. No policy is configured, so every full member may.");
  });

  journey.concurrent("needs a deed and a VM; several VMs are a menu", async ({ begin }) => {
    const rig = await begin({ vms });
    expect((await answerTo(rig, BORIS, "may dance web-01")).text).toBe(
      "Shutter knows no rule about `dance`. For example `/snapshot may restore web-01`.",
    );
    expect((await answerTo(rig, ANNA, "darf")).text).toBe(
      "Was möchtest du wissen? Zum Beispiel `/snapshot darf wiederherstellen web-01`.",
    );
    const menu = await answerTo(rig, BORIS, "may restore web");
    const count = rig.slack.privateAnswers(BORIS).length;
    const [row] = menu.blocks.flatMap((block) => (block.type === "actions" ? [block] : []));
    const { action_id = "" } = row!.elements[0]!;
    await rig.slack.clickPrivate(BORIS, menu, action_id);
    expect(await rig.told(BORIS, count + 1)).toContain("restore a snapshot");
  });

  journey.concurrent("follows the groups as they are now: Slack tells when they change", async ({ begin }) => {
    const rig = await begin({ slack, vms, yaml });
    expect((await answerTo(rig, BORIS, "may restore web-01")).text).toContain("*With approval:*");
    await rig.slack.changeGroup("SSRE", { users: [ANNA] });
    expect((await answerTo(rig, BORIS, "may restore web-01")).text).toContain("*No:*");
  });

  journey.concurrent(
    "is known too where Slack has not told of the group, and no where it cannot say",
    async ({ begin }) => {
      const rig = await begin({ slack, vms, yaml });
      rig.slack.server.intercept(({ path }) =>
        path === "/api/usergroups.list"
          ? { kind: "answer", applied: false, reply: { status: 500, body: "" } }
          : undefined,
      );
      const { text } = await answerTo(rig, BORIS, "may restore web-01");
      expect(text).toContain("*No:* restore a snapshot. Slack does not say at the moment who may do this");
    },
  );

  journey.concurrent("says which limits count for it, and what is left of them", async ({ begin }) => {
    const limits = `
limits:
  - { requests_per_hour: 3, running: 2 }
  - { channel: "#lab", running: 1 }
  - { channel: "#ops", action: [create, restore], requests_per_hour: 2 }
`;
    const rig = await begin({ slack, vms, yaml: limits });
    const told = async (who: string, text: string) => (await answerTo(rig, who, text)).text.split("\n").slice(1, -1);
    expect((await told(BORIS, "may create web-01 --live")).slice(1)).toEqual([
      "• *Limit 1:* 3 of 3 requests in this hour are left. 2 of 2 that may be under way at once are left. It counts what you ask for anywhere.",
      "• *Limit 3:* 2 of 2 requests in this hour are left. It counts what everybody together asks for in this channel: `create`, `restore`.",
    ]);
    await rig.slack.command(ANNA, OPS, "create web-01 --live");
    await rig.shows("done");
    await rig.slack.command(BORIS, OPS, "create web-02");
    await rig.shows("choosing");
    expect((await told(BORIS, "may create web-01 --live")).slice(1)).toEqual([
      "• *Limit 1:* 2 of 3 requests in this hour are left. 1 of 2 that may be under way at once is left. It counts what you ask for anywhere.",
      expect.stringMatching(/^• \*Limit 3:\* None of 2 requests in this hour is left; the next one is possible <!date/),
    ]);
    expect((await told(ANNA, "darf herunterfahren web-01")).slice(1)).toEqual([
      "• *Grenze 1:* In dieser Stunde sind noch 2 von 3 Anfragen frei. Von 2, die zugleich laufen dürfen, sind noch 2 frei. Gezählt wird, was du anfragst, egal wo.",
    ]);
    expect(await told(CLARA, "may shutdown web-01")).toHaveLength(1);
    await rig.slack.click(BORIS, rig.card("web-02"), "request.cancel");
    await rig.shows("cancelled", "web-02");
  });
});
