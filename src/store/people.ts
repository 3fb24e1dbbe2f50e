import type { Selectable, Updateable } from "kysely";
import { z } from "zod";
import { VmId } from "../domain/ids.ts";
import { Language } from "../domain/request.ts";
import type { Preferences } from "../ports/store.ts";
import type { Tables } from "./tables.ts";

const Notify = z.enum(["all", "decisions", "failures"]);

/** A choice that this version does not know counts as none. */
export function preferencesOf(row: Selectable<Tables["people"]>): Preferences {
  const language = Language.safeParse(row.language).data;
  const notify = Notify.safeParse(row.notify).data;
  const vm = VmId.safeParse(row.home_vm).data;
  const home = row.home_opened_at !== null && {
    home: { openedAt: new Date(row.home_opened_at), page: row.home_page, ...(vm && { vm }) },
  };
  return { ...(language && { language }), ...(notify && { notify }), ...home };
}

export function columnsOfPreferences(changes: Preferences): Omit<Updateable<Tables["people"]>, "id"> {
  const { home } = changes;
  return {
    ...("language" in changes && { language: changes.language ?? null }),
    ...("notify" in changes && { notify: changes.notify ?? null }),
    ...("home" in changes && {
      home_opened_at: home?.openedAt.getTime() ?? null,
      home_page: home?.page ?? 0,
      home_vm: home?.vm ?? null,
    }),
  };
}
