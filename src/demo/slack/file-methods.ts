import { z } from "zod";
import { read } from "./conversation-rules.ts";
import { arg, method, Refused, refuseInvalid } from "./method.ts";
import { tier4 } from "./rate-limits.ts";

/** `file_size_limit` of Slack: 1 GB. */
const LARGEST_BYTES = 2 ** 30;

const wantedFiles = z.array(z.object({ id: z.string().min(1), title: z.string().optional() })).min(1);

export const fileMethods = {
  "files.getUploadURLExternal": method(
    {
      limits: tier4,
      scope: "files:write",
      args: z.object({ filename: arg.string, length: z.coerce.number().int().min(0) }),
    },
    (slack, { filename, length }) => {
      if (length === 0) throw new Refused("missing_argument");
      if (length > LARGEST_BYTES) throw new Refused("file_upload_size_restricted");
      const { path, id } = slack.files.begin(filename, length);
      return { upload_url: `${slack.url}${path}`, file_id: id };
    },
  ),

  /** Slack shares a file a little later than it says so; here it is there at once. */
  "files.completeUploadExternal": method(
    {
      limits: tier4,
      scope: "files:write",
      args: z.object({
        files: arg.json,
        channel_id: arg.string.optional(),
        thread_ts: arg.string.optional(),
        initial_comment: z.string().optional(),
      }),
    },
    (slack, { files, channel_id, thread_ts, initial_comment = "" }) => {
      const wanted = wantedFiles.safeParse(files);
      if (!wanted.success) return refuseInvalid("invalid_arguments", ["must provide files [json-pointer:/files]"]);
      // Unlike posting, sharing takes no person's id and needs the bot in the channel, also in a public one.
      const conversation = channel_id === undefined ? undefined : read(slack, channel_id);
      if (conversation?.archived) throw new Refused("posting_to_channel_denied");
      const shared = slack.files.take(wanted.data);
      if (!shared) throw new Refused("file_not_found");
      const content = { text: initial_comment, blocks: [], files: shared };
      if (conversation) slack.workspace.post(conversation.id, content, thread_ts);
      return { files: shared.map(({ id, title }) => ({ id, title })) };
    },
  ),
};
