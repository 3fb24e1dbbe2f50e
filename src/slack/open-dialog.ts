import type { WebClient } from "@slack/web-api";
import type { Log } from "../ports/log.ts";
import { call } from "./web.ts";

/**
 * Opens a dialog for whoever has just clicked or typed. Says whether it is open: a trigger is good for 3 s and for one
 * dialog, and Slack may not answer; then there has to be another way.
 */
export type OpenDialog = (trigger: string | undefined, view: object) => Promise<boolean>;

export const openerWith =
  (client: WebClient, log: Log): OpenDialog =>
  async (trigger, view) => {
    if (trigger === undefined) return false;
    try {
      await call(() => client.views.open({ trigger_id: trigger, view: view as never }));
      return true;
    } catch (error) {
      log.warn("a dialog could not be opened", { error: String(error) });
      return false;
    }
  };
