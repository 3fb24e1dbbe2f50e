import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { FEATURES } from "../src/check-scopes.ts";
import { de } from "../src/texts/de.ts";
import { en } from "../src/texts/en.ts";
import { CREATE_SHORTCUT } from "../src/views/action-ids.ts";

/** What each Web API method in use needs, from Slack's method pages. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  "apps.connections.open": [], // the app token's own scope
  "auth.test": [],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.history": ["channels:history", "groups:history", "im:history", "mpim:history"],
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.list": ["channels:read", "groups:read"],
  "conversations.members": ["channels:read", "groups:read"],
  "conversations.open": ["im:write"],
  "conversations.replies": ["channels:history", "groups:history", "im:history", "mpim:history"],
  "files.completeUploadExternal": ["files:write"],
  "files.getUploadURLExternal": ["files:write"],
  "usergroups.list": ["usergroups:read"],
  "users.info": ["users:read"],
  "users.list": ["users:read"],
  "users.lookupByEmail": ["users:read.email"],
  "views.open": [],
  "views.publish": [],
  "views.update": [],
};

const file = readFileSync("manifest.yml", "utf8");
const sources = globSync("src/{slack/*.ts,check.ts}").map((path) => readFileSync(path, "utf8"));
const found = (pattern: RegExp) => [
  ...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1]!))),
];

/** The same file as it is for HTTP mode, made as its head says. */
const forHttp = file
  .replace("socket_mode_enabled: true", "socket_mode_enabled: false")
  .replace(/# ((?:request_|message_menu_options_)?url: )/g, "$1");

test("every method that is called is known here, and the scopes that they need are the manifest's, no more and no less", () => {
  const methods = found(/client\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g);
  expect(methods.toSorted()).toEqual(Object.keys(SCOPES));
  const needed = new Set(["commands", ...methods.flatMap((method) => SCOPES[method]!)]);
  expect(parse(file).oauth_config.scopes.bot).toEqual([...needed].toSorted());
});

test("what is marked as optional is what npm run check lets be missing", () => {
  const marked = [...file.matchAll(/^ {6}- ([a-z:.]+) # optional: /gm)].map((match) => match[1]);
  expect(marked).toEqual(FEATURES.map(({ scope }) => scope).toSorted());
});

test("the one command is the one that the texts speak of", () => {
  const { slash_commands: commands } = parse(file).features;
  expect(commands.map(({ command }: { command: string }) => command)).toEqual(["/snapshot"]);
  for (const { help } of [en, de]) {
    for (const { usage } of Object.values(help.commands)) expect(usage.split(" ")[0]).toBe("/snapshot");
  }
  for (const word of Object.keys(en.help.commands)) expect(commands[0].usage_hint).toContain(word);
});

test("every shortcut that is listened for is there, and nothing else", () => {
  expect(found(/app\.shortcut\((\w+)/g)).toEqual(["CREATE_SHORTCUT"]);
  expect(parse(file).features.shortcuts).toEqual([
    expect.objectContaining({ type: "global", callback_id: CREATE_SHORTCUT }),
  ]);
});

test("every event that is listened for is subscribed to, and nothing else; the Home tab that it is about is on", () => {
  const { settings, features } = parse(file);
  expect(found(/app\.event\("(\w+)"/g)).toEqual(settings.event_subscriptions.bot_events);
  expect(found(/app\.(message)\(/g)).toEqual([]);
  expect(features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
});

test("people, channels and addresses in commands come as references, which cannot be mistaken", () => {
  expect(parse(file).features.slash_commands[0].should_escape).toBe(true);
});

test("Socket Mode has no addresses", () => {
  const { settings, features } = parse(file);
  expect(settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
  expect(settings.interactivity.request_url).toBeUndefined();
  expect(settings.event_subscriptions.request_url).toBeUndefined();
  expect(features.slash_commands[0].url).toBeUndefined();
});

test("HTTP mode, made as the file's head says, has all addresses at /slack/events", () => {
  const { settings, features } = parse(forHttp);
  const address = "https://shutter.example.com/slack/events";
  expect(settings.socket_mode_enabled).toBe(false);
  expect(settings.interactivity).toEqual({ is_enabled: true, request_url: address, message_menu_options_url: address });
  expect(settings.event_subscriptions).toMatchObject({ request_url: address });
  expect(features.slash_commands[0].url).toBe(address);
});

test("names and descriptions are within Slack's limits", () => {
  const { display_information, features } = parse(file);
  expect(display_information.name.length).toBeLessThanOrEqual(35);
  expect(display_information.description.length).toBeLessThanOrEqual(140);
  expect(features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
  expect(features.slash_commands[0].usage_hint.length).toBeLessThanOrEqual(1000);
  expect(features.shortcuts[0].name.length).toBeLessThanOrEqual(24);
});
