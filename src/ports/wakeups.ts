import type { RequestId } from "../domain/ids.ts";

/** "Look at this request again, now or at T." The earliest of several wishes counts; nothing is lost by forgetting them all. */
export interface Wakeups {
  now(id: RequestId): void;
  at(id: RequestId, when: Date): void;
  close(): void;
}
