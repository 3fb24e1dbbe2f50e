import { describe, expect, test } from "vitest";
import { checkBlocks } from "../../src/demo/slack/check.ts";
import { checkView } from "../../src/demo/slack/view-check.ts";
import type { Vm } from "../../src/domain/cloud.ts";
import { ChannelId, VmId } from "../../src/domain/ids.ts";
import { defaultName } from "../../src/domain/naming.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { createDialog, type DialogView, readCreateDialog, vmOptions } from "../../src/views/create-dialog.ts";
import { vmMenu } from "../../src/views/vm-menu.ts";
import { ASTRAL, HOSTILE, NOW, WIDE } from "../samples.ts";
import { pieces, unfit } from "./strings.ts";

const en = textsIn("en");
const vm = (id: string, name = id): Vm => ({
  id: VmId.parse(id),
  name,
  tags: [],
  diskGb: 40,
  power: "running",
  snapshotCount: 0,
});
const CHANNEL = ChannelId.parse("COPS");

describe.each(["en", "de"] as const)("the create dialog in %s", (language) => {
  const texts = textsIn(language);

  test("is taken by Slack, empty and filled in", () => {
    expect(checkView(createDialog(texts, {}), "modal")).not.toBeInstanceOf(Array);
    const memory = { channel: CHANNEL, responseUrl: `https://hooks.slack.com/commands/${"x".repeat(300)}` };
    for (const name of [HOSTILE, WIDE, ASTRAL].map((data) => data.snapshot)) {
      const suggested = defaultName("{vm}-{unix}", name, NOW, 255);
      const view = createDialog(texts, { ...memory, suggested }, { vm: "v".repeat(75), name: suggested });
      expect(checkView(view, "modal")).not.toBeInstanceOf(Array);
    }
  });

  test("asks for VM, name, how and reason, and lets people leave out what they may", () => {
    const { blocks } = createDialog(texts, {}) as { blocks: { optional: boolean; element: { action_id: string } }[] };
    expect(blocks.map(({ element, optional }) => [element.action_id, optional])).toEqual([
      ["create.vm", false],
      ["create.name", true],
      ["create.how", false],
      ["create.reason", true],
    ]);
  });
});

describe("reading the dialog", () => {
  const view = (values: DialogView["state"]["values"], memory = "{}"): DialogView => ({
    id: "V1",
    private_metadata: memory,
    state: { values },
  });

  test("finds what was entered, and the field of each", () => {
    const entered = readCreateDialog(
      view(
        {
          vm: { "create.vm": { selected_option: { value: "web-01" } } },
          "name.web-01": { "create.name": { value: "  before  " } },
          how: { "create.how": { selected_option: { value: "live" } } },
          reason: { "create.reason": { value: null } },
        },
        JSON.stringify({ channel: "COPS", responseUrl: "https://hooks.slack.com/x", suggested: "web-01-1" }),
      ),
    );
    expect(entered).toMatchObject({
      vm: "web-01",
      name: "before",
      isNameTyped: true,
      how: "live",
      reason: undefined,
      memory: { channel: "COPS", responseUrl: "https://hooks.slack.com/x" },
    });
    expect(entered.blockOf("create.name")).toBe("name.web-01");
    expect(entered.blockOf("nothing")).toBe("vm");
  });

  test("a name that we have filled in was not typed", () => {
    const values = { name: { "create.name": { value: "web-01-1" } } };
    expect(readCreateDialog(view(values, '{"suggested":"web-01-1"}')).isNameTyped).toBe(false);
    expect(readCreateDialog(view({})).isNameTyped).toBe(false);
  });

  test("without a way chosen asks before anything goes off", () => {
    expect(readCreateDialog(view({ how: { "create.how": { selected_option: { value: "--hard" } } } })).how).toBe("off");
  });

  test.each(["", "null", "[]", "{", '{"channel":5}', '{"__proto__":{"channel":"CEVIL"}}'])(
    "remembers nothing of %j",
    (memory) => {
      expect(readCreateDialog(view({}, memory)).memory).toEqual({});
    },
  );
});

describe("the choices of VMs", () => {
  test("are taken by Slack whatever the VMs are called, and are 100 at most", () => {
    const names = [HOSTILE.vm, WIDE.vm, ASTRAL.vm, "\u200b", " ", ""];
    const vms = [...names.map((name, n) => vm(`v${n}`, name)), ...Array.from({ length: 200 }, (_, n) => vm(`w${n}`))];
    const options = vmOptions(vms);
    expect(options).toHaveLength(100);
    const element = { type: "static_select", action_id: "a", options };
    expect(checkBlocks([{ type: "actions", elements: [element] }], "modal")).toEqual([]);
    expect(pieces(options).flatMap(({ text }) => unfit(text))).toEqual([]);
  });

  test("leave out a VM whose id Slack cannot carry", () => {
    expect(vmOptions([vm("v".repeat(76)), vm("v".repeat(75))]).map(({ value }) => value)).toEqual(["v".repeat(75)]);
  });

  test("name a VM once when its id is its name, else both", () => {
    const labels = vmOptions([vm("web-01"), vm("srv-7", "web-01")]).map(({ text }) => text.text);
    expect(labels).toEqual(["web-01", "web-01 (srv-7)"]);
  });
});

describe("the menu of VMs", () => {
  test("is taken by Slack, and its buttons are the command once more", () => {
    const menu = vmMenu(
      [vm("web-01"), vm("web-02", HOSTILE.vm), vm("web-03", ASTRAL.vm)],
      (id) => `create "${id}" --live`,
    );
    expect(checkBlocks([menu], "message")).toEqual([]);
    expect(menu.elements.map(({ value }) => value)).toEqual(
      ["web-01", "web-02", "web-03"].map((id) => `create "${id}" --live`),
    );
    expect(pieces(menu).flatMap(({ text }) => unfit(text))).toEqual([]);
  });

  test("stays within Slack's limits when the command does not", () => {
    expect(checkBlocks([vmMenu([vm("web-01")], () => "x".repeat(40_000))], "message")).toEqual([]);
  });
});

test("the dialog's words are those of its reader", () => {
  expect(JSON.stringify(createDialog(textsIn("de"), {}))).not.toContain(en.dialog.vmPlaceholder);
});
