import { ServerResponse } from "node:http";
import { StatementSync } from "node:sqlite";

/**
 * Loaded into the bot before its own code: ends the process with SIGKILL on the way of its n-th delivery from Slack, as
 * `DIE_AT=read:1` says. `read`: before it is stored · `stored`: before it is answered · `answered`: right afterwards.
 */
const [point, nth] = (process.env.DIE_AT ?? "").split(":");
let count = 0;

function die(at: string): void {
  if (at !== point) return;
  count += 1;
  if (count === Number(nth)) process.kill(process.pid, "SIGKILL");
}

const { run } = StatementSync.prototype;
StatementSync.prototype.run = function (this: StatementSync, ...values: Parameters<typeof run>) {
  const isDelivery = this.sourceSQL.includes('insert into "deliveries"');
  if (isDelivery) die("read");
  if (this.sourceSQL.includes('update "deliveries"')) die("carried_out");
  const result = run.apply(this, values);
  if (isDelivery) die("stored");
  return result;
} as typeof run;

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function (this: ServerResponse, ...values: unknown[]) {
  if (this.req.url === "/slack/events") this.once("finish", () => die("answered"));
  return end.apply(this, values as never);
} as typeof end;
