import type { Vm } from "../domain/cloud.ts";
import { findVm } from "../domain/find-vm.ts";
import { look } from "../engine/look.ts";
import type { Texts } from "../texts/en.ts";
import { section } from "../views/blocks.ts";
import { vmMenu } from "../views/vm-menu.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";

/** The VM that a word means; when it is not clear, the answer is a menu and the result undefined. */
export async function namedVm(
  desk: Desk,
  query: string,
  from: Sender,
  texts: Texts,
  commandWith: (vm: string) => string,
): Promise<Vm | undefined> {
  const vms = await look(() => desk.cloud.listVms());
  if (vms.ok) return namedAmong(desk, vms.value, query, from, texts, commandWith);
  await desk.tell(from, texts.answers.cloudSilent(vms.problem.detail));
  return undefined;
}

/** The same among VMs that are known. */
export async function namedAmong(
  { tell }: Desk,
  vms: readonly Vm[],
  query: string,
  from: Sender,
  texts: Texts,
  commandWith: (vm: string) => string,
): Promise<Vm | undefined> {
  const { answers } = texts;
  const found = findVm(vms, query);
  switch (found.kind) {
    case "one":
      return found.vm;
    case "several": {
      const more = found.more > 0 ? [section(answers.more(found.more))] : [];
      await tell(from, answers.several(query), [vmMenu(found.vms, commandWith), ...more]);
      return undefined;
    }
    case "none": {
      const near = found.nearest.length > 0 ? [section(answers.nearest), vmMenu(found.nearest, commandWith)] : [];
      await tell(from, vms.length === 0 ? answers.noVms : answers.unknownVm(query), near);
      return undefined;
    }
  }
}
