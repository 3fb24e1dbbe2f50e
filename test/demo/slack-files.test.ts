import { describe, expect, test } from "vitest";
import { draw } from "../../src/demo/slack.ts";
import { ANNA, aSlack, OPS, refusal, SECRET } from "./slack-rig.ts";

const CSV = "name;größe\nweb-01;7,4\n";
const LENGTH = Buffer.byteLength(CSV);

type Rig = Awaited<ReturnType<typeof aSlack>>;

async function uploaded({ client }: Rig, text = CSV): Promise<string> {
  const { upload_url, file_id } = await client.files.getUploadURLExternal({
    filename: "snapshots.csv",
    length: Buffer.byteLength(text),
  });
  const response = await fetch(upload_url!, { method: "POST", body: text });
  expect([response.status, await response.text()]).toEqual([200, `OK - ${Buffer.byteLength(text)}`]);
  return file_id!;
}

const shared = (client: Rig["client"], id: string, more: object) =>
  client.apiCall("files.completeUploadExternal", { files: [{ id, title: "All snapshots" }], ...more });

describe("a file", () => {
  test("is a reply in the thread where it is shared, with what stands in it", async () => {
    const rig = await aSlack();
    const { slack, client } = rig;
    const { ts } = await client.chat.postMessage({ channel: OPS, text: "card" });
    const id = await uploaded(rig);
    expect(slack.messages()).toHaveLength(1);
    const answer = await shared(client, id, { channel_id: OPS, thread_ts: ts, initial_comment: "Here it is" });
    expect(answer).toMatchObject({ ok: true, files: [{ id, title: "All snapshots" }] });
    const [, message] = slack.messages(OPS);
    expect(message).toMatchObject({
      threadTs: ts,
      text: "Here it is",
      files: [{ id, name: "snapshots.csv", title: "All snapshots", text: CSV }],
    });
    expect(draw(message!)).toBe("Here it is\n📎 All snapshots (snapshots.csv)");
    const { messages } = await client.conversations.replies({ channel: OPS, ts: ts! });
    expect(messages?.[1]).toMatchObject({ upload: true, files: [{ id, filetype: "csv", size: LENGTH }] });
  });

  test("without a word is no message that says nothing", async () => {
    const rig = await aSlack();
    await shared(rig.client, await uploaded(rig), { channel_id: `D${ANNA}` }).catch(() => {});
    await rig.client.conversations.open({ users: ANNA });
    await shared(rig.client, await uploaded(rig), { channel_id: `D${ANNA}` });
    expect(rig.slack.directMessages(ANNA)).toMatchObject([{ text: "", files: [{ name: "snapshots.csv" }] }]);
    expect(rig.slack.withoutText()).toEqual([]);
  });

  test("without a channel belongs to the bot alone", async () => {
    const rig = await aSlack();
    expect(await shared(rig.client, await uploaded(rig), {})).toMatchObject({ ok: true });
    expect(rig.slack.messages()).toEqual([]);
  });

  test("can be sent with the client's own helper, as a browser's form", async () => {
    const { slack, client } = await aSlack();
    await client.filesUploadV2({ channel_id: OPS, filename: "s.csv", content: CSV, initial_comment: "csv" });
    expect(slack.messages(OPS)).toMatchObject([{ text: "csv", files: [{ name: "s.csv", text: CSV }] }]);
  });

  test("needs a scope of its own", async () => {
    const { client } = await aSlack({ scopes: ["chat:write"] });
    const call = client.files.getUploadURLExternal({ filename: "s.csv", length: 1 });
    await expect(call).rejects.toMatchObject({ data: { error: "missing_scope", needed: "files:write" } });
  });

  test.each([
    { where: "nowhere", channel_id: "C0NONE", error: "channel_not_found" },
    { where: "in a private channel without the bot", channel_id: SECRET, error: "channel_not_found" },
    { where: "in a public channel without the bot", channel_id: "C0LOUNGE", error: "not_in_channel" },
    { where: "in an archived channel", channel_id: "C0OLD", error: "posting_to_channel_denied" },
    { where: "with a person instead of a channel", channel_id: ANNA, error: "channel_not_found" },
  ])("cannot be shared $where: $error", async ({ channel_id, error }) => {
    const rig = await aSlack();
    const id = await uploaded(rig);
    expect(await refusal(shared(rig.client, id, { channel_id }))).toBe(error);
    expect(await shared(rig.client, id, { channel_id: OPS })).toMatchObject({ ok: true });
  });

  test("is shared once, and only when it has arrived", async () => {
    const rig = await aSlack();
    const { client } = rig;
    const { file_id } = await client.files.getUploadURLExternal({ filename: "s.csv", length: 3 });
    expect(await refusal(shared(client, file_id!, { channel_id: OPS }))).toBe("file_not_found");
    expect(await refusal(shared(client, "F0NONE", { channel_id: OPS }))).toBe("file_not_found");
    const id = await uploaded(rig);
    await shared(client, id, { channel_id: OPS });
    expect(await refusal(shared(client, id, { channel_id: OPS }))).toBe("file_not_found");
  });

  test("of another length than announced is not taken, nor a second one at the same address", async () => {
    const { slack, client } = await aSlack();
    const { upload_url } = await client.files.getUploadURLExternal({ filename: "s.csv", length: 3 });
    const statusOf = async (url: string, body: string) => (await fetch(url, { method: "POST", body })).status;
    expect(await statusOf(upload_url!, "four")).toBe(400);
    expect(await statusOf(upload_url!, "abc")).toBe(200);
    expect(await statusOf(upload_url!, "abc")).toBe(404);
    expect(await statusOf(`${slack.server.url}/upload/v1/U0NONE`, "abc")).toBe(404);
  });

  test.each([
    { what: "no bytes", args: { filename: "s.csv", length: 0 }, error: "missing_argument" },
    { what: "no name", args: { length: 1 }, error: "invalid_arguments" },
    {
      what: "more than Slack takes",
      args: { filename: "s.csv", length: 2 ** 31 },
      error: "file_upload_size_restricted",
    },
  ])("of $what is refused: $error", async ({ args, error }) => {
    const { client } = await aSlack();
    expect(await refusal(client.apiCall("files.getUploadURLExternal", args))).toBe(error);
  });
});
