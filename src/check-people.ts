import type { WebClient } from "@slack/web-api";
import { type Finding, ill, note } from "./finding.ts";
import type { PeopleNamed } from "./policy/who.ts";
import { type Directory, type Person, SlackRefusal } from "./ports/slack.ts";
import { whoIs } from "./slack/standing-who-is.ts";

/** Those who are named by an id or an address, by what was written, and what is wrong with that. */
interface Looked {
  people: ReadonlyMap<string, Person>;
  findings: readonly Finding[];
}

export async function checkPeople(
  client: WebClient,
  directory: Directory,
  everybody: readonly PeopleNamed[],
): Promise<Looked> {
  const texts = everybody.filter(({ kind }) => kind === "person" || kind === "email").map(({ text }) => text);
  const people = new Map<string, Person>();
  const findings: Finding[] = [];
  for (const text of new Set(texts)) {
    try {
      const [person] = await whoIs(client, directory, text);
      if (person) people.set(text, person);
      const flaw = person ? FLAWS[person.kind] : "Slack knows nobody like this, so it names nobody.";
      if (flaw) findings.push(ill(`shutter.yml: ${text}: ${flaw}`));
    } catch (error) {
      if (error instanceof SlackRefusal && error.code === "missing_scope") continue; // that has been told
      findings.push(note(`shutter.yml: ${text}: Slack did not say who that is (${(error as Error).message}).`));
    }
  }
  return { people, findings };
}

const FLAWS: { readonly [K in Person["kind"]]: string | undefined } = {
  member: undefined,
  guest: "is a guest, whom only the word guests names.",
  stranger: "is of another workspace, so it names nobody.",
  bot: "is a bot, so it names nobody.",
  deactivated: "has left, so it names nobody.",
};
