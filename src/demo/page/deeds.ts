import type { Stage } from "../stage.ts";
import type { Deed, Done, Where } from "./state.ts";

type Acts = { readonly [K in Deed["do"]]: (stage: Stage, deed: Extract<Deed, { do: K }>) => unknown };

/** How long "cloud slow" makes every answer take. */
const SLOW_MS = 4000;

const ACTS: Acts = {
  command: ({ slack }, { as, channel, text }) => slack.command(as, channel, text),
  click(stage, { as, where, actionId, value }) {
    // The button may have gone while somebody read its confirm dialog; Slack sends the click all the same.
    const press = { evenIfGone: true, ...(value !== undefined && { value }) };
    if (where.kind !== "private") return stage.slack.click(as, placeOf(stage, as, where), actionId, press);
    const answer = stage.slack.privateAnswers(as).find(({ id }) => id === where.id);
    if (!answer) throw new Error("This answer is not there any more.");
    return stage.slack.clickPrivate(as, answer, actionId, press);
  },
  choose: (stage, { as, where, actionId, choice }) =>
    stage.slack.choose(as, placeOf(stage, as, where), actionId, choice),
  fill: ({ slack }, { as, actionId, text }) => slack.fill(as, actionId, text),
  submit: async ({ slack }, { as }) =>
    slack.submit(as).catch((error: unknown) => {
      // What is missing stands at its field.
      if (Object.keys(slack.view(as)?.errors ?? {}).length === 0) throw error;
    }),
  close: ({ slack }, { as }) => slack.closeView(as),
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

/** What the external select of the open dialog offers. */
export const suggestions = (stage: Stage, as: string, actionId: string, query: string) =>
  stage.slack.suggest(as, actionId, query).catch(() => []);

function placeOf({ slack }: Stage, as: string, where: Where) {
  if (where.kind === "message") return { channel: where.channel, ts: where.ts };
  const view = where.kind === "home" ? slack.home(as) : slack.view(as);
  if (!view) throw new Error("This dialog is not open any more.");
  return view;
}

/** JSON has no `undefined`, which is how a trouble is taken away. */
const fromJson = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? undefined])) as T;

const isUnanswered = (answer: unknown): answer is { status: number; body: string } =>
  typeof answer === "object" && answer !== null && "status" in answer && answer.status !== 200;
