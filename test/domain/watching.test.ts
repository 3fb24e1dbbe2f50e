import { describe, expect, test } from "vitest";
import { WATCH_MS } from "../../src/domain/decide/watching.ts";
import { decide } from "../../src/domain/decide.ts";
import type { Request } from "../../src/domain/request.ts";
import type { Seen } from "../../src/domain/step.ts";
import {
  anOperation,
  aRequest,
  at,
  becomes,
  calls,
  fails,
  NOW,
  notes,
  ok,
  outline,
  SETTINGS,
  seenBy,
  waits,
} from "./builders.ts";

const outlined = (request: Request, world: Partial<Seen>, now = NOW) =>
  outline(decide(request, seenBy(request, world, now), now, SETTINGS), now);

describe("an end whose guest may still obey", () => {
  const watched = aRequest("cancelled", {}, { watch: { until: at(WATCH_MS / 1000) } });
  const asked = aRequest("cancelled", {}, { watch: { until: at(1), askedAt: NOW } });
  const missing = aRequest("cancelled", {}, { watch: { until: at(1), askedAt: NOW, missingSince: at(600) } });
  const off = { power: ok("off") } as const;

  test.each([
    ["watches while the VM runs", watched, {}, waits(5000), NOW],
    [
      "switches on a VM that went off late, and says so",
      watched,
      off,
      calls("power_on", "cancelled", "went_off_late"),
      NOW,
    ],
    ["gives it time to come on", asked, off, waits(5000), at(5)],
    ["asks again, long after the watch should have ended", asked, off, calls("power_on", "cancelled"), at(600)],
    ["is over once the VM runs again", asked, {}, becomes("cancelled", "on"), at(30)],
    ["is over when nothing came of it", watched, {}, becomes("cancelled"), at(WATCH_MS / 1000)],
    [
      "leaves the VM to another request for as long as that has a debt of its own",
      watched,
      { ...off, takenOver: "meanwhile" },
      waits(5000),
      NOW,
    ],
    [
      "is over when that takes longer: then that brings it back",
      asked,
      { ...off, takenOver: "meanwhile" },
      becomes("cancelled"),
      at(600),
    ],
    [
      "is over when somebody has since had it shut down",
      watched,
      { ...off, takenOver: "for_good" },
      becomes("cancelled"),
      NOW,
    ],
    ["notes that the VM is not there", asked, { power: fails("not_found") }, notes("cancelled"), at(600)],
    ["bears that for less than a minute", missing, { power: fails("not_found") }, waits(5000), at(659)],
    ["is over when the VM is gone for good", missing, { power: fails("not_found") }, becomes("cancelled"), at(660)],
    ["forgets it when the VM is there again", missing, off, notes("cancelled"), at(660)],
    ["counts no other failure as gone", missing, { power: fails("transient") }, notes("cancelled"), at(660)],
    ["bears a silent cloud", watched, { power: fails("transient") }, waits(5000), NOW],
  ] as const)("%s", (_, request, world, expected, now) => {
    expect(outlined(request, world as Partial<Seen>, now)).toMatchObject(expected);
  });
});

describe("a VM that was asked to come on and is still off", () => {
  const switching = aRequest("powering_on", { attempts: 1, askedAt: NOW, notBefore: at(30) });
  const off = ok("off") as Seen["power"];
  const operation = (state: "running" | "failed" | "succeeded") =>
    ok([anOperation({ kind: "power_on", state, startedAt: NOW, error: "No host has room." })]);

  test("is asked again soon when the cloud's own operation failed, with its reason on the card", () => {
    const step = decide(switching, { power: off!, operations: operation("failed") }, at(4), SETTINGS);
    expect(step).toMatchObject({
      kind: "become",
      next: { state: { problem: { detail: "No host has room." }, notBefore: at(7) } },
    });
  });

  test("is asked again soon when the cloud never heard it", () => {
    const step = decide(switching, { power: off!, operations: ok([]) }, at(4), SETTINGS);
    expect(step).toMatchObject({ kind: "become", next: { state: { notBefore: at(7) } } });
  });

  test.each(["running", "succeeded"] as const)("has time to boot while that operation is %s", (state) => {
    expect(decide(switching, { power: off!, operations: operation(state) }, at(4), SETTINGS).kind).toBe("wait");
  });
});
