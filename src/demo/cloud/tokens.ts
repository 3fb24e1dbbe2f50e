import { addSeconds } from "date-fns";
import { z } from "zod";
import type { Clock } from "../../ports/clock.ts";
import type { Call, Reply } from "../server.ts";
import { parseJson } from "./routes.ts";

const TokenRequest = z.strictObject({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
  scope: z.string().optional(),
});

/** Hands out OAuth2 tokens for one client (client credentials) and knows them again. */
export class Tokens {
  readonly #clock: Clock;
  readonly #client: { id: string; secret: string };
  readonly #seconds: number;
  readonly #expiries = new Map<string, Date>();
  #handedOut = 0;

  constructor(clock: Clock, client: { id: string; secret: string }, seconds: number) {
    this.#clock = clock;
    this.#client = client;
    this.#seconds = seconds;
  }

  /** Answers a call to the token endpoint, errors in the form of RFC 6749. */
  grant(call: Call): Reply {
    if (call.query.size > 0) return oauthError(422, "invalid_request", "The token endpoint takes no query parameters.");
    const fields = readFields(call);
    if (fields === undefined) return oauthError(400, "invalid_request", "The body is neither JSON nor a form.");
    const { data: request, error } = TokenRequest.safeParse(fields);
    const unknown = error?.issues.find(({ code }) => code === "unrecognized_keys");
    if (unknown) return oauthError(422, "invalid_request", unknown.message);
    if (!request) return oauthError(400, "invalid_request", "grant_type, client_id and client_secret are required.");
    if (request.grant_type !== "client_credentials") {
      return oauthError(400, "unsupported_grant_type", "Only client_credentials is supported.");
    }
    if (request.client_id !== this.#client.id || request.client_secret !== this.#client.secret) {
      return oauthError(401, "invalid_client", "Client authentication failed");
    }
    this.#handedOut += 1;
    const token = `demo-token-${this.#handedOut}`;
    this.#expiries.set(token, addSeconds(this.#clock.now(), this.#seconds));
    return { status: 200, body: { token_type: "Bearer", expires_in: this.#seconds, access_token: token } };
  }

  admits(call: Call): boolean {
    const token = /^Bearer (\S+)$/i.exec(call.headers.authorization ?? "")?.[1];
    const expiry = token === undefined ? undefined : this.#expiries.get(token);
    return expiry !== undefined && this.#clock.now() < expiry;
  }

  /** None of the tokens handed out so far is known any more. */
  expireAll(): void {
    this.#expiries.clear();
  }
}

function readFields(call: Call): unknown {
  const type = call.headers["content-type"] ?? "";
  if (type.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(call.body));
  return parseJson(call);
}

function oauthError(status: number, error: string, description: string): Reply {
  return { status, body: { error, error_description: description } };
}
