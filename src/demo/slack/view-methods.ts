import { z } from "zod";
import { arg, method, Refused, refuseInvalid, type Slack } from "./method.ts";
import { tier4 } from "./rate-limits.ts";
import type { View } from "./types.ts";
import { checkView, type SentView } from "./view-check.ts";

const shown = z.object({ trigger_id: arg.string, view: arg.json });

export const viewMethods = {
  "views.open": method({ limits: tier4, args: shown }, (slack, { trigger_id, view }) => {
    const sent = checked(slack, view, "modal");
    return answer(slack, slack.views.open(exchanged(slack, trigger_id).user, sent));
  }),

  "views.push": method({ limits: tier4, args: shown }, (slack, { trigger_id, view }) => {
    const sent = checked(slack, view, "modal");
    const { user, fromModal } = exchanged(slack, trigger_id);
    if (!fromModal) throw new Refused("invalid_trigger_id");
    return answer(slack, slack.views.push(user, sent));
  }),

  "views.update": method(
    {
      limits: tier4,
      args: z.object({
        view_id: z.string().optional(),
        external_id: z.string().optional(),
        hash: z.string().optional(),
        view: arg.json,
      }),
    },
    (slack, { view_id, external_id, hash, view }) => {
      const there = slack.views.find(view_id, external_id);
      if (!there) throw new Refused("not_found");
      const sent = checked(slack, view, there.type);
      if (hash && hash !== there.hash) throw new Refused("hash_conflict");
      return answer(slack, slack.views.update(there, sent));
    },
  ),

  "views.publish": method(
    { limits: tier4, args: z.object({ user_id: arg.string, hash: z.string().optional(), view: arg.json }) },
    (slack, { user_id, hash, view }) => {
      if (!slack.hasHome) throw new Refused("not_enabled");
      const sent = checked(slack, view, "home");
      if (!slack.workspace.users.has(user_id)) {
        return refuseInvalid("invalid_arguments", ["user_not_found [json-pointer:/user_id]"]);
      }
      const there = slack.views.home(user_id);
      if (hash && there && hash !== there.hash) throw new Refused("hash_conflict");
      return answer(slack, slack.views.publish(user_id, sent));
    },
  ),
};

function checked(slack: Slack, view: unknown, type: SentView["type"]): SentView {
  const sent = checkView(view, type, slack.workspace.unknownBlocks);
  return Array.isArray(sent) ? refuseInvalid("invalid_arguments", sent) : sent;
}

function exchanged(slack: Slack, triggerId: string): { user: string; fromModal: boolean } {
  const trigger = slack.triggers.exchange(triggerId);
  if (typeof trigger === "string") throw new Refused(trigger);
  return trigger;
}

function answer(slack: Slack, view: View | string): Record<string, unknown> {
  if (typeof view === "string") throw new Refused(view);
  return { view: slack.views.asSent(view) };
}
