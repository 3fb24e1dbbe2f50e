import { useEffect, useState } from "preact/hooks";
import type { z } from "zod";
import type { confirm } from "../../slack/texts.ts";
import { aimAt } from "./aim.ts";
import { questionOf } from "./button.ts";
import { useDesk } from "./desk.ts";
import { enteredIn, type Standing } from "./elements.ts";

/** An option, person, date or time, as it is shown and as Slack knows it. */
export interface Choice {
  text: string;
  value: string;
}

interface Choosable extends Standing {
  element: { type: string; action_id?: string | undefined; confirm?: z.infer<typeof confirm> | undefined };
}

/** What is chosen: here at once, in Slack a moment later. With a confirm dialog, only after a yes. */
export function useChosen(part: Choosable): [readonly Choice[], (next: readonly Choice[]) => void] {
  const { state, act, ask } = useDesk();
  const [chosen, setChosen] = useState<readonly Choice[]>();
  const { element, blockId } = part;
  useEffect(() => setChosen(undefined), [blockId]); // a block with another id is another block, and begins anew
  const shown = chosen ?? standingIn(part);
  const takesSeveral = element.type === "checkboxes" || element.type.startsWith("multi_");

  async function choose(next: readonly Choice[]): Promise<void> {
    if (element.confirm && !(await ask(questionOf(element.confirm)))) {
      setChosen([...shown]); // drawn anew: the browser shows what was pressed
      return;
    }
    setChosen(next);
    const values = next.map(({ value }) => value);
    await act({ do: "choose", as: state.me, ...aimAt(part), choice: takesSeveral ? values : (values[0] ?? "") });
  }
  return [shown, (next) => void choose(next)];
}

/** What was entered before, or else what the app began with. */
function standingIn(part: Choosable): Choice[] {
  const { type: _, ...fields } = enteredIn(part) ?? { type: "", ...initialIn(part.element) };
  return Object.values(fields).flat().flatMap(choiceOf);
}

const initialIn = (element: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(element).filter(([name]) => name.startsWith("initial_")));

function choiceOf(value: unknown): Choice[] {
  if (typeof value === "string") return [{ text: value, value }];
  if (typeof value !== "object" || value === null) return [];
  const option = value as { text: { text: string }; value: string };
  return [{ text: option.text.text, value: option.value }];
}
