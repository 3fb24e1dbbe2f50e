import type { Directory } from "../ports/slack.ts";
import type { Store } from "../ports/store.ts";

/** People with the language that they have chosen for themselves, where they have; all answers to them follow from it. */
export function withChosenLanguage(directory: Directory, store: Pick<Store, "preferences">): Directory {
  return {
    async person(user) {
      const [person, { language }] = await Promise.all([directory.person(user), store.preferences(user)]);
      return language ? { ...person, language } : person;
    },
  };
}
