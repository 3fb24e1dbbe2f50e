import { expect, test } from "vitest";
import { ANNA, aBoltApp, aSlack, OPS } from "./slack-rig.ts";

async function arriving(typed: string, escapeCommands?: boolean): Promise<string> {
  const { slack } = await aSlack(escapeCommands === undefined ? {} : { escapeCommands });
  const app = await aBoltApp(slack);
  let text = "";
  app.command("/snapshot", async ({ ack, command }) => {
    text = command.text;
    await ack();
  });
  await slack.command(ANNA, OPS, typed);
  return text;
}

test.each([
  { what: "a person", typed: "list by @anna", arrives: "list by <@U0ANNA|anna>" },
  { what: "a person at the end of a sentence", typed: "ask @Ben.", arrives: "ask <@U0BEN|ben>." },
  { what: "a channel", typed: "tell #ops, please", arrives: "tell <#C0OPS|ops>, please" },
  {
    what: "a host",
    typed: "create web-01.example.com --live",
    arrives: "create <http://web-01.example.com|web-01.example.com> --live",
  },
  {
    what: "a host in quotes",
    typed: 'create "web.example.com"',
    arrives: 'create "<http://web.example.com|web.example.com>"',
  },
  { what: "an address", typed: "see https://x.example/?a=1&b=2", arrives: "see <https://x.example/?a=1&amp;b=2>" },
  { what: "a mail address", typed: "ask ops@example.com", arrives: "ask <mailto:ops@example.com|ops@example.com>" },
  {
    what: "what has Slack's form already",
    typed: "by <@U0BEN> <https://x.de|y>",
    arrives: "by <@U0BEN> <https://x.de|y>",
  },
])("$what arrives as a reference", async ({ typed, arrives }) => {
  expect(await arriving(typed)).toBe(arrives);
});

test.each([
  { what: "somebody unknown", typed: "list by @nobody", arrives: "list by @nobody" },
  { what: "an unknown channel", typed: "issue #42", arrives: "issue #42" },
  { what: "a version", typed: "before v1.2.3 & 4.5 < 6", arrives: "before v1.2.3 &amp; 4.5 &lt; 6" },
  { what: "a name with dashes", typed: "create web-01", arrives: "create web-01" },
  { what: "an end of a sentence", typed: "because. of that", arrives: "because. of that" },
])("$what arrives as typed, & < > escaped", async ({ typed, arrives }) => {
  expect(await arriving(typed)).toBe(arrives);
});

test("an app that did not ask for references gets none", async () => {
  const typed = "create web-01.example.com by @anna in #ops & <b>";
  expect(await arriving(typed, false)).toBe("create web-01.example.com by @anna in #ops &amp; &lt;b&gt;");
});
