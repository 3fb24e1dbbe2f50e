import type { View } from "../slack/types.ts";
import { DEPLOYS, OPS, PEOPLE, type Stage } from "../stage.ts";
import type { PageState, Refused, ShownApp, ShownChannel, ShownMessage, ShownView, ShownVm } from "./state.ts";

const CHANNELS: readonly ShownChannel[] = [
  { id: OPS, name: "ops", kind: "channel" },
  { id: DEPLOYS, name: "deploys", kind: "channel" },
];

/** The workspace as one person sees it: their channels, their private answers, their dialogs. */
export function seenBy(stage: Stage, app: ShownApp, as: string, refused: readonly Refused[]): PageState {
  const { slack, cloud, clock } = stage;
  const me = PEOPLE.find(({ id }) => id === as)?.id ?? PEOPLE[0]!.id;
  const direct: ShownChannel = { id: stage.directChannel(me), name: "Shutter", kind: "direct" };
  const channels = [...CHANNELS.filter(({ id }) => stage.isMember(me, id)), direct];
  const places = new Set(channels.map(({ id }) => id));
  const view = slack.view(me);
  const home = slack.home(me);
  return {
    me,
    app,
    now: clock.now().getTime(),
    speed: clock.pace.factor,
    bot: stage.bot,
    people: PEOPLE,
    channels,
    messages: slack
      .messages()
      .filter(({ channel }) => places.has(channel))
      .map(shownMessage),
    privates: slack.privateAnswers(me).map(({ id, channel, threadTs, text, blocks }) => ({
      id,
      text,
      blocks,
      ...(channel && { channel }),
      ...(threadTs && { threadTs }),
    })),
    ...(view && { view: shownView(view) }),
    ...(home && { home: shownView(home) }),
    refused: refused.filter(
      ({ channel, user }) => (channel === undefined || places.has(channel)) && (user === undefined || user === me),
    ),
    cloud: { vms: cloud.vms().map(shownVm), isSlow: stage.isCloudSlow },
    slack: { isDown: stage.isSlackDown, isLimiting: stage.isSlackLimiting },
  };
}

const shownMessage = ({
  channel,
  ts,
  threadTs,
  text,
  blocks,
  files = [],
  edited,
}: ReturnType<Stage["slack"]["messages"]>[number]): ShownMessage => ({
  channel,
  ts,
  ...(threadTs && threadTs !== ts && { threadTs }),
  text,
  blocks,
  files: files.map(({ id, name, title }) => ({ id, name, title })),
  edited,
});

const shownView = ({ id, title, submit, close, blocks, errors, state }: View): ShownView => ({
  id,
  title: title ?? "",
  ...(submit && { submit }),
  ...(close && { close }),
  blocks,
  errors,
  state,
});

function shownVm(vm: ReturnType<Stage["cloud"]["vms"]>[number]): ShownVm {
  const { name, power, operations, snapshots, trouble, restoredFrom } = vm;
  const [latest] = operations;
  return {
    name,
    power,
    ...(latest?.status === "in-progress" && { operation: { type: latest.type, percent: latest.percent } }),
    snapshots: snapshots.toReversed().map((snapshot) => ({
      id: snapshot.id,
      name: snapshot.name,
      createdAt: snapshot.createdAt.toISOString(),
      sizeGb: snapshot.sizeGb,
      live: snapshot.live,
    })),
    trouble,
    ...(restoredFrom !== undefined && { restoredFrom }),
  };
}
