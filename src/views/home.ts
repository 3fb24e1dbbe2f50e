import type { CloudLimits } from "../domain/cloud.ts";
import type { UserId } from "../domain/ids.ts";
import type { Texts } from "../texts/en.ts";
import { HOME_CREATE_ID } from "./action-ids.ts";
import { actions, context, header } from "./blocks.ts";
import type { LinkTo } from "./card-link.ts";
import { decisionBlocks, recentBlocks, runningBlocks } from "./home-requests.ts";
import { settingsBlocks } from "./home-settings.ts";
import type { HomeSight } from "./home-sight.ts";
import { vmBlocks } from "./home-vms.ts";

/** What the App Home is drawn with beside what was looked up. */
export interface HomeBrush {
  texts: Texts;
  limits: CloudLimits;
  now: Date;
  reader: UserId;
  linkTo: LinkTo;
  mayAct: boolean;
}

/** The whole App Home of one person, from nothing. */
export function home(sight: HomeSight, tools: Omit<HomeBrush, "mayAct">): object {
  const { mayAct } = sight;
  const brush = { ...tools, mayAct };
  const { texts } = tools;
  const start = actions({ actionId: HOME_CREATE_ID, label: texts.home.create, style: "primary" });
  return {
    type: "home",
    blocks: [
      header(texts.home.title),
      mayAct ? start : context(texts.help.guest),
      ...(mayAct || sight.decisions.length > 0 ? decisionBlocks(sight.decisions, brush) : []),
      ...runningBlocks(sight.running, brush),
      ...vmBlocks(sight.vms, brush),
      ...recentBlocks(sight.recent, brush),
      ...settingsBlocks(sight.choices, texts),
    ],
  };
}
