import { z } from "zod";
import type { Block } from "./blocks.ts";
import type { Element } from "./elements.ts";
import type { Place } from "./payloads.ts";
import type { Stage } from "./people.ts";
import { type Option, option, optionGroup } from "./texts.ts";

/** Slack's own default: with fewer letters it does not ask. */
const MIN_QUERY_LENGTH = 3;

const shape = z.union([
  z.strictObject({ options: z.array(option).max(100) }),
  z.strictObject({ option_groups: z.array(optionGroup).max(100) }),
]);

/** What the app offers in external selects as people type. */
export class Suggestions {
  readonly #stage: Stage;
  /** What the app last suggested, by view or message and element: people choose from what they see. */
  readonly #seen = new Map<string, Option[]>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async ask(user: string, place: Place, block: Block, element: Element, query: string): Promise<Option[]> {
    if (element.type !== "external_select" && element.type !== "multi_external_select") {
      throw new Error(`${element.action_id} is a ${element.type}`);
    }
    if (query.length < (element.min_query_length ?? MIN_QUERY_LENGTH)) return [];
    const payload = this.#stage.payloads.suggestion(user, place, block, element, query);
    const answer = await this.#stage.deliver({ type: "interactive", payload });
    const parsed = shape.safeParse(answer.json());
    if (!parsed.success) throw new Error(`Slack cannot show these suggestions: ${answer.status} ${answer.body}`);
    const groups = "option_groups" in parsed.data ? parsed.data.option_groups : [parsed.data];
    const options = groups.flatMap((group) => group.options);
    this.#seen.set(keyOf(user, place, block, element), options);
    return options;
  }

  /** What this choice can be made from: what was suggested last, and if it is not there, what is suggested for it. */
  async offered(user: string, place: Place, block: Block, element: Element, choice: string): Promise<Option[]> {
    const seen = this.#seen.get(keyOf(user, place, block, element)) ?? [];
    const there = seen.some(({ text, value }) => value === choice || text.text === choice);
    return there ? seen : this.ask(user, place, block, element, choice);
  }
}

function keyOf(user: string, place: Place, block: Block, element: Element): string {
  const id = place.kind === "view" ? place.view.id : place.kind === "message" ? place.message.ts : place.answer.id;
  return `${user} ${id} ${block.block_id} ${element.action_id}`;
}
