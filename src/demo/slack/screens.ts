import type { Block } from "./blocks.ts";
import type { Element } from "./elements.ts";
import { valuesOf } from "./entries.ts";
import type { Place } from "./payloads.ts";
import type { Entered, Values } from "./types.ts";
import type { Workspace } from "./workspace.ts";

/**
 * What people have entered. In a view it stands in the view; in a message it is on this person's screen only, and Slack
 * reports all of it with whatever they do there next.
 */
export class Screens {
  readonly #workspace: Workspace;
  readonly #inMessages = new Map<string, Values>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  values(user: string, place: Place): Values {
    if (place.kind === "view") return place.view.state;
    return valuesOf(place.blocks, this.#inMessages.get(keyOf(user, place)));
  }

  enter(user: string, place: Place, block: Block, element: Element, entered: Entered): void {
    const values = this.values(user, place);
    const blockId = block.block_id!;
    const next = { ...values, [blockId]: { ...values[blockId], [element.action_id!]: entered } };
    if (place.kind === "view") {
      place.view.state = next;
      this.#workspace.changed({ kind: "view", user: place.view.user, view: place.view });
    } else {
      this.#inMessages.set(keyOf(user, place), next);
    }
  }
}

const keyOf = (user: string, place: Exclude<Place, { kind: "view" }>): string =>
  `${user} ${place.kind === "message" ? place.message.ts : place.answer.id}`;
