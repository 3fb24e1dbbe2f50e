import { RequestId } from "../../src/domain/ids.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { NOW, ORDINARY, samples } from "../samples.ts";

/**
 * Writes to a database until it is killed, as its own process. Tells on stdout what is durable, after the store has said
 * so: `created <n>` and `committed <n>`.
 */
const store = openSqlite(process.argv[2]!);
const { request } = samples(ORDINARY, "en")[0]!;
const say = (words: string) => process.stdout.write(`${words}\n`);

for (let n = 0; ; n++) {
  const id = RequestId.parse(`r${n}`);
  const stored = await store.create({ ...request, id }, () => false, [{ code: "choose" }]);
  say(`created ${n}`);
  await store.receive({ key: `k${n}`, at: NOW, body: { n } });
  await store.commit(stored, { ...request, id, state: { status: "expired", at: NOW } }, [{ code: "expired" }], NOW);
  say(`committed ${n}`);
  await store.commit({ ...stored, version: 2 }, { ...request, id }, [], NOW, true);
  await store.note(NOW, { code: "call", call: "snapshot" }, { request: id });
  await store.drawn(id, 2, { channel: request.channel, ts: `${n}.1` }, true);
}
