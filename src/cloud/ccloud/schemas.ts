import { z } from "zod";

const Id = z.union([z.int().transform(String), z.string().min(1)]);

/** Databases print UTC without a zone, which JavaScript would take for local time. */
const Moment = z
  .string()
  .transform((text) => new Date(/^\d{4}-\d\d-\d\d[ T][\d:.]+$/.test(text) ? `${text.replace(" ", "T")}Z` : text))
  .refine((date) => !Number.isNaN(date.getTime()), "is not a time");

/** A field that we can do without: of another type than expected it counts as missing. */
const maybe = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: maybe(z.coerce.number().positive()),
});

export const Server = z.object({
  hostname: z.string().min(1),
  custom_name: maybe(z.string()),
  disks: maybe(z.array(z.number().nonnegative())),
  state: maybe(z.string()),
  tags: maybe(z.array(z.unknown())),
  snapshot_ids: maybe(z.array(z.unknown())),
  project_id: maybe(Id),
  pool: maybe(z.string()),
});
export type Server = z.infer<typeof Server>;

/** Client code reads the state off the answer itself; every other answer has an envelope. */
export const Enveloped = z.object({ data: maybe(z.record(z.string(), z.unknown())) });
export const State = z.object({ state: maybe(z.string().min(1)), status: maybe(z.string().min(1)) });

export const Snapshot = z.object({
  id: Id,
  name: z.string(),
  created_at: Moment,
  size_gigabytes: maybe(z.number().nonnegative()),
  live: maybe(z.boolean()),
  type: maybe(z.string()),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** Which field is the id and which says what it does depends on the hypothesis, so those stay open here. */
const OperationFields = z.object({
  id: maybe(Id),
  job_id: maybe(Id),
  type: maybe(z.string()),
  action: maybe(z.string()),
  progress: maybe(z.number()),
  completed_at: maybe(z.string()),
  finished_at: maybe(z.string()),
  error: maybe(z.union([z.string(), z.object({ message: z.string() }).transform((error) => error.message)])),
});

/** As reads tell it. */
export const Operation = OperationFields.extend({ status: z.string(), started_at: Moment });
/** As the answer to a call that began it tells it, which may be no more than its id. */
export const Begun = OperationFields.extend({ status: maybe(z.string()), started_at: maybe(Moment) });
export type Begun = z.infer<typeof Begun>;

/** Both ways to say that there is more. */
export const Paging = z.object({
  links: maybe(z.object({ pages: maybe(z.object({ next: maybe(z.string()) })) })),
  meta: maybe(z.object({ total: maybe(z.int().nonnegative()) })),
});
