/** The cloud's ways to say no to something that was asked correctly. */
export type Refusal =
  | { refused: "not_found" }
  | { refused: "busy" }
  | { refused: "snapshot_limit" }
  | { refused: "cooldown"; forMs: number }
  | { refused: "locked" }
  | { refused: "protected" }
  | { refused: "name_taken"; as: 409 | 422 }
  | { refused: "fault" };

export function isRefusal(answer: object): answer is Refusal {
  return "refused" in answer;
}
