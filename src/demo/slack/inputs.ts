import { Answer } from "./answer.ts";
import type { Block } from "./blocks.ts";
import type { Element } from "./elements.ts";
import { chosen, enteredOptions, isExternal, optionsOf } from "./entries.ts";
import { actionIdsIn, elementIn, type Place, type Which } from "./payloads.ts";
import type { People, Stage, Where } from "./people.ts";
import type { Suggestions } from "./suggestions.ts";
import type { Option } from "./texts.ts";

interface Found {
  place: Place;
  block: Block;
  element: Element;
}

/** What people do with menus and fields, wherever those stand. */
export class Inputs {
  readonly #stage: Stage;
  readonly #people: People;
  readonly #suggestions: Suggestions;

  constructor(stage: Stage, people: People, suggestions: Suggestions) {
    this.#stage = stage;
    this.#people = people;
    this.#suggestions = suggestions;
  }

  /** Stands there at once; what the promise waits for is the app, where it wants to hear of every character. */
  fill(user: string, actionId: string, text: string, which: Which & { where?: Where } = {}): Promise<Answer> {
    const found = this.#found(user, actionId, which);
    this.#write(user, found, text);
    return this.#dispatch(user, found, "on_character_entered", text).then((answer) => answer ?? silent());
  }

  /** Types and presses Enter, which the app hears of if it asked for that. */
  async enter(user: string, actionId: string, text: string, which: Which & { where?: Where } = {}): Promise<Answer> {
    const found = this.#found(user, actionId, which);
    this.#write(user, found, text);
    const typed = await this.#dispatch(user, found, "on_character_entered", text);
    return (await this.#dispatch(user, found, "on_enter_pressed", text)) ?? typed ?? silent();
  }

  async choose(
    user: string,
    where: Where,
    actionId: string,
    choice: string | readonly string[],
    which: Which = {},
  ): Promise<Answer> {
    const place = this.#people.place(user, where);
    const choices = typeof choice === "string" ? [choice] : choice;
    const found = foundIn(place, actionId, { ...which, ...(choices[0] !== undefined && { value: choices[0] }) });
    const { block, element } = found;
    const picked = chosen(element, choices, await this.#offered(user, found, choices));
    if (element.type !== "overflow") {
      this.#stage.screens.enter(user, place, block, element, { type: element.type, ...picked });
    }
    if (block.type === "input" && !block.dispatch_action) return silent();
    return this.#people.act(user, place, { ...told(block, element), ...picked });
  }

  async suggest(
    user: string,
    actionId: string,
    query: string,
    which: Which & { where?: Where } = {},
  ): Promise<{ text: string; value: string }[]> {
    const { place, block, element } = this.#found(user, actionId, which);
    const offered = await this.#suggestions.ask(user, place, block, element, query);
    return offered.map(({ text, value }) => ({ text: text.text, value }));
  }

  #write(user: string, { place, block, element }: Found, text: string): void {
    if (!element.type.endsWith("_input") || element.type === "rich_text_input") {
      throw new Error(`One does not type into a ${element.type}`);
    }
    const value = text === "" ? null : text;
    this.#stage.screens.enter(user, place, block, element, { type: element.type, value });
  }

  /** Slack's default is to tell when Enter is pressed. */
  async #dispatch(
    user: string,
    { place, block, element }: Found,
    when: "on_enter_pressed" | "on_character_entered",
    text: string,
  ): Promise<Answer | undefined> {
    const config = "dispatch_action_config" in element ? element.dispatch_action_config : undefined;
    const isTold = (config?.trigger_actions_on ?? ["on_enter_pressed"]).includes(when);
    if (block.type !== "input" || !block.dispatch_action || !isTold) return undefined;
    return this.#people.act(user, place, { ...told(block, element), value: text === "" ? null : text });
  }

  async #offered(user: string, { place, block, element }: Found, choices: readonly string[]): Promise<Option[]> {
    if (!isExternal(element)) return optionsOf(element);
    const options = enteredOptions(this.#stage.screens.values(user, place), block, element);
    for (const choice of choices) {
      const isThere = options.some(({ text, value }) => value === choice || text.text === choice);
      if (!isThere) options.push(...(await this.#suggestions.offered(user, place, block, element, choice)));
    }
    return options;
  }

  /** Where it is said to be; else in the open dialog, and if it is not there, in the App Home. */
  #found(user: string, actionId: string, { where, ...which }: Which & { where?: Where }): Found {
    if (where) return foundIn(this.#people.place(user, where), actionId, which);
    const views = [this.#stage.views.top(user), this.#stage.views.home(user)].filter((view) => view !== undefined);
    if (views.length === 0) throw new Error(`${user} has neither a dialog nor the App Home open`);
    const places = views.map((view): Place => ({ kind: "view", view, blocks: view.blocks }));
    const place = places.find((each) => elementIn(each, actionId, which)) ?? places[0]!;
    return foundIn(place, actionId, which);
  }
}

function foundIn(place: Place, actionId: string, which: Which): Found {
  const there = elementIn(place, actionId, which);
  if (!there) throw new Error(`There is no ${actionId} here; there is ${actionIdsIn(place)}`);
  return { place, ...there };
}

/** What Slack repeats of an element when it reports an action on it. */
function told(block: Block, element: Element): Record<string, unknown> {
  const { type, action_id } = element;
  const repeated = (["placeholder", "initial_option", "initial_options", "confirm"] as const).flatMap((name) => {
    const value = (element as Partial<Record<typeof name, unknown>>)[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { type, action_id, block_id: block.block_id, ...Object.fromEntries(repeated) };
}

/** Of what happens on the screen only: the bot is told nothing. */
export function silent(): Answer {
  return new Answer(200, "", async () => silent());
}
