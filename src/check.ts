import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { type Behaviour, rulesIn } from "./behaviour.ts";
import { checkNames } from "./check-names.ts";
import { lackingOf } from "./check-scopes.ts";
import { fittingNoVm } from "./check-vms.ts";
import { systemClock } from "./clock.ts";
import { ccloud } from "./cloud/ccloud/ccloud.ts";
import { type Config, ConfigError, EX_CONFIG, readConfig } from "./config.ts";
import type { Vm } from "./domain/cloud.ts";
import { loadEnv } from "./env.ts";
import { type Finding, ill, well } from "./finding.ts";
import type { SlackNeeds } from "./policy/slack-needs.ts";
import { CloudError } from "./ports/cloud.ts";
import { SlackRefusal } from "./ports/slack.ts";
import { signIn } from "./slack/identity.ts";
import { call, webClient } from "./slack/web.ts";

const Manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** `npm run check`: would the bot work? Signs in with read calls only and prints a line per finding. */
async function check(): Promise<readonly Finding[]> {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return error.findings.map(ill);
    throw error;
  }
  const mode = config.SLACK_APP_TOKEN ? "Socket Mode" : `HTTP mode on port ${config.PORT}`;
  const file = config.SHUTTER_CONFIG ?? (existsSync("shutter.yml") ? "shutter.yml" : "no shutter.yml, so its defaults");
  const found = [well(`configuration: ${mode}, ${file}`)];
  found.push(...(await checkSlack(config)), ...(await checkSocket(config)), ...(await checkCloud(config)));
  return found;
}

async function checkSlack(config: Config): Promise<Finding[]> {
  const client = webClient(config.SLACK_BOT_TOKEN, config.SLACK_API_URL);
  try {
    const { workspace, scopes, team } = await signIn(client);
    const wanted = await wantedScopes();
    const names = await checkNames(client, systemClock(), team, config.behaviour);
    return [
      well(`Slack: signed in to ${workspace}`),
      ...compareScopes(scopes, wanted, needsOf(config.behaviour)),
      ...names,
    ];
  } catch (error) {
    if (!(error instanceof SlackRefusal))
      return [ill(`Slack: no answer from ${config.SLACK_API_URL} (${reason(error)}). Is it reachable from here?`)];
    return [
      ill(
        `SLACK_BOT_TOKEN: Slack answered ${error.code}. Install the app in the workspace and take its Bot User OAuth Token.`,
      ),
    ];
  }
}

/** What only Slack can say: for the policy, and which channel the anchor of the audit goes to. */
function needsOf(behaviour: Behaviour): SlackNeeds {
  const { needs } = rulesIn(behaviour);
  return { ...needs, channelNames: needs.channelNames || behaviour.audit.anchor?.kind === "name" };
}

const ADD = "under OAuth & Permissions and install the app again";

function compareScopes(scopes: readonly string[] | undefined, wanted: readonly string[], needs: SlackNeeds): Finding[] {
  if (!scopes) return [well("Slack: did not say which scopes the token has; compare them with manifest.yml by hand")];
  const { required, needed, off } = lackingOf(scopes, wanted, needs);
  const surplus = scopes.filter((scope) => !wanted.includes(scope));
  const isWhole = required.length + needed.length + off.length === 0;
  return [
    ...(isWhole ? [well(`Slack: all ${wanted.length} scopes of manifest.yml`)] : []),
    ...(required.length > 0 ? [ill(`Slack: the token lacks ${required.join(", ")}. Add them ${ADD}.`)] : []),
    ...needed.map(({ scope, what }) => ill(`Slack: the token lacks ${scope}, needed for ${what}. Add it ${ADD}.`)),
    ...off.map(({ scope, what }) => well(`Slack: off, for want of ${scope}: ${what}`)),
    ...(surplus.length > 0
      ? [well(`Slack: ${surplus.join(", ")} are granted but not used; they can be taken away`)]
      : []),
  ];
}

async function checkSocket(config: Config): Promise<Finding[]> {
  if (!config.SLACK_APP_TOKEN) return [];
  const client = webClient(config.SLACK_APP_TOKEN, config.SLACK_API_URL);
  try {
    await call(() => client.apps.connections.open());
    return [well("Slack: Socket Mode can connect")];
  } catch (error) {
    return [
      ill(
        `SLACK_APP_TOKEN: ${reason(error)}. It needs the scope connections:write, and Socket Mode has to be switched on.`,
      ),
    ];
  }
}

async function checkCloud(config: Config): Promise<Finding[]> {
  const { CCLOUD_API_URL: baseUrl, CCLOUD_CLIENT_ID: clientId, CCLOUD_CLIENT_SECRET: clientSecret } = config;
  const cloud = ccloud({
    baseUrl,
    clientId,
    clientSecret,
    snapshotApi: config.CCLOUD_SNAPSHOT_API,
    clock: systemClock(),
  });
  try {
    const { vms: first } = await cloud.check();
    const vms = await cloud.listVms();
    return [
      well(`ccloud³: signed in at ${baseUrl}, ${first} VMs on the first page`),
      ...(await checkReads(cloud, vms)),
      ...(vms.length === 0 ? [] : fittingNoVm(config.behaviour.policy, vms)),
    ];
  } catch (error) {
    return [ill(`ccloud³ at ${baseUrl}: ${reason(error)}. ${cloudAdvice(error)}`)];
  } finally {
    await cloud.close();
  }
}

/** What Shutter will read of a VM, tried on the first one: most of ccloud³'s API is known from third parties only. */
async function checkReads(cloud: ReturnType<typeof ccloud>, [vm]: readonly Vm[]): Promise<Finding[]> {
  if (!vm) return [well("ccloud³: no VM to try the other reads on")];
  const reads = {
    "power state": async () => `»${await cloud.power(vm.id)}«`,
    snapshots: async () => `${(await cloud.snapshots(vm.id)).length}`,
    operations: async () => `${(await cloud.operations(vm.id)).length}`,
  };
  return Promise.all(
    Object.entries(reads).map(async ([what, read]) => {
      try {
        return well(`ccloud³: ${what} of ${vm.name}: ${await read()}`);
      } catch (error) {
        return ill(`ccloud³: ${what} of ${vm.name}: ${reason(error)}. ${cloudAdvice(error)}`);
      }
    }),
  );
}

function cloudAdvice(error: unknown): string {
  if (!(error instanceof CloudError)) return "";
  switch (error.problem.kind) {
    case "auth":
      return "Are CCLOUD_CLIENT_ID and CCLOUD_CLIENT_SECRET those of an API account of the ccenter?";
    case "forbidden":
      return "The API account needs the server rights (Serverberechtigungen) in the ccenter.";
    case "not_found":
    case "unsupported":
    case "protocol":
      return "The live API differs from what Shutter expects: try the other CCLOUD_SNAPSHOT_API or CCLOUD_API_URL, and report what it said.";
    default:
      return "Is CCLOUD_API_URL right and reachable from here?";
  }
}

async function wantedScopes(): Promise<readonly string[]> {
  const text = await readFile(new URL("../manifest.yml", import.meta.url), "utf8");
  return Manifest.parse(parse(text)).oauth_config.scopes.bot;
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

loadEnv();
const findings = await check();
for (const { line } of findings) process.stdout.write(`${line}\n`);
process.exitCode = findings.every(({ isWell }) => isWell) ? 0 : EX_CONFIG;
