import type { Stage } from "../stage.ts";
import type { Aim, Deed, Done, Where } from "./state.ts";

type Acts = { readonly [K in Deed["do"]]: (stage: Stage, deed: Extract<Deed, { do: K }>) => unknown };

/** How long "cloud slow" makes every answer take. */
const SLOW_MS = 4000;

const ACTS: Acts = {
  command: ({ slack }, { as, channel, text }) => slack.command(as, channel, text),
  click(stage, { as, value, ...aim }) {
    // The button may have gone while somebody read its confirm dialog; Slack sends the click all the same.
    const press = { ...blockOf(aim), evenIfGone: true, ...(value !== undefined && { value }) };
    return stage.slack.click(as, placeOf(stage, as, aim.where), aim.actionId, press);
  },
  choose: (stage, { as, choice, ...aim }) =>
    stage.slack.choose(as, placeOf(stage, as, aim.where), aim.actionId, choice, blockOf(aim)),
  fill: (stage, { as, text, ...aim }) => stage.slack.fill(as, aim.actionId, text, spotOf(stage, as, aim)),
  enter: (stage, { as, text, ...aim }) => stage.slack.enter(as, aim.actionId, text, spotOf(stage, as, aim)),
  submit: async ({ slack }, { as }) =>
    slack.submit(as).catch((error: unknown) => {
      // What is missing stands at its field.
      if (Object.keys(slack.view(as)?.errors ?? {}).length === 0) throw error;
    }),
  /** A second press finds nothing open any more, which is what was wanted. */
  close: ({ slack }, { as }) => (slack.view(as) ? slack.closeView(as) : Promise.resolve()),
  shortcut: ({ slack }, { as, callbackId }) => slack.shortcut(as, callbackId),
  openHome: ({ slack }, { as }) => slack.openHome(as),
  trouble: ({ cloud }, { vm, trouble }) => cloud.trouble(vm, fromJson(trouble)),
  expireTokens: ({ cloud }) => cloud.expireTokens(),
  slowCloud: (stage, { on }) => stage.makeCloudSlow(on ? SLOW_MS : 0),
  slackDown: (stage, { on }) => stage.takeSlackDown(on),
  slackLimits: (stage, { on }) => stage.limitSlack(on),
  killBot: (stage) => stage.killBot(),
  speed: (stage, { factor }) => stage.setSpeed(factor),
};

/** Does what somebody does on the page; what does not work is said to them. */
export async function carryOut(stage: Stage, deed: Deed): Promise<Done> {
  try {
    const act = ACTS[deed.do] as (stage: Stage, deed: Deed) => unknown;
    await stage.ready;
    const answer = await act(stage, deed);
    return isUnanswered(answer)
      ? { ok: false, error: `Shutter did not answer (${answer.body || answer.status}).` }
      : { ok: true };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** What an external select offers. */
export async function suggestions(stage: Stage, as: string, aim: Aim, query: string) {
  try {
    return await stage.slack.suggest(as, aim.actionId, query, spotOf(stage, as, aim));
  } catch {
    return []; // shown as "nothing found", as in Slack
  }
}

const blockOf = ({ blockId }: Aim) => (blockId === undefined ? {} : { block: blockId });
const spotOf = (stage: Stage, as: string, aim: Aim) => ({ ...blockOf(aim), where: placeOf(stage, as, aim.where) });

function placeOf({ slack }: Stage, as: string, where: Where) {
  if (where.kind === "message") return { channel: where.channel, ts: where.ts };
  if (where.kind === "private") {
    const answer = slack.privateAnswers(as).find(({ id }) => id === where.id);
    if (!answer) throw new Error("This answer is not there any more.");
    return answer;
  }
  const view = where.kind === "home" ? slack.home(as) : slack.view(as);
  if (!view) throw new Error("This dialog is not open any more.");
  return view;
}

/** JSON has no `undefined`, which is how a trouble is taken away. */
const fromJson = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? undefined])) as T;

const isUnanswered = (answer: unknown): answer is { status: number; body: string } =>
  typeof answer === "object" && answer !== null && "status" in answer && answer.status !== 200;
