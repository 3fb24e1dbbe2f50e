import { expect, test } from "vitest";
import { completionsOf } from "../../src/demo/page/client/completions.ts";
import { marksIn } from "../../src/demo/page/client/marks.ts";

const text = (words: string) => ({ kind: "text", text: words });

test.each([
  ["plain &lt;b&gt; &amp;amp;", [text("plain <b> &amp;")]],
  [
    "*bold* and _it_",
    [{ kind: "bold", inside: [text("bold")] }, text(" and "), { kind: "italic", inside: [text("it")] }],
  ],
  ["2*3*4 snake_case_name ~ no ~", [text("2*3*4 snake_case_name ~ no ~")]],
  ["`*a* &lt;b&gt;`", [{ kind: "code", text: "*a* <b>" }]],
  ["```a\n*b*```", [{ kind: "preformatted", text: "a\n*b*" }]],
  ["a\nb", [text("a"), { kind: "break" }, text("b")]],
  ["&gt; one\n&gt; two", [{ kind: "quote", inside: [text("one"), { kind: "break" }, text("two")] }]],
  ["<https://a.example/?b&amp;c|d>", [{ kind: "link", url: "https://a.example/?b&c", label: "d" }]],
  ["<javascript:alert(1)|x>", [text("<javascript:alert(1)|x>")]],
  [
    "<@U1> <!here> <#C1|ops>",
    [
      { kind: "mention", id: "U1" },
      text(" "),
      { kind: "mention", id: "here" },
      text(" "),
      { kind: "channel", id: "C1", label: "ops" },
    ],
  ],
  [":warning:", [{ kind: "emoji", name: "warning" }]],
  ["<!date^1700000000^{time}|then>", [{ kind: "date", at: new Date(1_700_000_000_000), format: "{time}" }]],
  ["<!date^soon^{time}|then>", [text("then")]],
])("mrkdwn: %s", (mrkdwn, marks) => {
  expect(marksIn(mrkdwn)).toEqual(marks);
});

const APP = {
  name: "Shutter",
  command: "/snapshot",
  does: "Takes them",
  hint: "create <vm> | list [vm] | help",
  shortcuts: [],
};

test.each([
  ["", []],
  ["hello", []],
  ["/s", ["/snapshot "]],
  ["/snapshot ", ["/snapshot create ", "/snapshot list ", "/snapshot help"]],
  ["/snapshot l", ["/snapshot list "]],
  ["/snapshot help", []],
  ["/snapshot create web", []],
])("typed so far: %s", (typed, texts) => {
  expect(completionsOf(typed, APP).map(({ text }) => text)).toEqual(texts);
});
