import type { Element } from "./elements.ts";
import { optionsOf, valuesOf } from "./entries.ts";
import { plainOf, type Reader } from "./mrkdwn.ts";
import type { Option } from "./texts.ts";
import type { Entered } from "./types.ts";

/** A button as `[ Label ]`, with `?` where a confirm dialog follows; anything else as `‹what stands in it›`. */
export function drawElement(element: Element, entered: Entered | undefined, reader: Reader): string {
  if (element.type === "button") {
    const style = element.style === "danger" ? "!" : "";
    return `[ ${style}${element.text.text}${element.confirm ? " ?" : ""} ]`;
  }
  if (element.type === "overflow") return `[ ⋯ ${optionsOf(element).map(label).join(" | ")} ]`;
  const value = contentOf(entered ?? initially(element));
  const shown = value.length > 0 ? value : "placeholder" in element ? (element.placeholder?.text ?? "") : "";
  if (element.type === "radio_buttons" || element.type === "checkboxes") {
    return optionsOf(element)
      .map((option) => `${value.includes(option.value) ? "◉" : "○"} ${plainOf(label(option), reader)}`)
      .join("  ");
  }
  return `‹${Array.isArray(shown) ? nameOf(shown, element, entered, reader) : shown}›`;
}

function initially(element: Element): Entered | undefined {
  const block = { type: "actions", block_id: "b", elements: [{ ...element, action_id: "a" }] } as Parameters<
    typeof valuesOf
  >[0][number];
  return valuesOf([block]).b?.a;
}

/** The values that were entered, whatever kind of element it is. */
function contentOf(entered: Entered | undefined): string[] {
  const { type: _, ...fields } = entered ?? { type: "" };
  return Object.values(fields)
    .flat()
    .flatMap((value) =>
      value === null || value === undefined ? [] : typeof value === "object" ? (value as Option).value : String(value),
    );
}

function nameOf(values: readonly string[], element: Element, entered: Entered | undefined, reader: Reader): string {
  const options = [
    ...optionsOf(element),
    ...Object.values(entered ?? {})
      .flat()
      .filter(isOption),
  ];
  return values
    .map((value) => {
      const option = options.find((each) => each.value === value);
      return option ? label(option) : (reader.names(value) ?? value);
    })
    .join(", ");
}

function isOption(value: unknown): value is Option {
  return typeof value === "object" && value !== null && "text" in value && "value" in value;
}

function label(option: Option): string {
  return option.text.text;
}
