import { expect } from "vitest";
import type { Line } from "../../src/domain/story.ts";
import { openAudit } from "../../src/store/audit.ts";
import { lineOf } from "../../src/store/line-names.ts";
import type { Rig } from "../rig.ts";

interface Row {
  who: string;
  request: string;
  said: Line;
}

/** The audit as it is now, which has to be whole. */
export function auditOf({ database }: Rig): Row[] {
  const audit = openAudit(database);
  try {
    expect(audit.verify()).toMatchObject({ kind: "whole" });
    return [...audit.rows()].map(({ who, request, line }) => ({ who, request, said: lineOf({ line, names: null }) }));
  } finally {
    audit.close();
  }
}

/** Who was refused what and why, of all that the audit says. */
export const refusedIn = (rig: Rig): string[] =>
  auditOf(rig).flatMap(({ who, said }) => {
    if (said.code !== "refused") return [];
    expect(said.by.id).toBe(who);
    const rule = typeof said.rule === "number" ? ` by rule ${said.rule}` : "";
    return [`${who} ${said.what}: ${said.why}${rule}`];
  });

/** What somebody wanted and chose, of all that the audit says. */
export const doneBy = (rig: Rig, user: string): string[] =>
  auditOf(rig).flatMap(({ who, said }) => {
    if (who !== user) return [];
    switch (said.code) {
      case "command":
        return [`command ${said.word} ${said.vm ?? ""}`.trim()];
      case "opened":
        return [`opened ${said.dialog} ${said.vm ?? ""}`.trim()];
      case "preferred":
        return [`preferred ${said.language ?? said.notify}`];
      case "refused":
        return [`refused ${said.what}: ${said.why}`];
      default:
        return [];
    }
  });
