import { z } from "zod";
import type { Files } from "./files.ts";
import type { Limit } from "./rate-limits.ts";
import type { Triggers } from "./triggers.ts";
import type { Views } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** What the methods of the Web API work on. */
export interface Slack {
  readonly workspace: Workspace;
  readonly views: Views;
  readonly triggers: Triggers;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The bot token's; `undefined` lets everything through. */
  readonly scopes: ReadonlySet<string> | undefined;
  /** Whether the app's Home tab is switched on. */
  readonly hasHome: boolean;
  readonly files: Files;
  /** The address at which the bot may open a Socket Mode link. */
  newLink(): string;
}

/** Ends a call with `ok: false`, from however deep inside. */
export class Refused extends Error {
  readonly error: string;
  readonly more: Record<string, unknown>;

  constructor(error: string, more: Record<string, unknown> = {}) {
    super(error);
    this.error = error;
    this.more = more;
  }
}

export function refuseInvalid(error: string, complaints: readonly string[]): never {
  throw new Refused(error, {
    errors: complaints,
    response_metadata: { messages: complaints.map((each) => `[ERROR] ${each}`) },
  });
}

export function required(slack: Slack, ...anyOf: string[]): void {
  if (!slack.scopes || anyOf.some((scope) => slack.scopes?.has(scope))) return;
  throw new Refused("missing_scope", { needed: anyOf.join(","), provided: [...slack.scopes].join(",") });
}

export interface Method {
  /** Which token it takes. */
  readonly token: "bot" | "app";
  readonly limits: readonly Limit[];
  /** The scope it needs whatever the arguments are. */
  readonly scope?: string;
  /** The answer without `ok: true`. */
  run(slack: Slack, args: Record<string, unknown>): Record<string, unknown>;
}

/** A method whose arguments are parsed before it runs. */
export function method<A>(
  about: Omit<Method, "run" | "token"> & { token?: Method["token"]; args: z.ZodType<A> },
  run: (slack: Slack, args: A) => Record<string, unknown>,
): Method {
  return {
    token: about.token ?? "bot",
    limits: about.limits,
    ...(about.scope && { scope: about.scope }),
    run(slack, args) {
      const parsed = about.args.safeParse(args);
      if (parsed.success) return run(slack, parsed.data);
      const complaints = parsed.error.issues.map((issue) => `${issue.message} [json-pointer:/${issue.path.join("/")}]`);
      return refuseInvalid("invalid_arguments", complaints);
    },
  };
}

/** Forms carry everything as text; JSON bodies carry it as it is. Both arrive here. */
export const arg = {
  string: z.string().min(1),
  flag: z
    .union([
      z.boolean(),
      z.enum(["true", "1"]).transform(() => true),
      z.enum(["false", "0", ""]).transform(() => false),
    ])
    .optional(),
  count: z.coerce.number().int().min(1).max(1000).optional(),
  /** JSON inside a form field, the value itself in a JSON body. What cannot be read becomes NaN, which nobody wants. */
  json: z
    .unknown()
    .transform((value): unknown => {
      if (typeof value !== "string") return value;
      try {
        return JSON.parse(value);
      } catch {
        return Number.NaN;
      }
    })
    .optional(),
};
