import type { Vm } from "./domain/cloud.ts";
import { type Finding, note } from "./finding.ts";
import { fitsName, fitsVm, type VmToFit, vmToFit } from "./policy/fit.ts";
import type { Policy } from "./policy/policy.ts";

/** Patterns that no VM of the account fits now: right before the VM is there, and wrong where a letter is. */
export function fittingNoVm(policy: Policy = [], vms: readonly Vm[]): Finding[] {
  const all = vms.map(vmToFit);
  const fits = new Map<string, (vm: VmToFit) => boolean>();
  for (const { when } of policy) {
    for (const each of when.vm ?? []) fits.set(`vm ${each.text}`, (vm) => fitsVm(each, vm));
    for (const each of when.project ?? []) fits.set(`project ${each.text}`, ({ project }) => fitsName([each], project));
    for (const each of when.pool ?? []) fits.set(`pool ${each.text}`, ({ pool }) => fitsName([each], pool));
  }
  const idle = [...fits].filter(([, isFit]) => !all.some(isFit));
  return idle.map(([what]) => note(`shutter.yml: ${what}: no VM of the account fits now.`));
}
