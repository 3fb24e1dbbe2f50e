import type { VNode } from "preact";
import type { Deed } from "../state.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { Switch } from "./switch.ts";
import { VmCard } from "./vm-card.ts";
import { useWish } from "./wish.ts";

const SPEEDS = [1, 10, 60];
const BOT = { up: "running", starting: "starting", down: "killed; it is started again in a moment" };

/** The truth about the cloud, and ways to make trouble. */
export function CloudPanel(): VNode {
  const { state, reader, act } = useDesk();
  const { cloud, slack, bot } = state;
  const [speed, wish] = useWish(state.speed);
  const doing = (deed: Deed) => () => void act(deed);
  const clock = new Intl.DateTimeFormat(reader.locale, { timeStyle: "medium", timeZone: reader.tz }).format(reader.now);
  return html`<div class="panel cloud" id="panel-cloud" role="tabpanel" aria-labelledby="tab-cloud" tabindex="0">
    <fieldset class="speed">
      <legend>Time <span class="clock">${clock}</span></legend>
      ${SPEEDS.map(
        (factor) =>
          html`<label><input type="radio" name="speed" checked=${factor === speed}
          onChange=${() => wish(factor, act({ do: "speed", factor }))} /><span>× ${factor}</span></label>`,
      )}
    </fieldset>
    <div class="bot">
      <p><span class=${`light ${bot}`} aria-hidden="true"></span>Bot: <b role="status">${BOT[bot]}</b></p>
      <button type="button" class="button danger" aria-disabled=${bot !== "up"} onClick=${doing({ do: "killBot" })}>Kill the bot</button>
    </div>
    <section aria-labelledby="trouble-title">
      <h2 id="trouble-title">Trouble</h2>
      <${Switch} label="Cloud is slow" isOn=${cloud.isSlow} change=${(on: boolean) => act({ do: "slowCloud", on })} />
      <${Switch} label="Slack is down" isOn=${slack.isDown} change=${(on: boolean) => act({ do: "slackDown", on })} />
      <${Switch} label="Slack rate-limits" isOn=${slack.isLimiting} change=${(on: boolean) => act({ do: "slackLimits", on })} />
      <button type="button" class="button" onClick=${doing({ do: "expireTokens" })}>Expire the cloud token</button>
    </section>
    <section aria-labelledby="vms-title">
      <h2 id="vms-title">VMs</h2>
      ${cloud.vms.map((vm) => html`<${VmCard} key=${vm.name} vm=${vm} />`)}
    </section>
  </div>`;
}
