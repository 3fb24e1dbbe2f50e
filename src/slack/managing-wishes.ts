import { writeCommand } from "../domain/command/write.ts";
import type { RequestId } from "../domain/ids.ts";
import type { Person } from "../ports/slack.ts";
import { textsIn } from "../texts/texts.ts";
import type { Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { namedVm } from "./named-vm.ts";
import { requestFor } from "./request-for.ts";

/** What the dialogs for a snapshot ask for; everything is looked up once more before it becomes a request. */
export async function answerManaging(
  desk: Desk,
  { from, vm: id, wanted }: Extract<Sent, { kind: "managing" }>,
  person: Person,
  as: RequestId,
): Promise<void> {
  const vm = await namedVm(desk, id, from, textsIn(person.language), (name) =>
    writeCommand({ kind: "list", vm: name, filter: {} }),
  );
  if (vm) await requestFor(desk, vm, wanted, from, person, as);
}
