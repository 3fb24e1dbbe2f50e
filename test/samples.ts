import type { Language, State } from "../src/domain/request.ts";
import { approvalSamples } from "./samples/approval.ts";
import { createSamples, safetySamples } from "./samples/create.ts";
import type { Data, Sample } from "./samples/data.ts";
import { deleteSamples, powerSamples, renameSamples } from "./samples/others.ts";
import { restoreSamples } from "./samples/restore.ts";
import { sceneOf } from "./samples/scene.ts";

export { ASTRAL, type Data, HOSTILE, LIMITS, NOW, ORDINARY, type Sample, WIDE } from "./samples/data.ts";

/** Requests of every kind, in every status and in everything that a status can hold, for whoever has to cope with all of them. */
export function samples(data: Data, language: Language): Sample[] {
  const scene = sceneOf(data, language);
  return [
    ...createSamples(scene),
    ...safetySamples(scene),
    ...restoreSamples(scene),
    ...deleteSamples(scene),
    ...renameSamples(scene),
    ...powerSamples(scene),
    ...approvalSamples(scene),
  ];
}

/** Every status that there is; the type checker says when one is missing. */
export const STATUSES = Object.keys({
  queued: true,
  choosing: true,
  awaiting_approval: true,
  shutting_down: true,
  shutdown_stuck: true,
  snapshotting: true,
  restoring: true,
  deleting: true,
  powering_on: true,
  done: true,
  failed: true,
  cancelled: true,
  denied: true,
  expired: true,
} satisfies Record<State["status"], true>) as State["status"][];
