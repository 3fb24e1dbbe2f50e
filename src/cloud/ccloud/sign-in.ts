import type { Problem } from "../../domain/cloud.ts";
import { SECOND_MS } from "../../domain/durations.ts";
import { CloudError } from "../../ports/cloud.ts";
import type { HttpAnswer } from "../http.ts";
import { TOKEN_PATH } from "./api.ts";
import { TokenAnswer } from "./schemas.ts";
import type { Ask } from "./session.ts";
import type { Grant } from "./token.ts";
import { fitting, objectIn } from "./unwrap.ts";

export interface Credentials {
  clientId: string;
  clientSecret: string;
}

/** OAuth2 client credentials. Whatever goes wrong, the call that needs the token was `not_sent`. */
export async function signIn(
  { clientId, clientSecret }: Credentials,
  send: (ask: Ask) => Promise<HttpAnswer>,
): Promise<Grant> {
  const ask: Ask = {
    method: "POST",
    path: TOKEN_PATH,
    label: `POST ${TOKEN_PATH}`,
    body: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope: "*" },
    judge: asSignIn,
  };
  try {
    const answer = fitting(ask, TokenAnswer, objectIn(ask, await send(ask)));
    return {
      token: answer.access_token,
      lifeMs: answer.expires_in === undefined ? undefined : answer.expires_in * SECOND_MS,
    };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    throw new CloudError({ ...error.problem, outcome: "not_sent" }, { cause: error.cause });
  }
}

/** A refusal of the sign-in says something of our credentials or of the base URL, and nothing of any VM. */
function asSignIn(problem: Problem): Problem {
  switch (problem.kind) {
    case "invalid":
    case "forbidden":
      return { ...problem, kind: "auth" };
    case "not_found":
    case "unsupported":
    case "busy":
      return { ...problem, kind: "protocol" };
    default:
      return problem;
  }
}
