import type { Call, Reply } from "../server.ts";
import type { SharedFile } from "./types.ts";
import type { Workspace } from "./workspace.ts";

interface Upload {
  id: string;
  name: string;
  length: number;
  text?: string;
}

/** Files on their way: a place is asked for, the bytes arrive there, and then the file is shared, once. */
export class Files {
  readonly #workspace: Workspace;
  readonly #byPath = new Map<string, Upload>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** The path to which the bytes go. */
  begin(name: string, length: number): { path: string; id: string } {
    const id = this.#workspace.newId("F");
    const path = `/upload/v1/${this.#workspace.newId("U")}`;
    this.#byPath.set(path, { id, name, length });
    return { path, id };
  }

  /** The bytes as they are, or in a form as a browser would send them. The address is all the permission there is. */
  async receive(call: Call): Promise<Reply> {
    const upload = this.#byPath.get(call.path);
    if (!upload || upload.text !== undefined || call.method !== "POST") return { status: 404, body: "not found" };
    const bytes = await bytesIn(call);
    if (bytes?.length !== upload.length) return { status: 400, body: `${upload.length} bytes were announced` };
    upload.text = bytes.toString("utf8");
    return { status: 200, body: `OK - ${bytes.length}` };
  }

  /** Takes files that have arrived; `undefined` when one of them has not, or was taken before. */
  take(wanted: readonly { id: string; title?: string | undefined }[]): SharedFile[] | undefined {
    const shared: SharedFile[] = [];
    for (const { id, title } of wanted) {
      const upload = [...this.#byPath.values()].find((each) => each.id === id);
      if (upload?.text === undefined) return undefined;
      shared.push({ id, name: upload.name, title: title || upload.name, text: upload.text });
    }
    for (const [path, { id }] of this.#byPath) if (shared.some((file) => file.id === id)) this.#byPath.delete(path);
    return shared;
  }
}

async function bytesIn({ bytes, headers }: Call): Promise<Buffer | undefined> {
  const type = headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return bytes;
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const [file] = [...form.values()].filter((value) => value instanceof File);
  return file && Buffer.from(await file.arrayBuffer());
}
