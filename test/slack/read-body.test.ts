import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBody } from "../../src/slack/read-body.ts";

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";
const read = (text: string | Uint8Array, type: string | undefined = FORM) =>
  readBody(type, Buffer.from(text as string));
const payload = (json: string) => `payload=${encodeURIComponent(json)}`;

describe("a form", () => {
  test("is its fields", () => {
    expect(read("command=%2Fsnapshot&text=create+web-01+%22%C3%A4%22&empty=")).toEqual({
      command: "/snapshot",
      text: 'create web-01 "ä"',
      empty: "",
    });
  });

  test.each([FORM, `${FORM}; charset=utf-8`, FORM.toUpperCase(), ` ${FORM} ;x`])("may be said to be %j", (type) => {
    expect(read("a=1", type)).toEqual({ a: "1" });
  });

  test("with a payload is what stands in it", () => {
    expect(read(payload('{"type":"block_actions"}'))).toEqual({ type: "block_actions" });
  });

  test.each(["a=1&a=2", "payload=%7B%7D&payload=%7B%7D", "a=1&%61=1"])("with a field twice is refused: %s", (text) => {
    expect(read(text)).toBeUndefined();
  });

  test("with the name of a prototype is a field like any other", () => {
    const body = read("__proto__=x&constructor=y&toString=z")!;
    expect(Object.keys(body)).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test("that is empty has no fields", () => {
    expect(read("")).toEqual({});
  });
});

describe.each([
  { where: "in a payload", as: (json: string) => read(payload(json)) },
  { where: "as it is", as: (json: string) => read(json, JSON_TYPE) },
  { where: "of no stated type", as: (json: string) => readBody(undefined, Buffer.from(json)) },
])("JSON $where", ({ as }) => {
  test.each(["null", "[]", '[{"type":"block_actions"}]', "1", '"x"', "true", "", "{", "{}x", "undefined", "NaN"])(
    "%s is refused",
    (json) => {
      expect(as(json)).toBeUndefined();
    },
  );

  test("with __proto__ in it changes no prototype", () => {
    const body = as('{"__proto__":{"isAdmin":true},"a":{"__proto__":{"isAdmin":true}}}')!;
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
    expect(body.isAdmin).toBeUndefined();
    expect((body.a as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
  });

  test("nested very deeply ends nothing", () => {
    const deep = `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(() => as(deep)).not.toThrow();
    expect(as("[".repeat(400_000))).toBeUndefined();
  });
});

describe("bytes that are no UTF-8", () => {
  test.each([
    [0xff, 0xfe],
    [0xc0, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xe2, 0x82],
  ])("are refused (%#)", (...bytes) => {
    for (const type of [FORM, JSON_TYPE]) {
      expect(read(Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')]), type)).toBeUndefined();
    }
  });
});

test("no bytes and no type make it throw", () => {
  const anyType = fc.option(fc.oneof(fc.constant(FORM), fc.constant(JSON_TYPE), fc.string()), { nil: undefined });
  fc.assert(
    fc.property(anyType, fc.uint8Array(), (type, bytes) => {
      const body = readBody(type, Buffer.from(bytes));
      expect(body === undefined || (typeof body === "object" && !Array.isArray(body))).toBe(true);
    }),
  );
});
