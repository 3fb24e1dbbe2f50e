import type { VNode } from "preact";
import { dateText } from "../../slack/mrkdwn.ts";
import type { ShownVm } from "../state.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { Switch } from "./switch.ts";

type Trouble = ShownVm["trouble"];

/** `null` takes a trouble away: JSON has no `undefined`. */
const TROUBLES: readonly { label: string; isOn(trouble: Trouble): boolean; change(on: boolean): object }[] = [
  {
    label: "Guest ignores shutdown",
    isOn: ({ ignoresShutdown }) => Boolean(ignoresShutdown),
    change: (on) => ({ ignoresShutdown: on || null }),
  },
  {
    label: "Snapshot fails",
    isOn: ({ snapshotFails }) => Boolean(snapshotFails),
    change: (on) => ({ snapshotFails: on ? "The storage pool has no room." : null }),
  },
  {
    label: "Restore fails",
    isOn: ({ restoreFails }) => Boolean(restoreFails),
    change: (on) => ({ restoreFails: on ? "The image could not be read." : null }),
  },
  {
    label: "Power-on answers 500",
    isOn: ({ powerOnFails }) => Boolean(powerOnFails),
    change: (on) => ({ powerOnFails: on || null }),
  },
];

export function VmCard({ vm }: { vm: ShownVm }): VNode {
  const { reader, act } = useDesk();
  const { name, power, operation, snapshots, trouble, restoredFrom } = vm;
  const percent = operation?.percent ?? undefined;
  return html`<section class="vm" aria-label=${name}>
    <h3><span class=${`light ${power === "Running" ? "up" : "down"}`} aria-hidden="true"></span>${name} <small>${power}</small></h3>
    ${
      operation &&
      html`<p class="operation"><span>${operation.type.replaceAll("_", " ")}</span>
        <progress max="100" value=${percent} aria-label=${`${operation.type} of ${name}`}></progress>
        <span>${percent === undefined ? "" : `${Math.floor(percent)} %`}</span></p>`
    }
    <div class="troubles">${TROUBLES.map(
      ({ label, isOn, change }) => html`<${Switch} label=${label} isOn=${isOn(trouble)}
        change=${(on: boolean) => act({ do: "trouble", vm: name, trouble: change(on) as Trouble })} />`,
    )}</div>
    <details>
      <summary>${snapshots.length} ${snapshots.length === 1 ? "snapshot" : "snapshots"}</summary>
      <ul>${snapshots.map(
        ({ id, name: snapshot, createdAt, sizeGb, live }) => html`<li key=${id}><code>${snapshot}</code>
          <small>${dateText(new Date(createdAt), "{date_short_pretty}, {time}", reader)} · ${sizeGb} GB${live ? " · live" : ""}${id === restoredFrom ? " · restored" : ""}</small></li>`,
      )}</ul>
    </details>
  </section>`;
}
