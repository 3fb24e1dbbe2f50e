import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verify } from "../../src/slack/signature.ts";

const SECRET = "the-signing-secret";
const NOW = new Date("2026-11-16T10:00:00Z");
const SECONDS = Math.floor(NOW.getTime() / 1000);
const BODY = Buffer.from("command=%2Fsnapshot&text=list");

const mac = (timestamp: string, body: Buffer = BODY, secret = SECRET) =>
  createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex");

const signed = (timestamp: string) => ({ timestamp, signature: `v0=${mac(timestamp)}` });
const check = (headers: { timestamp: unknown; signature: unknown }, body = BODY) => verify(SECRET, headers, body, NOW);

test("what Slack has signed is known by its MAC", () => {
  expect(check(signed(String(SECONDS)))).toBe(mac(String(SECONDS)));
});

describe("the time of signing", () => {
  test.each([
    { ago: 0, is: true },
    { ago: 300, is: true },
    { ago: 301, is: false },
    { ago: -299, is: true },
    { ago: -300, is: true },
    { ago: -301, is: false },
    { ago: 86_400, is: false },
    { ago: -86_400, is: false },
  ])("$ago seconds ago: accepted $is", ({ ago, is }) => {
    expect(check(signed(String(SECONDS - ago))) !== undefined).toBe(is);
  });

  test.each([
    { what: "hexadecimal", timestamp: `0x${SECONDS.toString(16)}` },
    { what: "exponent", timestamp: `${SECONDS / 1e9}e9` },
    { what: "fraction", timestamp: `${SECONDS}.0` },
    { what: "plus sign", timestamp: `+${SECONDS}` },
    { what: "minus sign", timestamp: `-${SECONDS}` },
    { what: "blank before it", timestamp: ` ${SECONDS}` },
    { what: "line after it", timestamp: `${SECONDS}\n` },
    { what: "no digits", timestamp: "now" },
    { what: "nothing", timestamp: "" },
    { what: "other digits", timestamp: String(SECONDS).replace("1", "١") },
    { what: "very many digits", timestamp: `${"0".repeat(5000)}${SECONDS}` },
    { what: "NaN", timestamp: "NaN" },
  ])("spelled with $what is refused, well signed as it is", ({ timestamp }) => {
    expect(check(signed(timestamp))).toBeUndefined();
  });

  test.each([undefined, null, SECONDS, [String(SECONDS)], [String(SECONDS), "0"], {}])(
    "as %j is refused",
    (timestamp) => {
      expect(check({ timestamp, signature: `v0=${mac(String(SECONDS))}` })).toBeUndefined();
    },
  );
});

describe("the signature", () => {
  const timestamp = String(SECONDS);
  const right = mac(timestamp);

  test.each([
    { what: "of another version", signature: `v1=${right}` },
    { what: "without a version", signature: right },
    { what: "with a second part", signature: `v0=${right}=x` },
    { what: "of two versions", signature: `v0=${right},v1=${right}` },
    { what: "in the shape v0=H=x", signature: "v0=H=x" },
    { what: "in capitals", signature: `v0=${right.toUpperCase()}` },
    { what: "too short", signature: `v0=${right.slice(1)}` },
    { what: "too long", signature: `v0=${right}0` },
    { what: "with a blank", signature: ` v0=${right}` },
    { what: "with a line after it", signature: `v0=${right}\n` },
    { what: "empty", signature: "" },
    { what: "of nothing", signature: "v0=" },
    { what: "of letters that are no hex", signature: `v0=${"zz".repeat(32)}` },
    { what: "by another secret", signature: `v0=${mac(timestamp, BODY, "another")}` },
    { what: "of another time", signature: `v0=${mac(String(SECONDS - 1))}` },
    { what: "of another body", signature: `v0=${mac(timestamp, Buffer.from("x"))}` },
  ])("$what is refused", ({ signature }) => {
    expect(check({ timestamp, signature })).toBeUndefined();
  });

  test.each([undefined, null, 0, [`v0=${right}`], { 0: `v0=${right}` }, true])("as %j is refused", (signature) => {
    expect(check({ timestamp, signature })).toBeUndefined();
  });

  test("with any one digit changed is refused", () => {
    const others = fc.tuple(fc.nat({ max: 63 }), fc.constantFrom(..."0123456789abcdef"));
    fc.assert(
      fc.property(others, ([place, digit]) => {
        fc.pre(right[place] !== digit);
        const signature = `v0=${right.slice(0, place)}${digit}${right.slice(place + 1)}`;
        expect(check({ timestamp, signature })).toBeUndefined();
      }),
    );
  });

  test("holds for any bytes, and for no others", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (one, other) => {
        const headers = { timestamp, signature: `v0=${mac(timestamp, Buffer.from(one))}` };
        expect(check(headers, Buffer.from(one))).toBeDefined();
        if (!Buffer.from(one).equals(Buffer.from(other))) expect(check(headers, Buffer.from(other))).toBeUndefined();
      }),
    );
  });

  test("moves nothing from the time into the body", () => {
    const body = Buffer.from("1:text=list");
    const signature = `v0=${createHmac("sha256", SECRET).update(`v0:${timestamp}:1:text=list`).digest("hex")}`;
    expect(check({ timestamp, signature }, body)).toBeDefined();
    expect(check({ timestamp: `${timestamp}:1`, signature }, Buffer.from("text=list"))).toBeUndefined();
  });
});
