import type { Element } from "./elements.ts";
import { beginning, optionsOf } from "./entries.ts";
import { plainOf, type Reader } from "./mrkdwn.ts";
import type { Option } from "./texts.ts";
import type { Entered } from "./types.ts";

/**
 * A button as `[ Label ]`, with `!` before it when it is dangerous and `?` after it when a confirm dialog follows;
 * anything else as `‹what stands in it›`.
 */
export function drawElement(element: Element, entered: Entered | undefined, reader: Reader): string {
  if (element.type === "button") {
    return `[ ${element.style === "danger" ? "!" : ""}${element.text.text}${element.confirm ? " ?" : ""} ]`;
  }
  if (element.type === "overflow") return `[ ⋯ ${element.options.map(({ text }) => text.text).join(" | ")} ]`;
  const values = valuesIn(entered ?? beginning(element));
  if (element.type === "radio_buttons" || element.type === "checkboxes") {
    const chosen = values.map((value) => isOption(value) && value.value);
    return optionsOf(element)
      .map(({ text, value }) => `${chosen.includes(value) ? "◉" : "○"} ${plainOf(text.text, reader)}`)
      .join("  ");
  }
  const placeholder = "placeholder" in element ? (element.placeholder?.text ?? "") : "";
  return `‹${values.map((value) => nameOf(value, reader)).join(", ") || placeholder}›`;
}

/** What was entered, whatever kind of element it is. */
function valuesIn(entered: Entered | undefined): unknown[] {
  const { type: _, ...fields } = entered ?? { type: "" };
  return Object.values(fields)
    .flat()
    .filter((value) => value !== null);
}

function nameOf(value: unknown, { names }: Reader): string {
  if (isOption(value)) return value.text.text;
  return typeof value === "string" ? (names(value) ?? value) : JSON.stringify(value);
}

function isOption(value: unknown): value is Option {
  return typeof value === "object" && value !== null && "text" in value && "value" in value;
}
