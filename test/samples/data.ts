import type { CloudLimits } from "../../src/domain/cloud.ts";
import type { Request } from "../../src/domain/request.ts";
import type { Fate } from "../../src/domain/step.ts";

export const NOW = new Date("2026-11-16T10:00:00.123Z");
export const LIMITS: CloudLimits = { snapshotsPerVm: 10, cooldownMs: 600_000, msPerGb: 120_000, nameLength: 255 };

/** What comes from outside: typed by people, or said by the cloud. */
export interface Data {
  vm: string;
  snapshot: string;
  reason: string;
  who: string;
  /** The cloud's own words. */
  detail: string;
}

export const ORDINARY: Data = {
  vm: "web-01",
  snapshot: "web-01-1731398400",
  reason: "before the kernel upgrade",
  who: "Anna",
  detail: "The storage pool has no room.",
};

const EVIL =
  "<!channel> <!here|x> <@U1> <#C1> <https://evil.example|click> *b* _i_ ~s~ `c` ``` :bomb: & &lt;!channel&gt; \u202e \n> q \u0000";
const filled = (length: number) => EVIL.repeat(Math.ceil(length / EVIL.length)).slice(0, length);

/** As long as they get, and meant badly. */
export const HOSTILE: Data = {
  vm: filled(255),
  snapshot: filled(255),
  reason: filled(500),
  who: filled(300),
  detail: filled(10_000),
};

/** As long as they get, of characters that take most room once they are escaped. */
export const WIDE: Data = {
  vm: "&".repeat(255),
  snapshot: "<".repeat(255),
  reason: "&".repeat(500),
  who: "&".repeat(300),
  detail: "&".repeat(10_000),
};

/** Two code units each, and without a place to break. */
export const ASTRAL: Data = {
  vm: "🦀".repeat(255),
  snapshot: "🦀".repeat(255),
  reason: "🦀".repeat(500),
  who: "🦀".repeat(300),
  detail: "🦀".repeat(10_000),
};

export interface Sample {
  name: string;
  request: Request;
  /** What later requests have done to the snapshot that this one made. */
  fate?: Fate;
}
