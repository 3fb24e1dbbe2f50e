import { parseArgs } from "node:util";
import { rulesIn } from "./behaviour.ts";
import { systemClock } from "./clock.ts";
import { ccloud } from "./cloud/ccloud/ccloud.ts";
import { type Config, ConfigError, EX_CONFIG, readConfig } from "./config.ts";
import type { Vm } from "./domain/cloud.ts";
import { type Doing, doingOf } from "./domain/command.ts";
import { findVm } from "./domain/find-vm.ts";
import { ChannelId } from "./domain/ids.ts";
import type { How } from "./domain/request.ts";
import { deedsMeant, explainDeeds } from "./engine/explain-deeds.ts";
import { loadEnv } from "./env.ts";
import { explanationText, isAllowed, limitsText } from "./policy-explain-text.ts";
import type { Person } from "./ports/slack.ts";
import { createChannels } from "./slack/channels.ts";
import { createDirectory } from "./slack/directory.ts";
import { whyOff } from "./slack/feature-off.ts";
import { createGroups } from "./slack/groups.ts";
import { isTokenRefused, signIn } from "./slack/identity.ts";
import { createStanding, type Lookups } from "./slack/standing.ts";
import { webClient } from "./slack/web.ts";
import { plain } from "./texts/format.ts";

/** `npm run policy -- explain @anna restore web-01 '#ops'`: what the policy says of it now. Read calls only. */

const USAGE = `Usage: npm run policy -- explain <person> <action> <vm> [<channel>] [--live | --off]
  <person>   @anna, anna@example.com or U0123ABC
  <action>   create, restore, delete, rename, on, shutdown or off
  <vm>       its name
  <channel>  '#ops' (in quotes), C0123ABC, or direct for direct messages; without one it is asked at Home`;

/** sysexits.h: it was called wrongly, or names somebody or something that there is not. */
const EX_USAGE = 64;
/** sysexits.h: Slack or the cloud did not answer. */
const EX_UNAVAILABLE = 69;
const EX_DENIED = 1;

class UsageError extends Error {}

interface Question {
  person: string;
  doing: Doing;
  how: How;
  vm: string;
  channel: string | undefined;
}

function readQuestion(args: readonly string[]): Question {
  const { values, positionals } = parsed(args);
  const [word, person, action, vm, channel, surplus] = positionals;
  if (word !== "explain" || person === undefined || action === undefined || vm === undefined || surplus !== undefined)
    throw new UsageError(USAGE);
  const doing = doingOf([{ text: action }]);
  if (!doing) throw new UsageError(`${action} is no action.\n${USAGE}`);
  if (values.live && values.off) throw new UsageError(`--live and --off exclude each other.\n${USAGE}`);
  return { person, doing, how: values.live ? "live" : values.off ? "off" : "ask", vm, channel };
}

function parsed(args: readonly string[]) {
  try {
    const options = { live: { type: "boolean" }, off: { type: "boolean" } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
}

async function explainTo(config: Config, { doing, how, ...question }: Question): Promise<number> {
  const clock = systemClock();
  const client = webClient(config.SLACK_BOT_TOKEN, config.SLACK_API_URL);
  const { team } = await signIn(client);
  const directory = createDirectory(client, clock, () => team);
  const groups = createGroups(client, clock);
  const channels = createChannels(client, clock);
  const standings = createStanding({ client, clock, directory, groups, channels });
  const rules = rulesIn(config.behaviour);

  const person = await personMeant(standings, question.person);
  const channel = await channelMeant(standings, question.channel);
  const vm = vmMeant(await vmsOf(config), question.vm);
  const court = { clock, standings, rules: () => rules };
  const { standing, at, explained, limits } = await explainDeeds(court, person, channel, vm, deedsMeant(doing, how));
  const asked = { person: standing.person, channel: standing.channel, vm, at, zone: rules.zone };
  const lines = [...explanationText(asked, rules.policy, explained), ...limitsText(limits, rules.limits.length)];
  for (const trouble of [groups.trouble(), channels.trouble()]) if (trouble) lines.push(`note: ${trouble}`);
  process.stdout.write(`${lines.join("\n")}\n`);
  return explained.some(isAllowed) ? 0 : EX_DENIED;
}

async function personMeant({ whoIs }: Lookups, word: string): Promise<Person> {
  const people = await whoIs(word);
  const [person] = people;
  if (!person) throw new UsageError(`Slack knows nobody called ${word}.`);
  if (people.length > 1)
    throw new UsageError(`${word} is ambiguous: ${people.map(({ id, name }) => `${id} (${plain(name)})`).join(", ")}.`);
  return person;
}

async function channelMeant({ channelNamed }: Lookups, word: string | undefined): Promise<ChannelId | undefined> {
  if (word === undefined) return undefined;
  if (word === "direct") return ChannelId.parse("D");
  if (/^[CGD][A-Z0-9]{2,}$/.test(word)) return ChannelId.parse(word);
  const channel = await channelNamed(word);
  if (!channel) throw new UsageError(`Slack shows no channel called ${word}.`);
  return channel.id;
}

function vmMeant(vms: readonly Vm[], word: string): Vm {
  const found = findVm(vms, word);
  if (found.kind === "one") return found.vm;
  const near = (found.kind === "several" ? found.vms : found.nearest).map(({ name }) => name).join(", ");
  if (found.kind === "several") throw new UsageError(`${word} fits several VMs: ${near}.`);
  throw new UsageError(`The cloud has no VM ${word}.${near === "" ? "" : ` Did you mean ${near}?`}`);
}

async function vmsOf(config: Config): Promise<readonly Vm[]> {
  const cloud = ccloud({
    baseUrl: config.CCLOUD_API_URL,
    clientId: config.CCLOUD_CLIENT_ID,
    clientSecret: config.CCLOUD_CLIENT_SECRET,
    snapshotApi: config.CCLOUD_SNAPSHOT_API,
    clock: systemClock(),
  });
  try {
    return await cloud.listVms();
  } finally {
    await cloud.close();
  }
}

function codeOf(error: unknown): number {
  if (error instanceof ConfigError || isTokenRefused(error)) return EX_CONFIG;
  return error instanceof UsageError ? EX_USAGE : EX_UNAVAILABLE;
}

loadEnv();
try {
  const question = readQuestion(process.argv.slice(2));
  process.exitCode = await explainTo(readConfig(process.env), question);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${whyOff(error) ?? message}\n`);
  process.exitCode = codeOf(error);
}
