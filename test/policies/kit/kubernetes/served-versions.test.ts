/** The table of API versions follows the lock file and the charts that are pinned. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { servedKinds } from "../../../../policies/kit/kubernetes/served-kinds";
import {
  chartVersions,
  newestMinor,
  notYet,
  removedVersions,
  stableSince,
} from "../../../../policies/kit/kubernetes/served-versions";
import lock from "../../../../stacks/env.lock.json";

const served = resolve(__dirname, "../../../../sandbox/cloud/charts/served.yaml");

describe("the table of API versions", () => {
  it("has the versions of the pinned charts' kinds, as the sandbox serves them", () => {
    expect(chartVersions).toEqual(parse(readFileSync(served, "utf8")));
  });

  it("means the newest minor of the lock file where nobody names one", () => {
    expect(Object.keys(lock.kubernetes).sort().at(-1)).toBe(newestMinor);
  });

  it("names kinds that Kubernetes has or had, and stable versions in their place", () => {
    for (const [version, rows] of Object.entries(removedVersions)) {
      const [group = ""] = version.split("/");
      for (const { kinds, instead } of rows) {
        for (const kind of kinds) {
          const [place = group] = instead === "" ? [] : instead.split("/");
          expect(servedKinds[place], `${version} ${kind}`).toContain(kind);
        }
        expect(instead, version).toMatch(/^$|\/v\d+$/);
      }
    }
  });

  it.each([
    [
      "1.25",
      "autoscaling/v2beta1 HorizontalPodAutoscaler, batch/v1beta1 CronJob, discovery.k8s.io/v1beta1 EndpointSlice, events.k8s.io/v1beta1 Event, node.k8s.io/v1beta1 RuntimeClass, policy/v1beta1 Eviction, policy/v1beta1 PodDisruptionBudget, policy/v1beta1 PodSecurityPolicy",
    ],
    [
      "1.26",
      "autoscaling/v2beta2 HorizontalPodAutoscaler, flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema, flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfiguration",
    ],
    ["1.27", "storage.k8s.io/v1beta1 CSIStorageCapacity"],
    ["1.28", ""],
    [
      "1.29",
      "flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema, flowcontrol.apiserver.k8s.io/v1beta2 PriorityLevelConfiguration",
    ],
    [
      "1.32",
      "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema, flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration",
    ],
  ])("lacks since %s what the deprecation guide says", (minor, told) => {
    const gone = Object.entries(removedVersions).flatMap(([version, rows]) =>
      rows.filter((row) => row.minor === minor).flatMap(({ kinds }) => kinds.map((kind) => `${version} ${kind}`)),
    );
    expect(gone.sort().join(", ")).toBe(told);
  });

  it("names a minor, or none yet, for kinds whose stable version is young", () => {
    for (const [group, kinds] of Object.entries(stableSince))
      for (const [kind, since] of Object.entries(kinds)) {
        expect(servedKinds[group], `${group} ${kind}`).toContain(kind);
        if (since !== notYet) expect(since, `${group} ${kind}`).toMatch(/^1\.\d\d$/);
      }
  });
});
