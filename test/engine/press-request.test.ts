import { expect, test } from "vitest";
import { RequestId } from "../../src/domain/ids.ts";
import { pressRequest } from "../../src/engine/press-request.ts";
import type { Person } from "../../src/ports/slack.ts";
import type { Store } from "../../src/ports/store.ts";
import { ANNA, aRequest, aVm, BORIS } from "../domain/builders.ts";
import { courtWith } from "./court.ts";
import { openStore } from "./rig.ts";

const anna: Person = { ...ANNA, kind: "member", language: "en" };
const boris: Person = { ...BORIS, kind: "member", language: "en" };
const ID = aRequest("shutdown_stuck").id;
const AS = RequestId.parse("r2");

test("rules that are read anew while the cloud is asked count for the press that is under way", async () => {
  const court = courtWith({
    yaml: "policy: [{ allow: everyone }]",
    cloud: {
      async listVms() {
        court.obey("policy: [{ deny: true }]");
        return [aVm("web-01")];
      },
    },
  });
  await court.create(aRequest("choosing"));
  expect(await pressRequest(court.deps, ID, "shutdown", anna, AS)).toMatchObject({ kind: "forbidden" });
  expect((await court.store.load(ID))?.request.state.status).toBe("choosing");
});

test("whoever comes second at a stuck VM has lost the right that came with it", async () => {
  const store = openStore();
  await store.create(aRequest("shutdown_stuck"), () => false, []);
  const { deps } = courtWith({ store });
  let isFirstCommit = true;
  const overtaken: Store = {
    ...store,
    async commit(...change) {
      if (isFirstCommit) {
        isFirstCommit = false;
        await pressRequest(deps, ID, "wait", anna, RequestId.parse("r3"));
      }
      return store.commit(...change);
    },
  };
  expect(await pressRequest(courtWith({ store: overtaken }).deps, ID, "cancel", boris, AS)).toMatchObject({
    kind: "refused",
    refusal: "not_requester",
  });
  expect((await store.load(ID))?.request.state.status).toBe("shutting_down");
});
