import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { writeCommand } from "../domain/command/write.ts";
import { type UserId, VmId } from "../domain/ids.ts";
import type { Person } from "../ports/slack.ts";
import type { HomeState } from "../ports/store.ts";
import { textsIn } from "../texts/texts.ts";
import { CREATE_VM_ID, HOME_IDS } from "../views/action-ids.ts";
import { LANGUAGES, LEVELS } from "../views/home-settings.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { noteRefused } from "./noted.ts";
import type { Action, HomeOpened } from "./payloads.ts";
import { personOf } from "./person-of.ts";
import { call } from "./web.ts";

/** With a client of its own, so that what Slack holds back here holds up nobody else. */
export const publisherWith =
  (client: WebClient) =>
  async (user: UserId, view: object): Promise<void> => {
    await call(() => client.views.publish({ user_id: user, view: view as never }));
  };

/** Somebody looks at their Home now. Who they are is asked when it is drawn. */
export async function homeOpened(desk: Desk, { event, team_id }: HomeOpened): Promise<void> {
  const team = desk.team();
  if (event.tab !== "home" || (team_id !== undefined && team !== undefined && team_id !== team)) return;
  await remember(desk, event.user, {}, true);
}

/** Where somebody goes at Home; nothing but their own sight of it changes. */
export type Turn = Pick<HomeState, "vm"> & Partial<Pick<HomeState, "page">>;

const PageNumber = z.coerce.number().int().min(0).max(1_000_000).catch(0);

export function homeTurnOf({ action_id, value, selected_option }: Action): Turn | undefined {
  switch (action_id) {
    case HOME_IDS.previous:
    case HOME_IDS.next:
      return { page: PageNumber.parse(value), vm: undefined };
    case HOME_IDS.all:
      return { vm: undefined };
    case CREATE_VM_ID:
      return { vm: VmId.safeParse(selected_option?.value).data };
    default:
      return undefined;
  }
}

export async function turnHome(desk: Desk, from: Sender, turn: Turn): Promise<void> {
  const person = await personOf(desk, from).catch(() => undefined);
  if (person && hasHome(person)) await remember(desk, from.user, turn, false);
}

/** Stores how somebody has their Home open, and has it drawn. */
async function remember(desk: Desk, user: UserId, turn: Partial<HomeState>, isOpened: boolean): Promise<void> {
  const { home } = await desk.store.preferences(user);
  await desk.store.prefer(user, { home: { page: 0, ...home, ...turn, openedAt: desk.clock.now() } });
  desk.homes.draw(user, isOpened);
}

const hasHome = ({ kind }: Person): boolean => kind === "member" || kind === "guest";

/** What is done at Home and has to survive a crash; undefined when it is something else. */
export function sentAtHome({ action_id, value, selected_option }: Action, from: Sender): Sent | undefined {
  switch (action_id) {
    case HOME_IDS.list:
      return { kind: "command", from, text: writeCommand({ kind: "list", vm: value, filter: {} }) };
    case HOME_IDS.language:
      return { kind: "preference", from, language: LanguageChoice.safeParse(selected_option?.value).data };
    case HOME_IDS.notify:
      return { kind: "preference", from, notify: LevelChoice.safeParse(selected_option?.value).data };
    default:
      return undefined;
  }
}

type Preference = Extract<Sent, { kind: "preference" }>;
const LanguageChoice = z.enum(LANGUAGES);
const LevelChoice = z.enum(LEVELS);

/** Keeps what somebody has chosen for themselves, and shows it. */
export async function answerPreference(
  desk: Desk,
  { from, language, notify }: Preference,
  person: Person,
): Promise<void> {
  if (!hasHome(person)) {
    await noteRefused(desk, person, { what: "preference", why: "not_member" });
    return desk.tell(from, textsIn(person.language).refusals.not_member);
  }
  const chosen = { ...(language && { language }), ...(notify && { notify }) };
  const isOne = Object.keys(chosen).length > 0;
  if (!isOne) await noteRefused(desk, person, { what: "preference", why: "unknown_choice" });
  const line = { code: "preferred", by: { id: person.id, name: person.name }, ...chosen } as const;
  const changes = {
    ...(language && { language: language === "auto" ? undefined : language }),
    ...(notify && { notify }),
  };
  if (isOne) await desk.store.prefer(person.id, changes, { at: desk.clock.now(), line });
  desk.homes.draw(person.id);
}
