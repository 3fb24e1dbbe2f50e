import { z } from "zod";

/** Text objects and the other small parts that blocks are made of, with Slack's limits. */
export const plain = (longest: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: z.string().min(1).max(longest),
    emoji: z.boolean().optional(),
  });

export const mrkdwn = (longest: number) =>
  z.strictObject({
    type: z.literal("mrkdwn"),
    text: z.string().min(1).max(longest),
    verbatim: z.boolean().optional(),
  });

export const text = (longest: number) => z.discriminatedUnion("type", [plain(longest), mrkdwn(longest)]);

export type TextObject = z.infer<ReturnType<typeof text>>;

export const confirm = z.strictObject({
  title: plain(100).optional(),
  text: text(300),
  confirm: plain(30).optional(),
  deny: plain(30).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});

const optionOf = <T extends z.ZodType>(words: T) => ({
  text: words,
  value: z.string().min(1).max(75),
  description: words.optional(),
});

/** Of menus: plain text only. */
export const option = z.strictObject(optionOf(plain(75)));
/** Of radio buttons and checkboxes: formatted too. */
export const richOption = z.strictObject(optionOf(text(75)));
/** Of overflow menus: they may lead somewhere. */
export const overflowOption = z.strictObject({ ...optionOf(plain(75)), url: z.url().max(3000).optional() });

export type Option = z.infer<typeof richOption>;

export const optionGroup = z.strictObject({ label: plain(75), options: z.array(option).min(1).max(100) });

export const image = {
  type: z.literal("image"),
  alt_text: z.string().min(1).max(2000),
  image_url: z.url().max(3000).optional(),
  slack_file: z.union([z.strictObject({ url: z.url() }), z.strictObject({ id: z.string().min(1) })]).optional(),
};
