import { z } from "zod";
import { systemClock } from "../../clock.ts";
import type { DoubleServer } from "../server.ts";
import { Answer, PATIENCE_MS, type Retry } from "./answer.ts";
import type { Delivery } from "./sender.ts";
import { acceptWebSocket, type WebSocketPeer } from "./web-socket.ts";
import { APP_ID } from "./workspace.ts";

/** Well under the 30 s after which the client takes a silent server for dead. Heartbeats are of the wire: real time. */
const PING_EVERY_MS = 10_000;

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown() });

interface Waiting {
  peer: WebSocketPeer;
  settle(status: number, body: string): void;
}

/** The Socket Mode links that the bot has open, and what was sent over them and is not yet acknowledged. */
export class Links {
  readonly #url: string;
  readonly #onChange: (open: number) => void;
  readonly #clock = systemClock();
  readonly #tickets = new Set<string>();
  readonly #peers: WebSocketPeer[] = [];
  readonly #waiting = new Map<string, Waiting>();
  #count = 0;
  #cancelPing: (() => void) | undefined;

  constructor(server: DoubleServer, onChange: (open: number) => void) {
    this.#url = server.url.replace("http", "ws");
    this.#onChange = onChange;
    server.http?.on("upgrade", (request, socket, head) => {
      const ticket = new URL(request.url ?? "/", this.#url).searchParams.get("ticket") ?? "";
      // A ticket opens one link.
      if (!this.#tickets.delete(ticket)) return socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
      const peer: WebSocketPeer = acceptWebSocket(request, socket, head, {
        onText: (text) => this.#acknowledged(text),
        onClose: () => this.#lost(peer),
      });
      this.#welcome(peer);
    });
  }

  get open(): number {
    return this.#peers.length;
  }

  newUrl(): string {
    this.#count += 1;
    const ticket = `ticket-${this.#count}`;
    this.#tickets.add(ticket);
    return `${this.#url}/link/?ticket=${ticket}&app_id=${APP_ID}`;
  }

  /** Over any one of the open links, as Slack does. */
  deliver(delivery: Delivery, retry?: Retry): Promise<Answer> {
    this.#count += 1;
    const { type, payload } = delivery;
    const envelope = {
      envelope_id: `envelope-${this.#count}`,
      type,
      accepts_response_payload: type !== "events_api",
      ...(type === "events_api" && { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? "" }),
      payload,
    };
    // What Slack tells again has an envelope of its own; what is repeated is the same envelope.
    const again = (next?: Retry): Promise<Answer> =>
      next ? this.deliver(delivery, next) : this.#send(envelope.envelope_id, JSON.stringify(envelope), again);
    return again();
  }

  /** The client is asked to go and come again; it has the old link until it has gone. */
  recycle(reason: "warning" | "refresh_requested" | "link_disabled" = "refresh_requested"): void {
    for (const peer of [...this.#peers]) {
      peer.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "demo" } }));
    }
  }

  close(): void {
    this.#cancelPing?.();
    for (const peer of [...this.#peers]) peer.close();
  }

  #send(id: string, envelope: string, again: (retry?: Retry) => Promise<Answer>): Promise<Answer> {
    const peer = this.#peers[this.#count % this.#peers.length];
    return new Promise((resolve) => {
      const settle = (status: number, body: string) => {
        cancel();
        this.#waiting.delete(id);
        resolve(new Answer(status, body, again));
      };
      const cancel = this.#clock.after(PATIENCE_MS, () => settle(0, "operation_timeout"));
      if (!peer) return settle(0, "dispatch_failed");
      this.#waiting.set(id, { peer, settle });
      peer.send(envelope);
    });
  }

  #acknowledged(text: string): void {
    const { envelope_id, payload } = acknowledgement.parse(JSON.parse(text));
    const empty = typeof payload !== "object" || payload === null || Object.keys(payload).length === 0;
    this.#waiting.get(envelope_id)?.settle(200, empty ? "" : JSON.stringify(payload));
  }

  #welcome(peer: WebSocketPeer): void {
    this.#peers.push(peer);
    peer.send(
      JSON.stringify({
        type: "hello",
        num_connections: this.#peers.length,
        connection_info: { app_id: APP_ID },
        debug_info: { host: "demo", build_number: 1, approximate_connection_time: 18_060 },
      }),
    );
    if (!this.#cancelPing) this.#ping();
    this.#onChange(this.#peers.length);
  }

  #ping(): void {
    for (const peer of this.#peers) peer.ping();
    this.#cancelPing = this.#clock.after(PING_EVERY_MS, () => this.#ping());
  }

  #lost(peer: WebSocketPeer): void {
    this.#peers.splice(this.#peers.indexOf(peer), 1);
    for (const waiting of [...this.#waiting.values()]) {
      if (waiting.peer === peer) waiting.settle(0, "dispatch_failed");
    }
    if (this.#peers.length === 0) {
      this.#cancelPing?.();
      this.#cancelPing = undefined;
    }
    this.#onChange(this.#peers.length);
  }
}
