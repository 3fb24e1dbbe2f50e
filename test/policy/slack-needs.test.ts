import { expect, test } from "vitest";
import { BreakGlassSchema } from "../../src/policy/break-glass.ts";
import { LimitsSchema } from "../../src/policy/limits.ts";
import { slackNeeds } from "../../src/policy/slack-needs.ts";
import { policyOf } from "./asking.ts";

const NOTHING = { groups: false, emails: false, channelNames: false, channelMembers: false };

test.each([
  { what: "nothing", rules: {}, needs: {} },
  { what: "everyone", rules: { policy: policyOf({ allow: ["everyone", "U0ANNA", "guests"] }) }, needs: {} },
  { what: "a group", rules: { policy: policyOf({ allow: "group:sre" }) }, needs: { groups: true } },
  {
    what: "approvers by group and address",
    rules: { policy: policyOf({ otherwise: { allow: "everyone", approval: { by: ["S0SRE", "a@example.com"] } } }) },
    needs: { groups: true, emails: true },
  },
  {
    what: "a channel by name and its members",
    rules: { policy: policyOf({ when: { channel: "#ops" }, allow: "members" }) },
    needs: { channelNames: true, channelMembers: true },
  },
  {
    what: "a channel by id",
    rules: { policy: policyOf({ when: { channel: ["C0OPS", "direct"] }, deny: true }) },
    needs: {},
  },
  {
    what: "an emergency",
    rules: { breakGlass: BreakGlassSchema.parse({ by: "group:sre", tell: "#security" }) },
    needs: { groups: true, channelNames: true },
  },
  {
    what: "limits",
    rules: { limits: LimitsSchema.parse([{ who: "a@example.com", channel: "#ops", running: 1 }]) },
    needs: { emails: true, channelNames: true },
  },
])("$what", ({ rules, needs }) => {
  expect(slackNeeds(rules)).toEqual({ ...NOTHING, ...needs });
});
