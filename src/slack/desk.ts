import type { ChannelId, UserId } from "../domain/ids.ts";
import type { Language } from "../domain/request.ts";
import type { Deps } from "../engine/deps.ts";
import type { Homes } from "../engine/homes.ts";
import type { Court } from "../engine/judge.ts";
import type { Directory, Files, Place } from "../ports/slack.ts";
import type { OpenDialog } from "./open-dialog.ts";
import type { Tell } from "./tell.ts";

/** What answering people needs: the engine, and the ways to know and to reach them. */
export interface Desk extends Deps, Court {
  directory: Directory;
  /** Slack's id of the workspace; undefined while it is not known. */
  team: () => string | undefined;
  tell: Tell;
  openDialog: OpenDialog;
  /** The channel in which Shutter and one person write to each other. */
  directMessages: (user: UserId) => Promise<ChannelId>;
  /** The web address of a message; undefined while the workspace is not known. */
  linkTo: (place: Place) => string | undefined;
  /** The language of cards: `auto` is the requester's. */
  cardLanguage: Language | "auto";
  nameTemplate: string;
  homes: Pick<Homes, "draw">;
  files: Files;
  /** Who is in which user group has changed. */
  forgetGroups: () => void;
}
