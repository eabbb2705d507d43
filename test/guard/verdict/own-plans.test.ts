/** Real plans of this program, by CLI 3.260: nothing in them is UNKNOWN. */
import { expect, test } from "vitest";
import { verdictOnBytes, kept } from "./support";

/** Verdicts of changes that are not SAFE, worst first. */
function hurts(name: string): readonly string[] {
  return verdictOnBytes(kept(`own/${name}.json.gz`))
    .changes.filter(({ verdict }) => verdict !== "SAFE")
    .map(({ verdict, operation, address }) => `${verdict} ${operation} ${address.split("::").at(-1) ?? ""}`);
}

test.each(["none", "pool-size", "retention", "green-slot"])("%s is SAFE", (name) => {
  const { verdict, exitCode } = verdictOnBytes(kept(`own/${name}.json.gz`));
  expect({ verdict, exitCode }).toEqual({ verdict: "SAFE", exitCode: 0 });
});

test("another instance type rolls the nodes, and its template does nothing by itself", () => {
  expect(hurts("instance-type")).toEqual(["DEGRADES update blue-apps-nodes"]);
});

test("one zone more replaces both node groups, and lets the load balancer into a subnet that may have no route yet", () => {
  expect(hurts("zone")).toEqual([
    "DEGRADES replace blue-apps-nodes",
    "DEGRADES replace blue-system-nodes",
    "DEGRADES update front-door-alb",
  ]);
});

test("a pool with labels and taints of its own cannot go: no other node takes its pods", () => {
  expect(hurts("drop-system-pool")).toEqual([
    "DOWNTIME delete blue-system-nodes",
    "DEGRADES update blue-platform-aws-ebs-csi-driver",
    "DEGRADES update blue-addons-coredns",
  ]);
});

test("a preview that failed is refused with its first error", () => {
  expect(() => verdictOnBytes(kept("own/rename-cluster.json.gz"))).toThrow(
    /^the preview failed.*unable to replace resource/,
  );
});
