import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** The server's side of a WebSocket (RFC 6455), as far as Socket Mode uses it: texts, pings and the closing handshake. */
export interface WebSocketPeer {
  send(text: string): void;
  ping(): void;
  close(code?: number): void;
}

export interface WebSocketEvents {
  onText(text: string): void;
  onClose(): void;
}

const CONTINUATION = 0x0;
const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Answers an HTTP upgrade and speaks WebSocket from then on. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  events: WebSocketEvents,
): WebSocketPeer {
  const key = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${GUID}`).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${key}\r\n\r\n`,
  );
  let pending = head;
  let fragments: Buffer[] = [];
  let closing = false;

  function write(opcode: number, payload: Buffer): void {
    if (socket.writable) socket.write(Buffer.concat([headerOf(opcode, payload.length), payload]));
  }

  function close(code = 1000): void {
    if (closing) return;
    closing = true;
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    write(CLOSE, payload);
  }

  function take({ final, opcode, payload }: Frame): void {
    if (opcode === PING) write(PONG, payload);
    if (opcode === CLOSE) {
      close();
      socket.end();
    }
    if (opcode !== TEXT && opcode !== CONTINUATION) return;
    fragments.push(payload);
    if (!final) return;
    const text = Buffer.concat(fragments).toString("utf8");
    fragments = [];
    events.onText(text);
  }

  function drain(): void {
    for (let frame = readFrame(pending); frame; frame = readFrame(pending)) {
      pending = pending.subarray(frame.size);
      take(frame);
    }
  }

  socket.on("data", (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    drain();
  });
  socket.on("close", () => events.onClose());
  socket.on("end", () => socket.end());
  // A reset connection is a closed one; `close` follows.
  socket.on("error", () => socket.destroy());
  drain();
  return { send: (text) => write(TEXT, Buffer.from(text)), ping: () => write(PING, Buffer.alloc(0)), close };
}

interface Frame {
  final: boolean;
  opcode: number;
  payload: Buffer;
  size: number;
}

/** `undefined` until the whole frame is there. Clients always mask theirs. */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = (bytes[1]! & 0x80) !== 0;
  const start = 2 + lengthBytes + (masked ? 4 : 0);
  if (bytes.length < start) return undefined;
  const length =
    lengthBytes === 0 ? short : lengthBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < start + length) return undefined;
  const payload = Buffer.from(bytes.subarray(start, start + length));
  if (masked) for (let at = 0; at < length; at++) payload[at]! ^= bytes[start - 4 + (at % 4)]!;
  return { final: (bytes[0]! & 0x80) !== 0, opcode: bytes[0]! & 0x0f, payload, size: start + length };
}

function headerOf(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, length]);
  const header = Buffer.alloc(length < 65_536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  header[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) header.writeUInt16BE(length, 2);
  else header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
