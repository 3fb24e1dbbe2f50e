import { z } from "zod";
import { richText } from "./rich-text.ts";
import { confirm, image, type Option, option, optionGroup, overflowOption, plain, richOption } from "./texts.ts";

/** What one can press, choose or type into, with Slack's limits. */
const act = { action_id: z.string().min(1).max(255).optional() };
const sure = { confirm: confirm.optional() };
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plain(150).optional() };
const menu = { ...act, ...sure, ...focus, ...placeholder };
const several = { max_selected_items: z.number().int().min(1).optional() };
const options = { options: z.array(option).min(1).max(100).optional() };
const optionGroups = { option_groups: z.array(optionGroup).min(1).max(100).optional() };
const minQuery = { min_query_length: z.number().int().min(0).optional() };
const dispatch = {
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(["on_enter_pressed", "on_character_entered"])).min(1),
    })
    .optional(),
};
const typed = { ...act, ...focus, ...placeholder, ...dispatch };

interface Offering {
  options?: Option[] | undefined;
  option_groups?: { options: Option[] }[] | undefined;
  initial_option?: Option | undefined;
  initial_options?: Option[] | undefined;
}

const oneSource = (menu: Offering) => (menu.options === undefined) !== (menu.option_groups === undefined);
const ONE_SOURCE = "must have either options or option_groups";

/** Slack compares the whole option with those that are offered, not only its value. */
function beginsWithOffered(menu: Offering): boolean {
  const offered = [...(menu.options ?? []), ...(menu.option_groups ?? []).flatMap(({ options }) => options)];
  const initial = menu.initial_options ?? (menu.initial_option ? [menu.initial_option] : []);
  return initial.every((one) => offered.some((other) => isSame(one, other)));
}
const BEGINS_WITH_OFFERED = "initial options must match options that are offered";

const isSame = (one: Option, other: Option): boolean =>
  one.value === other.value && one.text.type === other.text.type && one.text.text === other.text.text;

const fewEnough = (menu: { max_selected_items?: number | undefined; initial_options?: unknown[] | undefined }) =>
  (menu.initial_options?.length ?? 0) <= (menu.max_selected_items ?? Number.POSITIVE_INFINITY);
const FEW_ENOUGH = "initial options must be no more than max_selected_items";

const button = z.strictObject({
  type: z.literal("button"),
  ...act,
  ...sure,
  text: plain(75),
  value: z.string().max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  accessibility_label: z.string().max(75).optional(),
});
const overflow = z.strictObject({
  type: z.literal("overflow"),
  ...act,
  ...sure,
  options: z.array(overflowOption).min(1).max(5),
});
const staticSelect = z
  .strictObject({
    type: z.literal("static_select"),
    ...menu,
    ...options,
    ...optionGroups,
    initial_option: option.optional(),
  })
  .refine(oneSource, ONE_SOURCE)
  .refine(beginsWithOffered, BEGINS_WITH_OFFERED);
const multiStaticSelect = z
  .strictObject({
    type: z.literal("multi_static_select"),
    ...menu,
    ...several,
    ...options,
    ...optionGroups,
    initial_options: z.array(option).min(1).max(100).optional(),
  })
  .refine(oneSource, ONE_SOURCE)
  .refine(beginsWithOffered, BEGINS_WITH_OFFERED)
  .refine(fewEnough, FEW_ENOUGH);
const externalSelect = z.strictObject({
  type: z.literal("external_select"),
  ...menu,
  ...minQuery,
  initial_option: option.optional(),
});
const multiExternalSelect = z
  .strictObject({
    type: z.literal("multi_external_select"),
    ...menu,
    ...minQuery,
    ...several,
    initial_options: z.array(option).min(1).max(100).optional(),
  })
  .refine(fewEnough, FEW_ENOUGH);
const usersSelect = z.strictObject({ type: z.literal("users_select"), ...menu, initial_user: z.string().optional() });
const multiUsersSelect = z.strictObject({
  type: z.literal("multi_users_select"),
  ...menu,
  ...several,
  initial_users: z.array(z.string()).min(1).optional(),
});
const respondable = { response_url_enabled: z.boolean().optional() };
const channelsSelect = z.strictObject({
  type: z.literal("channels_select"),
  ...menu,
  ...respondable,
  initial_channel: z.string().optional(),
});
const conversationsSelect = z.strictObject({
  type: z.literal("conversations_select"),
  ...menu,
  ...respondable,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z
        .array(z.enum(["im", "mpim", "private", "public"]))
        .min(1)
        .optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .optional(),
});
const radioButtons = z
  .strictObject({
    type: z.literal("radio_buttons"),
    ...act,
    ...sure,
    ...focus,
    options: z.array(richOption).min(1).max(10),
    initial_option: richOption.optional(),
  })
  .refine(beginsWithOffered, BEGINS_WITH_OFFERED);
const checkboxes = z
  .strictObject({
    type: z.literal("checkboxes"),
    ...act,
    ...sure,
    ...focus,
    options: z.array(richOption).min(1).max(10),
    initial_options: z.array(richOption).min(1).max(10).optional(),
  })
  .refine(beginsWithOffered, BEGINS_WITH_OFFERED);
const datepicker = z.strictObject({ type: z.literal("datepicker"), ...menu, initial_date: z.iso.date().optional() });
const timepicker = z.strictObject({
  type: z.literal("timepicker"),
  ...menu,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: z.string().optional(),
});
const datetimepicker = z.strictObject({
  type: z.literal("datetimepicker"),
  ...act,
  ...sure,
  ...focus,
  initial_date_time: z.number().int().min(1_000_000_000).max(9_999_999_999).optional(),
});
const plainTextInput = z.strictObject({
  type: z.literal("plain_text_input"),
  ...typed,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
});
const numberInput = z.strictObject({
  type: z.literal("number_input"),
  ...typed,
  is_decimal_allowed: z.boolean(),
  initial_value: z.string().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
});
const richTextInput = z.strictObject({
  type: z.literal("rich_text_input"),
  ...typed,
  initial_value: richText.optional(),
  min_lines: z.number().int().min(1).max(100).optional(),
  max_lines: z.number().int().min(1).max(100).optional(),
});
const address = <T extends string>(type: T) =>
  z.strictObject({ type: z.literal(type), ...typed, initial_value: z.string().max(3000).optional() });

const pickers = [
  staticSelect,
  multiStaticSelect,
  externalSelect,
  multiExternalSelect,
  usersSelect,
  multiUsersSelect,
  channelsSelect,
  conversationsSelect,
  radioButtons,
  checkboxes,
  datepicker,
  timepicker,
] as const;

export const sectionAccessories = z.discriminatedUnion("type", [button, overflow, ...pickers, z.strictObject(image)]);
export const actionsElements = z.discriminatedUnion("type", [
  button,
  overflow,
  datetimepicker,
  richTextInput,
  ...pickers,
]);
export const inputElements = z.discriminatedUnion("type", [
  datetimepicker,
  plainTextInput,
  numberInput,
  richTextInput,
  address("email_text_input"),
  address("url_text_input"),
  ...pickers,
]);

/** Everything that a person can act on. */
export type Element =
  | Exclude<z.infer<typeof sectionAccessories>, { type: "image" }>
  | z.infer<typeof actionsElements>
  | z.infer<typeof inputElements>;
