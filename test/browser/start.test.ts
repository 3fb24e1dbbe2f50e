import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../../src/demo/main.ts", import.meta.url));

function demo(port: string): { child: ChildProcess; lines: string[]; said: (words: string) => Promise<string> } {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", MAIN], {
    env: { ...process.env, PORT: port },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout! }).on("line", (line) => lines.push(line));
  async function said(words: string): Promise<string> {
    for (;;) {
      const line = lines.find((each) => each.includes(words));
      if (line) return line;
      await once(reader, "line");
    }
  }
  return { child, lines, said };
}

test("a port that is taken is said, and the next free one is taken; a signal ends it in order", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { child, lines, said } = demo(String(port));
  const line = await said("is open at");
  expect(lines[0]).toBe(`Port ${port} is taken, so this is on the next free one.`);
  const url = /http:\S+/.exec(line)![0];
  expect(url).not.toBe(`http://localhost:${port}`);
  expect(await (await fetch(url)).text()).toContain("/page/client/main.js");
  expect(await (await fetch(`${url}/page/client/main.js`)).text()).not.toContain('.ts"');
  expect((await fetch(`${url}/page/client/..%2f..%2fstage.js`)).status).toBe(404);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  other.close();
});

test("a port that is none is said", async () => {
  const { child, said } = demo("many");
  await said("PORT");
  expect(await once(child, "exit")).toEqual([78, null]);
});
