import type { VNode } from "preact";
import { aimAt } from "./aim.ts";
import { questionOf } from "./button.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import type { Part } from "./elements.ts";
import { Menu } from "./menu.ts";

export function Overflow(part: Part<"overflow">): VNode {
  const { element } = part;
  const { state, act, ask } = useDesk();
  async function choose(choice: string): Promise<void> {
    if (element.confirm && !(await ask(questionOf(element.confirm)))) return;
    await act({ do: "choose", as: state.me, ...aimAt(part), choice });
  }
  const items = element.options.map(({ text, value, description }) => ({
    label: text.text,
    ...(description && { detail: description.text }),
    choose: () => void choose(value),
  }));
  return html`<${Menu} label="More actions" sign="⋯" items=${items} />`;
}
