import type { DemoSlackOptions } from "../../src/demo/slack.ts";
import { CLEO, EMIL, SRE } from "../journeys/deputies.ts";
import { ANNA, BORIS, OPS } from "../rig.ts";

/** Where those hear of emergencies who look after them. */
export const SECURITY = "CSECURITY";

/** Boris and Cleo are the group `sre`. */
export const WORKSPACE = {
  users: [
    { id: ANNA, name: "anna", realName: "Anna", locale: "de-DE" },
    { id: BORIS, name: "boris", realName: "Boris", locale: "en-US" },
    { id: CLEO, name: "cleo", realName: "Cleo", locale: "en-US" },
    { id: EMIL, name: "emil", realName: "Emil", locale: "de-DE" },
  ],
  channels: [
    { id: OPS, name: "ops", members: [ANNA, BORIS, CLEO, EMIL] },
    { id: SECURITY, name: "security", members: [EMIL] },
  ],
  groups: [{ id: SRE, handle: "sre", users: [BORIS, CLEO] }],
} satisfies Partial<DemoSlackOptions>;

export const PEOPLE: readonly string[] = WORKSPACE.users.map(({ id }) => id);
