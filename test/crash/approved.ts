import { join } from "node:path";
import type { DemoCloud, VmView } from "../../src/demo/cloud.ts";
import type { DemoSlack } from "../../src/demo/slack.ts";
import { between, SECOND_MS } from "../../src/domain/durations.ts";
import type { Line } from "../../src/domain/story.ts";
import { openAudit } from "../../src/store/audit.ts";
import { lineOf } from "../../src/store/line-names.ts";
import { shownIn } from "./people.ts";
import type { Policy, Scene } from "./scene.ts";
import { notedAt } from "./stored.ts";
import { PEOPLE } from "./workspace.ts";

/** What a play has led to as far as others had to say yes, and whom that concerned. */
export interface Approved {
  /** What was decided about approval, and by whom, in order. */
  decided: string[];
  /** Who was refused something, although everybody has done everything once. */
  refused: string[];
  /** What was done in the cloud before enough people had said yes. */
  unapproved: unknown[];
  /** Those who have had no message, or more than one, and those whom no message concerned. A channel may have two after a death. */
  notNoticed: string[];
  noticedTwice: string[];
  noticedInVain: string[];
  /** What the newest card should say, and does not. */
  unsaid: string[];
}

export const wellApproved = ({ end }: Scene): Approved => ({
  decided: [...(end.decided ?? [])],
  refused: [],
  unapproved: [],
  notNoticed: [],
  noticedTwice: [],
  noticedInVain: [],
  unsaid: [],
});

interface Remains {
  cloud: DemoCloud;
  slack: DemoSlack;
  folder: string;
  vm: string;
  /** When lives of the bot ended that were meant to go on. */
  deaths: readonly Date[];
  /** Somebody may have done something again, since no answer came. */
  repeats: boolean;
  scene: Scene;
}

export function approvedIn({ cloud, slack, folder, vm, deaths, repeats, scene }: Remains): Approved {
  const { end, policy } = scene;
  const rows = rowsIn(folder);
  const said = shownIn(slack.cards().at(-1)!);
  const noticed = noticesIn(slack);
  const expected = end.noticed ?? [];
  const where = (isMeant: (line: Line) => boolean) =>
    rows.flatMap(({ said }) => (isMeant(said) ? [inWords(said)] : []));
  return {
    decided: where(({ code }) => DECISIONS.has(code)),
    refused: policy && !repeats ? where(({ code }) => code === "refused") : [],
    unapproved: policy ? unapproved(cloud.vm(vm), rows, policy) : [],
    notNoticed: expected.filter((each) => !noticed.includes(each) && !isLost(folder, each, deaths)),
    noticedTwice: noticed.filter((each, at) => noticed.indexOf(each) < at && (isPerson(each) || deaths.length === 0)),
    noticedInVain: noticed.filter((each) => !expected.includes(each)),
    unsaid: (end.says ?? []).filter((words) => !said.includes(words)),
  };
}

interface Row {
  at: number;
  said: Line;
}

function rowsIn(folder: string): Row[] {
  const audit = openAudit(join(folder, "shutter.db"));
  const rows = [...audit.rows()].map(({ at, line }) => ({ at, said: lineOf({ line, names: null }) }));
  audit.close();
  return rows;
}

const DECISIONS: ReadonlySet<Line["code"]> = new Set(["approved", "denied", "emergency", "approval_expired"] as const);

const inWords = (said: Line): string => ("by" in said ? `${said.code} ${said.by.id}` : said.code);

/** One request of a scene needs approval, and once. */
function unapproved({ operations }: VmView, rows: readonly Row[], { gates }: Policy): unknown[] {
  return operations.filter(({ type, startedAt }) => {
    const before = rows.filter(({ at }) => at <= startedAt.getTime()).map(({ said }) => said);
    const needed = before.find(({ code }) => code === "approval_asked");
    const yeses = new Set(before.flatMap((said) => (said.code === "approved" ? [said.by.id] : [])));
    const isEnough = needed?.code === "approval_asked" && yeses.size >= needed.count;
    return gates.includes(type) && !isEnough && !before.some(({ code }) => code === "emergency");
  });
}

/** Whom the bot has written to outside of cards and their threads: people by their ids, else the channel. */
function noticesIn(slack: DemoSlack): string[] {
  const told = slack.messages().filter(({ threadTs, metadata }) => !threadTs && !metadata);
  return told.map(({ channel }) => PEOPLE.find((user) => slack.directChannel(user) === channel) ?? channel);
}

const isPerson = (reader: string): boolean => PEOPLE.includes(reader);

/** What people are told is noted before it is sent: what a process was about to send when it died is not sent again. So soon after is about to. */
const ABOUT_TO_MS = 40 * SECOND_MS;

const isLost = (folder: string, reader: string, deaths: readonly Date[]): boolean =>
  isPerson(reader) &&
  notedAt(folder, reader).some((at) => deaths.some((death) => death >= at && between(at, death) < ABOUT_TO_MS));
