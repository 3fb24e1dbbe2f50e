import type { Element } from "../../slack/elements.ts";
import type { Option } from "../../slack/texts.ts";

/** The options that a menu itself brings. */
export function optionsOf(menu: Extract<Element, { type: "static_select" | "multi_static_select" }>): Option[] {
  return [...(menu.options ?? []), ...(menu.option_groups ?? []).flatMap((group) => group.options)];
}
