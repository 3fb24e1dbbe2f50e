import type { Aim } from "../state.ts";
import type { Standing } from "./elements.ts";

/** Which button or field is meant. */
export const aimAt = ({ surface, blockId, element }: Standing): Aim => ({
  where: surface.where,
  actionId: element.action_id ?? "",
  ...(blockId !== undefined && { blockId }),
});
