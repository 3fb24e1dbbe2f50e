import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * Who may import whom, and which packages. What is not written here is not allowed: the table is the diagram.
 * `src` are the files that put the parts together; they may import everything but the demo, which may import everything.
 */
const PARTS: Readonly<Record<string, { parts: string; packages: string }>> = {
  domain: { parts: "", packages: "zod fastest-levenshtein" },
  ports: { parts: "domain", packages: "" },
  texts: { parts: "domain", packages: "" },
  policy: { parts: "ports domain", packages: "zod" },
  views: { parts: "texts ports domain", packages: "zod date-fns" },
  engine: { parts: "views texts policy ports domain", packages: "node:timers node:crypto node:util" },
  slack: {
    parts: "engine views texts policy ports domain",
    packages: "@slack/bolt @slack/web-api undici zod node:crypto node:http",
  },
  cloud: { parts: "ports domain", packages: "undici zod" },
  store: { parts: "ports domain", packages: "kysely zod node:crypto node:sqlite node:fs node:path" },
  wakeups: { parts: "ports domain", packages: "" },
};
const ALL_PARTS = Object.keys(PARTS).join(" ");

/** Time, chance and the process come in as arguments, except where the world is talked to. */
const IMPURE = /\bDate\.now\b|\bnew Date\(\)|\brandomUUID\b|\bMath\.random\b|\bset(Timeout|Interval)\b|\bprocess\./g;
const WITHOUT_WORLD = ["domain", "ports", "texts", "policy", "views", "engine"];

const files = globSync("src/**/*.ts");
const partOf = (path: string): string => /^src\/([^/]+)\//.exec(path)?.[1] ?? "src";
const sourceOf = (path: string): string => readFileSync(path, "utf8");
const importsOf = (path: string): string[] =>
  [...sourceOf(path).matchAll(/(?:[}\w]\s+from|\bimport)\s*\(?\s*"([^"\n]+)"/g)].map((found) => found[1]!);
const inPart = (part: string): string[] => files.filter((path) => partOf(path) === part);
const packageOf = (name: string): string => /^(@[^/]+\/[^/]+|[^/]+)/.exec(name)![0];

function foreign(part: string, parts: string, packages?: string): string[] {
  const mayImport = [part, ...parts.split(" ")];
  return inPart(part).flatMap((path) =>
    importsOf(path)
      .filter((name) =>
        name.startsWith(".")
          ? !mayImport.includes(partOf(normalize(join(dirname(path), name))))
          : packages !== undefined && !packages.split(" ").includes(packageOf(name)),
      )
      .map((name) => `${path} imports ${name}`),
  );
}

describe("imports", () => {
  test.each(Object.entries(PARTS))("%s imports only what is below it", (part, { parts, packages }) => {
    expect(inPart(part).length).toBeGreaterThan(0);
    expect(foreign(part, parts, packages)).toEqual([]);
  });

  test("the files that put it together import everything but the demo", () => {
    expect(foreign("src", ALL_PARTS)).toEqual([]);
  });

  test("every folder has its place in the table", () => {
    expect([...new Set(files.map(partOf))].sort()).toEqual([...ALL_PARTS.split(" "), "demo", "src"].sort());
  });
});

test.each(WITHOUT_WORLD)("%s has no clock, no chance and no process", (part) => {
  const found = inPart(part).flatMap((path) => (sourceOf(path).match(IMPURE) ?? []).map((word) => `${path}: ${word}`));
  expect(found).toEqual([]);
});
