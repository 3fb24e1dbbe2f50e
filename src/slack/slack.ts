import type { IncomingMessage, ServerResponse } from "node:http";
import { App, type Receiver, SocketModeReceiver } from "@slack/bolt";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Desk } from "./desk.ts";
import { createHttpReceiver } from "./http-receiver.ts";
import type { Identity } from "./identity.ts";
import type { Inbox } from "./inbox.ts";
import { listen } from "./listeners.ts";
import { clientOptions, webClient } from "./web.ts";

/** The way in from Slack: over HTTP or Socket Mode, the same listeners behind both. */
export interface SlackSide {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Answers `POST /slack/events`; undefined in Socket Mode. */
  handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;
  /** Why nothing can come in at the moment; undefined when it can. */
  trouble(): string | undefined;
}

export interface SlackOptions {
  botToken: string;
  signingSecret: string | undefined;
  appToken: string | undefined;
  apiUrl: string;
  /** The machine's own time, which Slack signs with. */
  clock: Clock;
  log: Log;
  identity: () => Identity | undefined;
}

/** Socket Mode waits this long before it connects anew; commands typed meanwhile are lost. */
const PING_MS = 2000;

export function createSlackSide(options: SlackOptions, desk: Desk, inbox: Inbox): SlackSide {
  const way = options.appToken ? socketWay(options, options.appToken) : httpWay(options);
  const { botToken, identity } = options;
  const app = new App({
    receiver: way.receiver,
    clientOptions: clientOptions(options.apiUrl),
    deferInitialization: true,
    convoStore: false,
    // Made anew for every request: Bolt writes into it, and the next person must not inherit what it wrote.
    authorize: async () => {
      const me = identity();
      return { botToken, ...(me && { botUserId: me.botUser, teamId: me.team }), ...(me?.bot && { botId: me.bot }) };
    },
  });
  listen(app, desk, inbox, webClient(botToken, options.apiUrl));
  return {
    async start() {
      await app.init();
      await app.start();
    },
    async stop() {
      await app.stop();
    },
    handle: way.handle,
    trouble: way.trouble,
  };
}

type Way = Pick<SlackSide, "handle" | "trouble"> & { receiver: Receiver };

function httpWay({ signingSecret, clock, log }: SlackOptions): Way {
  const receiver = createHttpReceiver({ signingSecret: signingSecret ?? "", clock, log });
  return { receiver, handle: receiver.handle, trouble: () => undefined };
}

function socketWay({ apiUrl }: SlackOptions, appToken: string): Way {
  const receiver = new SocketModeReceiver({
    appToken,
    clientPingTimeout: PING_MS,
    // Its own options: Socket Mode writes its retries into them. A failing reconnect is repeated for about half an hour.
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
    customPropertiesExtractor: ({ envelope_id }) => ({ delivery: `socket:${String(envelope_id)}` }),
  });
  const isOpen = () =>
    (receiver.client as unknown as { websocket?: { isActive(): boolean } }).websocket?.isActive() === true;
  return { receiver, handle: undefined, trouble: () => (isOpen() ? undefined : "the Slack socket is not open") };
}
