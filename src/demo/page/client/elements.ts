import type { ComponentType, VNode } from "preact";
import type { Element } from "../../slack/elements.ts";
import type { Surface } from "./blocks.ts";
import { Button } from "./button.ts";
import { Checkboxes, DateOrTime, RadioButtons, Select } from "./choices.ts";
import { html } from "./dom.ts";
import { ExternalSelect } from "./external-select.ts";
import { MultiSelect } from "./multi-select.ts";
import { Overflow } from "./overflow.ts";
import { TextInput } from "./text-input.ts";

/** Where something to press, choose in or type into stands. */
export interface Standing {
  element: { action_id?: string | undefined };
  blockId: string | undefined;
  surface: Surface;
}

/** The ids are those of what names and explains it. */
export interface Part<T extends Element["type"]> extends Standing {
  element: Extract<Element, { type: T }>;
  id?: string;
  labelledBy?: string;
  describedBy?: string;
  isWrong?: boolean;
  /** Whether the app hears of what is entered before the whole is sent. */
  dispatches?: boolean;
}

const PARTS: { readonly [T in Element["type"]]?: ComponentType<Part<T>> } = {
  button: Button,
  overflow: Overflow,
  static_select: Select,
  users_select: Select,
  external_select: ExternalSelect,
  multi_static_select: MultiSelect,
  multi_external_select: MultiSelect,
  radio_buttons: RadioButtons,
  checkboxes: Checkboxes,
  datepicker: DateOrTime,
  timepicker: DateOrTime,
  plain_text_input: TextInput,
  number_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
};

export function ElementOf(part: Part<Element["type"]>): VNode {
  const Drawer = PARTS[part.element.type] as ComponentType<Part<Element["type"]>> | undefined;
  if (!Drawer) return html`<span class="unknown">This page cannot draw a ${part.element.type}.</span>`;
  return html`<${Drawer} ...${part} />`;
}

/** What somebody has entered there, as Slack reports it. */
export const enteredIn = ({ surface, blockId, element }: Standing) =>
  surface.view?.state[blockId ?? ""]?.[element.action_id ?? ""];
