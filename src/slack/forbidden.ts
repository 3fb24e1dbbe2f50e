import type { Forbidden } from "../engine/press-request.ts";
import type { Texts } from "../texts/en.ts";

/** Why the policy says no, and which rule of it. */
export const forbiddenText = ({ why, rule }: Forbidden, { approval }: Texts): string =>
  [approval.forbidden[why], approval.byRule(rule), approval.nothing].filter(Boolean).join(" ");
