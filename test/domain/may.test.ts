import { describe, expect, test } from "vitest";
import { writeCommand } from "../../src/domain/command/write.ts";
import { readCommand } from "../../src/domain/command.ts";

const may = (doing: string, vm: string, how = "ask") => ({ ok: true, command: { kind: "may", doing, how, vm } });

describe("asking what one may do", () => {
  test.each([
    { text: "may restore web-01", means: may("restore", "web-01") },
    { text: "may I restore web-01", means: may("restore", "web-01") },
    { text: "MAY power off web-01", means: may("off", "web-01") },
    { text: "can power_on web-01", means: may("on", "web-01") },
    { text: "may roll back web-01", means: may("restore", "web-01") },
    { text: "may create web-01", means: may("create", "web-01") },
    { text: "may create web-01 --live", means: may("create", "web-01", "live") },
    { text: "may --off create web-01", means: may("create", "web-01", "off") },
    { text: "may restore web-01 --live", means: may("restore", "web-01") },
    { text: "may before web-01", means: may("create", "web-01") },
    { text: 'may shutdown "my vm"', means: may("shutdown", "my vm") },
    { text: "darf wiederherstellen web-01", means: may("restore", "web-01") },
    { text: "darf ich web-01 wiederherstellen", means: may("restore", "web-01") },
    { text: "darf ich löschen web-01 --aus", means: may("delete", "web-01") },
  ])("$text", ({ text, means }) => {
    const reading = readCommand(text);
    expect(reading).toEqual(means);
    if (reading.ok) expect(readCommand(writeCommand(reading.command))).toEqual(reading);
  });

  test.each([
    { text: "may", mistake: { kind: "no_deed", typed: undefined } },
    { text: "may I", mistake: { kind: "no_deed", typed: undefined } },
    { text: "may dance web-01", mistake: { kind: "no_deed", typed: "dance" } },
    { text: "may list web-01", mistake: { kind: "no_deed", typed: "list" } },
    { text: "may web-01", mistake: { kind: "no_deed", typed: "web-01" } },
    { text: "may restore", mistake: { kind: "need_vm", word: "may" } },
    { text: 'may restore ""', mistake: { kind: "need_vm", word: "may" } },
    { text: "may create web-01 --live --off", mistake: { kind: "both_how" } },
  ])("$text is not clear", ({ text, mistake }) => {
    expect(readCommand(text)).toEqual({ ok: false, mistake });
  });

  test("help on it", () => {
    expect(readCommand("may --help")).toEqual({ ok: true, command: { kind: "help", about: "may" } });
  });
});
