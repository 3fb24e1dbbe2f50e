import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import type { ShownApp } from "./state.ts";

const Manifest = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    shortcuts: z.array(z.object({ name: z.string(), type: z.string(), callback_id: z.string() })).default([]),
    slash_commands: z.array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string() })).min(1),
  }),
});

/** What Slack shows of an app comes from its manifest; so does what the page shows. */
export async function readManifest(): Promise<ShownApp> {
  const text = await readFile(new URL("../../../manifest.yml", import.meta.url), "utf8");
  const { display_information, features } = Manifest.parse(parse(text));
  const [slash] = features.slash_commands;
  return {
    name: display_information.name,
    command: slash!.command,
    does: slash!.description,
    hint: slash!.usage_hint,
    shortcuts: features.shortcuts
      .filter(({ type }) => type === "global")
      .map(({ name, callback_id }) => ({ name, callbackId: callback_id })),
  };
}
