import { afterEach, beforeEach } from "vitest";
import type { RequestId } from "../../src/domain/ids.ts";
import type { Request } from "../../src/domain/request.ts";
import type { Line } from "../../src/domain/story.ts";
import type { Store, Stored } from "../../src/ports/store.ts";

/** A database somewhere; opening it again after closing brings back what was in it. */
export interface Place {
  open(): Promise<Store>;
  remove(): Promise<void>;
}

/** An empty database for each test of a group. */
export function inPlace(newPlace: () => Promise<Place>) {
  let place: Place;
  let store: Store;
  beforeEach(async () => {
    place = await newPlace();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });
  const load = async (id: RequestId): Promise<Stored> => (await store.load(id))!;
  return {
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await place.open();
    },
    create: (request: Request, story: readonly Line[] = []) => store.create(request, () => false, story),
    load,
    /** Writes the next state of a request that is stored already. */
    async becomes(next: Request, at: Date, story: readonly Line[] = []) {
      if (!(await store.commit(await load(next.id), next, story, at))) throw new Error("Somebody else was faster");
    },
  };
}
