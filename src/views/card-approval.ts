import { counted } from "../domain/approving.ts";
import { isStuckMeanwhile } from "../domain/approving-stuck.ts";
import type { Snapshot } from "../domain/cloud.ts";
import type { Press } from "../domain/press.ts";
import { isOf, type Request, type RequestIn, type WishOf } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { person, plain } from "../texts/format.ts";
import { DECISION_IDS } from "./action-ids.ts";
import type { Button } from "./blocks.ts";
import type { Brush } from "./card.ts";
import { type Body, body } from "./card-body.ts";
import { aboutStuck, factsLine, restoring, unplugged } from "./card-questions.ts";

type Awaiting = RequestIn<"awaiting_approval">;

/** Who asks for what exactly, what it costs, whose yes is needed, and until when. */
export function awaiting(request: Awaiting, brush: Brush): Body {
  const { approval: words } = brush.texts;
  const { state, facts } = request;
  const { terms } = state;
  const yeses = counted(request);
  const missing = Math.max(1, terms.count - yeses.length);
  const isStuck = isStuckMeanwhile(request);
  return body(
    [words.asks(state.wantedBy, whatOf(request, words)), ...(facts && !isStuck ? [factsLine(facts, brush)] : [])],
    ...costs(request, brush.texts),
    [
      ...(yeses.length > 0 ? [words.so(yeses.map(person))] : []),
      words.whose(terms.by, missing, yeses.length === 0),
      ...(terms.not === "requester" ? [words.notRequester] : []),
      isStuck ? words.untilStuck(state.expiresAt) : words.until(state.expiresAt),
    ].join(" "),
    words.fingerprint(state.fingerprint),
  );
}

/** What happens when they say yes. */
const whatOf = ({ wish, state }: Request, words: Texts["approval"]): string =>
  whatIn(wish, state.status === "awaiting_approval" ? state.what : "begin", words);

/** As much of a wish as is said of it in short. */
type Wished =
  | Pick<WishOf<"create">, "kind" | "how">
  | { kind: "restore"; snapshot: Pick<Snapshot, "name"> }
  | { kind: "delete"; snapshots: readonly Pick<Snapshot, "name">[] }
  | { kind: "rename"; snapshot: Pick<Snapshot, "name">; name: string }
  | Pick<WishOf<"power">, "kind" | "to">;

/** What a wish is in words, or what of it the button that was pressed does. */
export function whatIn(wish: Wished, pressed: Press | "begin", { what: words }: Texts["approval"]): string {
  if (pressed === "power_off") return words.hard_off;
  switch (wish.kind) {
    case "create":
      if (pressed === "live" || wish.how === "live") return words.create_live;
      return pressed === "shutdown" || wish.how === "off" ? words.create_offline : words.create;
    case "restore":
      return words.restore(wish.snapshot.name);
    case "delete":
      return words.delete(wish.snapshots.length, wish.snapshots[0]?.name ?? "");
    case "rename":
      return words.rename(wish.snapshot.name, wish.name);
    case "power":
      return words[wish.to];
  }
}

/** What it costs the VM, as far as that is known: how long it is off, and what is lost. */
function costs(request: Awaiting, texts: Texts): string[] {
  const { wish, state, facts } = request;
  const { approval: words, card } = texts;
  if (state.what === "power_off") return [`${unplugged(request, card)} ${card.stuckIfOff[aboutStuck(request)]}`];
  if (isOf(request, "restore")) return facts ? restoring(request, request.wish, facts, card) : [];
  if (wish.kind === "delete") return [...deleted(wish, words), words.deletes];
  if (wish.kind === "power" && wish.to !== "on") return [card.powerOffAsk(wish.to === "hard_off")];
  if (wish.kind !== "create") return [];
  if (state.what === "live" || wish.how === "live") return facts?.power === "off" ? [card.isOffNow] : [words.noOutage];
  if (facts?.power === "off") return [card.isOffNow];
  return facts?.expected ? [words.outage(facts.expected.ms)] : [];
}

/** Which ones, where it is not said already. */
const deleted = ({ snapshots }: WishOf<"delete">, words: Texts["approval"]): string[] =>
  snapshots.length > 1 ? [words.names(snapshots.map(({ name }) => name))] : [];

export function denied({ state }: RequestIn<"denied">, { texts: { approval: words, card }, linkTo }: Brush): Body {
  const next = state.retriedAs ? card.retriedAs(linkTo?.(state.retriedAs)) : words.askAgainHint;
  return body([words.deniedBy(state.by, state.reason), words.nothing], next);
}

/** The buttons of those who decide; who may is looked up at the click. */
export function decisions(
  request: Request,
  { approval: words }: Texts,
  may: { approve: boolean; breakGlass: boolean },
): Button[] {
  if (request.state.status !== "awaiting_approval") return [];
  const value = request.id;
  const approve: Button = {
    actionId: DECISION_IDS.approve,
    label: words.approve,
    value,
    style: "primary",
    confirm: {
      title: words.confirmTitle,
      text: `${plain(request.vm.name, 100)}: ${plainWhat(request, words)} [${request.state.fingerprint}]`,
      yes: words.yes,
      no: words.no,
    },
  };
  return [
    ...(may.approve ? [approve, { actionId: DECISION_IDS.deny, label: words.deny, value }] : []),
    ...(may.breakGlass
      ? [{ actionId: DECISION_IDS.break_glass, label: words.breakGlass, value, style: "danger" } as const]
      : []),
  ];
}

/** A confirm dialog is plain text. */
const plainWhat = (request: Request, words: Texts["approval"]): string =>
  whatOf(request, words).replaceAll("`", "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
