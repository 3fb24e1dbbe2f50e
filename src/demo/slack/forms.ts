import { z } from "zod";
import { Answer } from "./answer.ts";
import type { Block } from "./blocks.ts";
import type { Element } from "./elements.ts";
import { chosen, missing, optionsOf, valuesOf } from "./entries.ts";
import { actionIdsIn, elementIn, type Place } from "./payloads.ts";
import type { People, Stage, Where } from "./people.ts";
import { type Option, option, optionGroup } from "./texts.ts";
import type { Entered, View } from "./types.ts";
import { checkView } from "./view-check.ts";

/** Slack's own default: with fewer letters it does not ask. */
const MIN_QUERY_LENGTH = 3;

const suggestions = z.union([
  z.strictObject({ options: z.array(option).max(100) }),
  z.strictObject({ option_groups: z.array(optionGroup).max(100) }),
]);

const followUp = z.discriminatedUnion("response_action", [
  z.strictObject({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal("update"), view: z.unknown() }),
  z.strictObject({ response_action: z.literal("push"), view: z.unknown() }),
  z.strictObject({ response_action: z.literal("clear") }),
]);

/** What people do with menus, inputs and dialogs, and what the Slack client does with the bot's answers to it. */
export class Forms {
  readonly #stage: Stage;
  readonly #people: People;
  /** What the bot last suggested, by view or message and action: people choose from what they see. */
  readonly #suggested = new Map<string, Option[]>();

  constructor(stage: Stage, people: People) {
    this.#stage = stage;
    this.#people = people;
  }

  fill(user: string, actionId: string, text: string): void {
    const { view, block, element } = this.#inView(user, actionId);
    if (!element.type.endsWith("_input") || element.type === "rich_text_input") {
      throw new Error(`One does not type into a ${element.type}`);
    }
    this.#enter(view, block, element, { type: element.type, value: text === "" ? null : text });
  }

  async choose(user: string, where: Where, actionId: string, choice: string): Promise<Answer> {
    const place = this.#people.place(user, where);
    const { block, element } = found(place, actionId);
    const picked = chosen(element, choice, await this.#offered(user, place, block, element, choice));
    const entered: Entered = { type: element.type, ...picked };
    if (place.kind === "view" && element.type !== "overflow") this.#enter(place.view, block, element, entered);
    if (block.type === "input" && !block.dispatch_action) return silent();
    const values = valuesOf(place.blocks, { [block.block_id!]: { [element.action_id!]: entered } });
    const action = { type: element.type, action_id: element.action_id, block_id: block.block_id, ...picked };
    return this.#people.act(user, place, action, values);
  }

  async suggest(user: string, actionId: string, query: string): Promise<{ text: string; value: string }[]> {
    const { view, block, element } = this.#inView(user, actionId);
    const offered = await this.#ask(user, { kind: "view", view, blocks: view.blocks }, block, element, query);
    return offered.map(({ text, value }) => ({ text: text.text, value }));
  }

  /** Throws, as the client refuses to send, when required fields are empty; what is missing then stands in the view. */
  async submit(user: string): Promise<Answer> {
    const view = this.#open(user);
    if (view.submit === undefined && view.blocks.some(({ type }) => type === "input"))
      throw new Error("No submit button");
    view.errors = missing(view.blocks, view.state);
    if (Object.keys(view.errors).length > 0) {
      throw new Error(`Slack does not send this form: ${JSON.stringify(view.errors)}`);
    }
    const payload = this.#stage.payloads.submission(user, view);
    payload.trigger_id = this.#stage.triggers.make(user, true);
    const answer = await this.#stage.deliver({ type: "interactive", payload });
    if (answer.status === 200) this.#follow(user, view, answer);
    return answer;
  }

  async closeView(user: string): Promise<Answer> {
    const view = this.#open(user);
    const payload = this.#stage.payloads.closed(user, view);
    this.#stage.views.close(user, view.clearOnClose);
    return view.notifyOnClose ? this.#stage.deliver({ type: "interactive", payload }) : silent();
  }

  /** Does with the open view what the bot's answer to its submission says. */
  #follow(user: string, view: View, answer: Answer): void {
    const act = readFollowUp(answer);
    if (act.response_action === "close") this.#stage.views.close(user);
    else if (act.response_action === "clear") this.#stage.views.close(user, true);
    else if (act.response_action === "errors") this.#showErrors(view, act.errors);
    else this.#show(user, act.response_action === "update" ? view : undefined, act.view);
  }

