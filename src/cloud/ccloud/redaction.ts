import { CloudError } from "../../ports/cloud.ts";
import { forPeople } from "../refusals.ts";

/** Takes secrets out of error texts; a cloud may well quote what it was sent. */
export class Redaction {
  readonly #clientSecret: string;
  /** The token in use and the one before it, which an answer under way may still quote. */
  #tokens: string[] = [];

  constructor(clientSecret: string) {
    this.#clientSecret = clientSecret;
  }

  addToken(token: string): void {
    this.#tokens = [token, ...this.#tokens].slice(0, 2);
  }

  /** An error whose text is short and without the secrets; anything but a `CloudError` stays what it is. */
  applyTo(error: unknown): unknown {
    if (!(error instanceof CloudError)) return error;
    const secrets = [this.#clientSecret, ...this.#tokens].filter((secret) => secret !== "");
    // Before it is shortened, or half of a secret might be left at the end.
    const text = secrets.reduce((left, secret) => left.replaceAll(secret, "[secret]"), error.problem.detail);
    const detail = forPeople(text);
    return detail === error.problem.detail
      ? error
      : new CloudError({ ...error.problem, detail }, { cause: error.cause });
  }
}
