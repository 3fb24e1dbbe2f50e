import type { VNode } from "preact";
import type { BlockOf } from "../../slack/blocks.ts";
import { html } from "./dom.ts";
import { Words } from "./words.ts";

const SIGNS = { default: "", info: "ℹ", success: "✓", warning: "⚠", error: "✕" } as const;
const NAMES = { default: "Note", info: "Information", success: "Success", warning: "Warning", error: "Error" } as const;

/** What matters in a dialog. What warns is said at once to those who do not see it. */
export function Alert({ block }: { block: BlockOf<"alert"> }): VNode {
  const { level = "default", text } = block;
  const isUrgent = level === "warning" || level === "error";
  return html`<div class=${`block-alert level-${level}`} role=${isUrgent ? "alert" : "note"} aria-label=${NAMES[level]}>
    ${SIGNS[level] && html`<span aria-hidden="true">${SIGNS[level]}</span>`}
    <span class="unseen">${NAMES[level]}: </span><${Words} text=${text} />
  </div>`;
}
