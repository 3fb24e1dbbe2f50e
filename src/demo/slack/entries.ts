import type { Block } from "./blocks.ts";
import { elementsOf } from "./check.ts";
import type { Element } from "./elements.ts";
import type { Option } from "./texts.ts";
import type { Entered, Values } from "./types.ts";

/** What people enter into elements, in the form in which Slack reports it. */

type ElementOf<T extends Element["type"]> = Extract<Element, { type: T }>;

interface Entry<E> {
  /** The property of the reported value. */
  field: string;
  initially(element: E): unknown;
}

const nothing = undefined;

/** Buttons and overflow menus keep nothing: pressing them is all there is to it. */
const entries: { readonly [T in Element["type"]]: Entry<ElementOf<T>> | undefined } = {
  button: nothing,
  overflow: nothing,
  static_select: { field: "selected_option", initially: (element) => element.initial_option ?? null },
  external_select: { field: "selected_option", initially: (element) => element.initial_option ?? null },
  radio_buttons: { field: "selected_option", initially: (element) => element.initial_option ?? null },
  multi_static_select: { field: "selected_options", initially: (element) => element.initial_options ?? [] },
  multi_external_select: { field: "selected_options", initially: (element) => element.initial_options ?? [] },
  checkboxes: { field: "selected_options", initially: (element) => element.initial_options ?? [] },
  users_select: { field: "selected_user", initially: (element) => element.initial_user ?? null },
  multi_users_select: { field: "selected_users", initially: (element) => element.initial_users ?? [] },
  channels_select: { field: "selected_channel", initially: (element) => element.initial_channel ?? null },
  conversations_select: {
    field: "selected_conversation",
    initially: (element) => element.initial_conversation ?? null,
  },
  datepicker: { field: "selected_date", initially: (element) => element.initial_date ?? null },
  timepicker: { field: "selected_time", initially: (element) => element.initial_time ?? null },
  datetimepicker: { field: "selected_date_time", initially: (element) => element.initial_date_time ?? null },
  plain_text_input: { field: "value", initially: (element) => element.initial_value ?? null },
  number_input: { field: "value", initially: (element) => element.initial_value ?? null },
  email_text_input: { field: "value", initially: (element) => element.initial_value ?? null },
  url_text_input: { field: "value", initially: (element) => element.initial_value ?? null },
  rich_text_input: { field: "rich_text_value", initially: (element) => element.initial_value ?? null },
};

/** What an element begins with; `undefined` for those that keep nothing. */
export function beginning(element: Element): Entered | undefined {
  const entry = entryOf(element);
  return entry && { type: element.type, [entry.field]: entry.initially(element) };
}

function entryOf(element: Element): Entry<Element> | undefined {
  return entries[element.type] as Entry<Element> | undefined;
}

/**
 * What stands in these blocks: what was entered before, where block_id, action_id and type are still the same, and else
 * what the blocks begin with.
 */
export function valuesOf(blocks: readonly Block[], before: Values = {}): Values {
  const values: Values = {};
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      const begins = beginning(element);
      if (!begins) continue;
      const old = before[block.block_id!]?.[element.action_id!];
      const value = old?.type === element.type ? old : begins;
      values[block.block_id!] = { ...values[block.block_id!], [element.action_id!]: value };
    }
  }
  return values;
}

/**
 * What Slack reports when somebody chooses this: options where there are some, otherwise the id, date or time. Where
 * several can be chosen, these are all that are chosen afterwards; none is an answer too.
 */
export function chosen(
  element: Element,
  choices: readonly string[],
  offered: readonly Option[],
): Record<string, unknown> {
  const field = element.type === "overflow" ? "selected_option" : entryOf(element)?.field;
  if (field === undefined || field === "value" || field === "rich_text_value") {
    throw new Error(`One does not choose in a ${element.type}`);
  }
  const isForSeveral = field === "selected_options" || field === "selected_users";
  if (!isForSeveral && choices.length !== 1) throw new Error(`One chooses one thing in a ${element.type}`);
  const most = "max_selected_items" in element ? (element.max_selected_items ?? 100) : 100;
  if (choices.length > most) throw new Error(`No more than ${most} can be chosen in ${element.action_id}`);
  const [choice = ""] = choices;
  if (field === "selected_users") return { [field]: [...choices] };
  if (field === "selected_date_time") return { [field]: Number(choice) };
  if (field === "selected_option") return { [field]: optionFor(choice, offered) };
  if (field === "selected_options") return { [field]: choices.map((each) => optionFor(each, offered)) };
  return { [field]: choice };
}

function optionFor(choice: string, offered: readonly Option[]): Option {
  const option = offered.find(({ value }) => value === choice) ?? offered.find(({ text }) => text.text === choice);
  if (option) return option;
  const there = offered.map(({ text, value }) => `${text.text} (${value})`).join(", ");
  throw new Error(`"${choice}" is not among the options: ${there || "there are none"}`);
}

export const isExternal = ({ type }: Element): boolean =>
  type === "external_select" || type === "multi_external_select";

/** The options that have been chosen there. */
export function enteredOptions(values: Values, block: Block, element: Element): Option[] {
  const entered = values[block.block_id ?? ""]?.[element.action_id ?? ""];
  return [entered?.selected_options ?? entered?.selected_option ?? []].flat() as Option[];
}

/** The options that the element itself brings. */
export function optionsOf(element: Element): Option[] {
  if (!("options" in element || "option_groups" in element)) return [];
  const groups = "option_groups" in element ? (element.option_groups ?? []) : [];
  return [...(element.options ?? []), ...groups.flatMap((group) => group.options)];
}

/** What the Slack client asks for before it sends a form at all; by block_id. */
export function missing(blocks: readonly Block[], values: Values): Record<string, string> {
  const gaps: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== "input") continue;
    const { element } = block;
    const value = filledIn(values[block.block_id!]?.[element.action_id!]);
    const length = typeof value === "string" ? value.length : 0;
    if (value === undefined) {
      if (!block.optional) gaps[block.block_id!] = "Please complete this required field.";
    } else if (element.type === "plain_text_input" && length < (element.min_length ?? 0)) {
      gaps[block.block_id!] = `Must be at least ${element.min_length} characters.`;
    } else if (element.type === "plain_text_input" && length > (element.max_length ?? 3000)) {
      gaps[block.block_id!] = `Must be at most ${element.max_length ?? 3000} characters.`;
    }
  }
  return gaps;
}

function filledIn(entered: Entered | undefined): unknown {
  const { type: _, ...fields } = entered ?? { type: "" };
  const value = Object.values(fields)[0];
  return value === null || value === "" || (Array.isArray(value) && value.length === 0) ? undefined : value;
}
