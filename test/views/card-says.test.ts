import { describe, expect, test } from "vitest";
import { later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { NOW, ORDINARY } from "../samples.ts";
import { drawn, LANGUAGES, LINK, sampleOf } from "./drawing.ts";

const ANNA = { id: "UANNA" as never, name: "Anna" };
const BORIS = { id: "UBORIS" as never, name: "Anna" };
const NAME = ORDINARY.snapshot;
const OLD = `${NAME}3`;

describe.each(LANGUAGES)("in %s", (language) => {
  const { card: words } = textsIn(language);
  /** As it is said where there is no markup. */
  const bare = (text: string) => text.replace(/:[a-z_]+: |[*`]/g, "");

  const says = (name: string, parts: readonly string[]) => {
    const { text } = drawn(name, language);
    for (const part of parts) expect(text).toContain(bare(part));
    expect(text).toContain("web-01");
    expect(text).not.toMatch(/[*`▓░✓✗▸○•]|:[a-z_]+:/);
    return text;
  };

  test.each<[name: string, says: string[]]>([
    ["queued, behind", [words.queuedBehind(BORIS)]],
    ["queued, cooldown", [words.queuedCooldown(later(NOW, MINUTE_MS))]],
    ["queued, busy", [words.queuedBusy]],
    ["choosing, VM running", ["40", "7", "10", "80 min"]],
    ["choosing, duration from history", ["13 min"]],
    ["choosing, VM off", [words.isOffNow]],
    ["stuck", [words.stuckWait, words.stuckPowerOff, words.stuckLive, words.stuckGiveUp.create, "3 min"]],
    ["snapshotting, estimated, long overdue", [words.overdue]],
    ["snapshotting, reported", ["40 %", words.noCancel]],
    ["snapshotting, live", ["0 %", words.noCancelLive]],
    ["snapshotting, start held up", [words.heldUp(ORDINARY.detail)]],
    ["powering on, then failed", [ORDINARY.detail]],
    ["powering on, then cancelled", [words.cancelPending]],
    ["powering on, then queued", [words.tooSoon(later(NOW, MINUTE_MS))]],
    ["powering on fails", [ORDINARY.detail]],
    ["done", [NAME, "12", words.wasOff(8 * MINUTE_MS - SECOND_MS), `${NAME}9`]],
    ["done, live", [words.keptRunning]],
    ["done, stays off", [words.staysOff]],
    ["done, renamed since", [words.snapshotRenamed("renamed")]],
    ["done, deleted since", [words.snapshotDeleted(BORIS, NOW)]],
    ["failed, busy", [words.nothingChanged, words.tryAgain]],
    ["failed, busy, VM off and on", [words.notDone.create, words.wasOff(8 * MINUTE_MS)]],
    ["failed, VM was off", [words.staysOff]],
    ["failed, tried again", [LINK]],
    ["cancelled", [words.cancelledBy(BORIS), words.notDone.create]],
    ["expired", [words.expired, words.nothingChanged, words.askAgain]],
    ["expired, no room", [words.expiredFull]],
  ])("%s", (name, parts) => {
    expect(says(name, parts)).toContain(ORDINARY.reason);
  });

  test.each<[name: string, says: string[]]>([
    ["to be asked", [words.followUpDue(later(NOW, MINUTE_MS))]],
    ["asked once", [words.followUp(NAME)]],
    ["asked, renamed since", [words.followUp(NAME.slice(0, 3)), words.snapshotRenamed(NAME.slice(0, 3))]],
    ["kept", [words.kept(BORIS)]],
    ["rolled back", [words.snapshotRestored(later(NOW, -MINUTE_MS))]],
  ])("a safety snapshot, %s", (name, parts) => {
    says(`safety: done, ${name}`, parts);
  });

  test("a safety snapshot that is gone needs no decision any more", () => {
    for (const name of ["asked, deleted since", "kept, deleted since"]) {
      const text = says(`safety: done, ${name}`, [words.snapshotDeleted(BORIS, NOW)]);
      expect(text).not.toContain(bare(words.followUp(NAME)));
      expect(text).not.toContain(bare(words.kept(BORIS)));
    }
  });

  const since = later(NOW, -180 * MINUTE_MS);
  test.each<[name: string, says: string[]]>([
    ["restore: queued, new", [words.restoreFrom({ name: OLD, createdAt: since })]],
    ["restore: queued, full", [words.queuedFull(10, 10), words.queuedForSafety]],
    ["restore: queued, cooldown", [words.queuedForSafety]],
    [
      "restore: choosing, VM running",
      [words.restoreLoses("web-01", since), words.restoreTakes(105 * MINUTE_MS, false), words.restoreSafety],
    ],
    ["restore, bare: choosing, VM off", [words.restoreTakes(25 * MINUTE_MS, true), words.restoreBare]],
    ["restore: choosing, nothing known", [words.restoreTakes(undefined, false)]],
    ["restore: choosing, length of the snapshot not known", [words.restoreTakes(undefined, false)]],
    [
      "restore: choosing, VM on again",
      [words.wentOn, words.safetyOld(NAME), words.restoreTakes(25 * MINUTE_MS, false)],
    ],
    ["restore: stuck", [words.stuckPowerOffSafety, words.stuckGiveUp.restore, words.stuckIfOff.restore]],
    ["restore, bare: stuck", [words.stuckPowerOffBare]],
    ["restore: safety snapshot, reported", ["40 %", words.noCancelSafety]],
    ["restore: restoring, reported", ["40 %", words.noCancelRestore]],
    ["restore: restoring, VM off", [words.noCancelRestoreOff]],
    ["restore: restoring, overdue", [words.overdue]],
    ["restore: done", [words.restored(OLD, since, 30 * SECOND_MS), words.safetyThere(NAME)]],
    ["restore: done, safety kept", [words.safetyKept(NAME, BORIS)]],
    ["restore: done, safety deleted", [words.safetyGone(NAME, BORIS, NOW)]],
    ["restore: done, safety not listed", [words.safetyUnlisted(NAME)]],
    ["restore: done, VM off", [words.staysOff]],
    ["restore: done, VM on by now", [words.powerNow("running")]],
    ["restore: failed, busy", [words.nothingChanged]],
    ["restore: failed, busy, VM off and on", [words.notDone.restore, words.safetyTaken(NAME)]],
    ["restore: failed, protocol, VM off and on", [words.restoreUnsure]],
    ["restore: cancelled after the safety snapshot", [words.notDone.restore, words.safetyTaken(NAME)]],
    ["restore: expired after the safety snapshot", [words.expired, words.notDone.restore, words.safetyTaken(NAME)]],
  ])("%s", (name, parts) => {
    says(name, parts);
  });

  test("nobody is told that nothing was restored, or changed, when that is not sure", () => {
    for (const code of ["restore_failed", "restore_lost"]) {
      const text = says(`restore: failed, ${code}, VM off and on`, []);
      expect(text).not.toContain(words.notDone.restore);
      expect(text).not.toContain(words.nothingChanged);
    }
    expect(says("restore: expired after the safety snapshot", [])).not.toContain(words.nothingChanged);
    expect(says("delete: failed, unavailable, some gone", [])).not.toContain(words.nothingChanged);
    expect(says("power off: failed, after asking", [])).not.toContain(words.nothingChanged);
  });

  test("what is to be restored is not proposed for deletion", () => {
    const text = says("restore: queued, full", [`${NAME}2`, `${NAME}4`]);
    expect(text.split(OLD)).toHaveLength(2); // named once, as what is to be restored
  });

  test.each<[name: string, says: string[]]>([
    ["delete: queued, new", [`${NAME}0`, `${NAME}3`]],
    [
      "delete: deleting, some gone, one asked, one refused",
      [
        `${NAME}0: ${words.deleted}`,
        `${NAME}1: ${words.deleting}`,
        `${NAME}2: ${words.keptByCloud(ORDINARY.detail, 40)}`,
        `${NAME}3: ${words.toDelete}`,
      ],
    ],
    ["delete: done", [words.allDeleted(4), `${NAME}3`]],
    ["delete, one: done", [words.oneDeleted(`${NAME}0`)]],
    ["delete, all: done", [words.allDeleted(10), words.noneLeft]],
    [
      "delete: failed, not_deleted",
      [`${NAME}1: ${words.deleted}`, `${NAME}2: ${words.stillThere}`, words.tryAgainRest, ORDINARY.detail],
    ],
    ["delete: failed, auth, some gone", [`${NAME}0: ${words.deleted}`, `${NAME}1: ${words.maybeDeleted}`]],
    ["delete: cancelled", [words.notDone.delete]],
    ["rename: queued, behind", [words.renaming(OLD, NAME), words.queuedBehind(BORIS)]],
    ["rename: renaming", [words.headlineNow.renaming, words.renaming(OLD, NAME)]],
    ["rename: done", [words.renamed(OLD, NAME)]],
    ["rename: failed, name_taken", [words.notRenamed(OLD, NAME), words.nothingChanged]],
    ["power on: queued, new", [words.switchTitle.on("web-01")]],
    ["power off: choosing, VM running", [words.switchTitle.off("web-01"), words.powerOffAsk(false)]],
    ["power off hard: choosing, VM running", [words.switchTitle.hard_off("web-01"), words.powerOffAsk(true)]],
    ["power off: stuck", [words.stuckIfOff.power, words.stuckGiveUp.power]],
    ["power off hard: shutting down", [words.headlineNow.hard]],
    ["power on: done", [words.isAsWished("running")]],
    ["power off hard: done, was so", [words.isAsWished("off"), words.nothingChanged]],
    ["power on: cancelled", [words.cancelledBy(BORIS), words.nothingChanged]],
    ["power off: cancelled, watched", [words.watched(later(NOW, MINUTE_MS))]],
  ])("%s", (name, parts) => {
    says(name, parts);
  });

  test("how many snapshots a VM has is not said where it has not been looked up", () => {
    expect(says("power off: choosing, VM running", [])).not.toMatch(/10 snapshots/i);
  });

  test("candidates are named with age, maker and reason, the oldest first", () => {
    const text = says("queued, full", [words.headlineNow.full, ORDINARY.reason]);
    expect(text.indexOf(`${NAME}9`)).toBeLessThan(text.indexOf(`${NAME}0`));
    expect(text).toContain(textsIn(language).list.elsewhere);
    expect(text).toMatch(/web-01-17313984009 · <!date[^>]+> · 12[.,]3 GB · Anna · before the kernel upgrade/);
  });

  test("who decided, if it was somebody else, is said", () => {
    const { decided } = sampleOf("stuck", language).request;
    says("stuck", [textsIn(language).decidedBy(BORIS, decided!.at), words.asked(ANNA, later(NOW, -10 * MINUTE_MS))]);
  });
});