  #showErrors(view: View, errors: Record<string, string>): void {
    const inputs = view.blocks.filter((block) => block.type === "input").map((block) => block.block_id);
    const strange = Object.keys(errors).filter((id) => !inputs.includes(id));
    if (strange.length > 0) throw new Error(`Slack shows errors at input blocks only, and these are none: ${strange}`);
    view.errors = errors;
    this.#stage.workspace.changed({ kind: "view", user: view.user, view });
  }

  /** In place of a view, or on top of what is open. */
  #show(user: string, instead: View | undefined, candidate: unknown): void {
    const sent = checkView(candidate, "modal");
    if (Array.isArray(sent)) throw new Error(`Slack cannot show this view: ${sent.join("; ")}`);
    const shown = instead ? this.#stage.views.update(instead, sent) : this.#stage.views.push(user, sent);
    if (typeof shown === "string") throw new Error(`Slack cannot show this view: ${shown}`);
  }

  async #offered(user: string, place: Place, block: Block, element: Element, choice: string): Promise<Option[]> {
    if (element.type !== "external_select") return optionsOf(element);
    const seen = this.#suggested.get(keyOf(place, element)) ?? [];
    const there = seen.some(({ text, value }) => value === choice || text.text === choice);
    return there ? seen : this.#ask(user, place, block, element, choice);
  }

  async #ask(user: string, place: Place, block: Block, element: Element, query: string): Promise<Option[]> {
    if (element.type !== "external_select") throw new Error(`${element.action_id} is a ${element.type}`);
    if (query.length < (element.min_query_length ?? MIN_QUERY_LENGTH)) return [];
    const payload = this.#stage.payloads.suggestion(user, place, block, element, query);
    const answer = await this.#stage.deliver({ type: "interactive", payload });
    const parsed = suggestions.safeParse(answer.json());
    if (!parsed.success) throw new Error(`Slack cannot show these suggestions: ${answer.status} ${answer.body}`);
    const groups = "option_groups" in parsed.data ? parsed.data.option_groups : [parsed.data];
    const options = groups.flatMap((group) => group.options);
    this.#suggested.set(keyOf(place, element), options);
    return options;
  }

  #enter(view: View, block: Block, element: Element, entered: Entered): void {
    view.state[block.block_id!] = { ...view.state[block.block_id!], [element.action_id!]: entered };
    this.#stage.workspace.changed({ kind: "view", user: view.user, view });
  }

  #open(user: string): View {
    const view = this.#stage.views.top(user);
    if (!view) throw new Error(`${user} has no dialog open`);
    return view;
  }

  /** In the open dialog; without one, in the App Home. */
  #inView(user: string, actionId: string): { view: View; block: Block; element: Element } {
    const view = this.#stage.views.top(user) ?? this.#stage.views.home(user);
    if (!view) throw new Error(`${user} has neither a dialog nor the App Home open`);
    return { view, ...found({ kind: "view", view, blocks: view.blocks }, actionId) };
  }
}

function found(place: Place, actionId: string): { block: Block; element: Element } {
  const there = elementIn(place, actionId);
  if (!there) throw new Error(`There is no ${actionId} here; there is ${actionIdsIn(place)}`);
  return there;
}

function keyOf(place: Place, element: Element): string {
  const id = place.kind === "view" ? place.view.id : place.kind === "message" ? place.message.ts : place.answer.id;
  return `${id} ${element.action_id}`;
}

/** Without a word the dialog closes. */
function readFollowUp(answer: Answer): z.infer<typeof followUp> | { response_action: "close" } {
  const said = answer.body === "" ? {} : answer.json();
  if (typeof said === "object" && said !== null && Object.keys(said).length === 0) return { response_action: "close" };
  const parsed = followUp.safeParse(said);
  if (!parsed.success) throw new Error(`Slack does not understand this answer to a form: ${answer.body}`);
  return parsed.data;
}

/** Of what happens on the screen only: the bot is told nothing. */
function silent(): Answer {
  return new Answer(200, "", async () => silent());
}
