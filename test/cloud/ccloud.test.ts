import { aCcloud } from "./ccloud-rig.ts";
import { cloudContract } from "./cloud.contract.ts";

for (const snapshotApi of ["actions", "snapshots"] as const) {
  cloudContract({
    name: `ccloud³ with snapshots as ${snapshotApi === "actions" ? "actions" : "a resource"}`,
    async setup(vms) {
      const withTrouble = vms.map(({ snapshotFails, ...vm }) => ({
        ...vm,
        ...(snapshotFails && { trouble: { snapshotFails } }),
      }));
      const { cloud, clock, demo } = await aCcloud({ snapshotApi, vms: withTrouble });
      return { cloud, pass: (milliseconds) => clock.advance(milliseconds), destroy: (vm) => demo.destroy(vm) };
    },
  });
}
