import { z } from "zod";
import { type Face, list, serverBody, serverRoute } from "./face.ts";
import { Paged } from "./paging.ts";
import { type Route, route } from "./routes.ts";

const Tag = z
  .string()
  .regex(/^[\p{L}0-9:_-]+$/u, "must be one word of letters, digits, colons, dashes and underscores");
const ServerList = Paged.extend({ tag: Tag.optional(), hostname: z.string().optional() });

/** Reading servers: the part that client code has been seen to use, the same in both faces. */
export function serverRoutes(face: Face): Route[] {
  return [
    route("GET", "/ccloud/servers", { query: ServerList }, (asked) => {
      const { tag, hostname } = asked.query;
      const found = face.fleet.vms
        .filter((vm) => tag === undefined || vm.tags.includes(tag))
        .filter((vm) => hostname === undefined || vm.name === hostname);
      return list(face, "data", found, serverBody, asked);
    }),
    serverRoute(face, "GET", "", {}, (vm) => ({ status: 200, body: { data: serverBody(vm) } })),
    serverRoute(face, "GET", "/state", {}, (vm) => ({ status: 200, body: { state: vm.stateWord } })),
    serverRoute(face, "GET", "/tags", {}, (vm) => ({ status: 200, body: { data: vm.tags } })),
  ];
}
