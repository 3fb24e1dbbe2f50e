import { z } from "zod";
import { actionsElements, inputElements, sectionAccessories } from "./elements.ts";
import { richText } from "./rich-text.ts";
import { dataTable, table } from "./tables.ts";
import { image, mrkdwn, plain, text } from "./texts.ts";

/**
 * The blocks that this Slack knows, each with Slack's own limits. Whatever is not here is refused, also what Slack has
 * beyond it (video, file, card, carousel, container, charts): then it is to be added with its limits.
 */
const shape = { block_id: z.string().max(255).optional() };

const section = z
  .strictObject({
    ...shape,
    type: z.literal("section"),
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: sectionAccessories.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text || block.fields, "must have a text or fields");

const task = {
  task_id: z.string().min(1),
  title: z.string().min(1),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal("url"), url: z.url().max(3000), text: z.string() })).optional(),
};

export const block = z.discriminatedUnion("type", [
  section,
  richText,
  z.strictObject({
    ...shape,
    type: z.literal("header"),
    text: plain(150),
    level: z.number().int().min(1).max(4).optional(),
  }),
  z.strictObject({ ...shape, type: z.literal("divider") }),
  z
    .strictObject({ ...shape, ...image, title: plain(2000).optional() })
    .refine((block) => (block.image_url === undefined) !== (block.slack_file === undefined), "must have one source"),
  z.strictObject({
    ...shape,
    type: z.literal("context"),
    elements: z
      .array(z.discriminatedUnion("type", [z.strictObject(image), plain(3000), mrkdwn(3000)]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ ...shape, type: z.literal("actions"), elements: z.array(actionsElements).min(1).max(25) }),
  z.strictObject({
    ...shape,
    type: z.literal("input"),
    label: plain(2000),
    element: inputElements,
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
  z.strictObject({ ...shape, type: z.literal("markdown"), text: z.string().min(1).max(12_000) }),
  z.strictObject({
    ...shape,
    type: z.literal("alert"),
    text: text(200),
    level: z.enum(["default", "info", "warning", "error", "success"]).optional(),
  }),
  table,
  dataTable,
  z.strictObject({
    ...shape,
    type: z.literal("task_card"),
    ...task,
    // Measured on the platform: on its own a task card may not be pending, inside a plan it may.
    status: z.enum(["in_progress", "complete", "error"]),
  }),
  z.strictObject({
    ...shape,
    type: z.literal("plan"),
    title: z.string().min(1),
    tasks: z
      .array(
        z.strictObject({
          ...shape,
          type: z.literal("task_card").optional(),
          ...task,
          status: z.enum(["pending", "in_progress", "complete", "error"]),
        }),
      )
      .max(50)
      .optional(),
  }),
]);

export type Block = z.infer<typeof block>;
export type BlockOf<T extends Block["type"]> = Extract<Block, { type: T }>;

export type Surface = "message" | "modal" | "home";

/** Where a block may stand. */
export const surfaces: { readonly [T in Block["type"]]: readonly Surface[] } = {
  section: ["message", "modal", "home"],
  rich_text: ["message", "modal", "home"],
  header: ["message", "modal", "home"],
  divider: ["message", "modal", "home"],
  image: ["message", "modal", "home"],
  context: ["message", "modal", "home"],
  actions: ["message", "modal", "home"],
  input: ["message", "modal", "home"],
  markdown: ["message"],
  alert: ["modal"],
  table: ["message", "home"],
  data_table: ["message", "home"],
  task_card: ["message"],
  plan: ["message"],
};
