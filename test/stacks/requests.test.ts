/** The capacity check counts everything that runs: each container of each chart's values, and each add-on of EKS. */
import { describe, expect, test } from "vitest";
import { charts as inventory } from "../../sandbox/cloud/charts/inventory";
import { KEPT } from "../../stacks/environments/capacity";
import { dev } from "../../stacks/environments/dev";
import { environmentProblems } from "../../stacks/environments/environment";
import lock from "../../stacks/env.lock.json";
import {
  addonRequests,
  addons,
  daemons,
  quantityOf,
  total,
  transient,
  workloads,
} from "../../stacks/environments/requests";
import { objectsIn, valuesFiles, valuesOf } from "../support/values-files";

const counted = new Set([
  ...workloads.map(({ chart, resources }) => `${chart} ${resources}`),
  ...Object.keys(daemons),
  ...transient,
]);

describe("what is counted", () => {
  test.each(["production", "dev"] as const)(
    "is every container that a values file gives resources to, in %s",
    (profile) => {
      const named = valuesFiles.flatMap((file) =>
        [...objectsIn(valuesOf(file, profile))]
          .filter(([, value]) => "cpu" in ((value["requests"] ?? {}) as object))
          .map(([path]) => `${file.chart} ${path}`),
      );
      expect(named.filter((path) => !counted.has(path))).toEqual([]);
      expect(named.length).toBeGreaterThan(20);
    },
  );

  test("is every chart that starts pods", () => {
    const starting = Object.entries(inventory())
      .filter(([, { images }]) => images.length > 0)
      .map(([chart]) => chart);
    expect([...new Set(workloads.map(({ chart }) => chart))].sort()).toEqual(starting.sort());
    expect(Object.keys(lock.charts).sort()).toEqual(Object.keys(inventory()).sort());
  });

  test("is every add-on of EKS", () => {
    const known = new Set([...Object.keys(addons), ...Object.keys(daemons)]);
    for (const row of Object.values(lock.kubernetes))
      expect(Object.keys(row.addons).filter((addon) => !known.has(addon))).toEqual([]);
  });
});

describe("the sums", () => {
  const rounded = (profile: "production" | "dev") => {
    const { cpu, memoryGiB } = addonRequests(profile);
    return [cpu.toFixed(2), memoryGiB.toFixed(2)];
  };

  test("are those of the rendered charts, and of CoreDNS and the EBS controller", () => {
    expect(rounded("production")).toEqual(["6.92", "16.14"]);
    expect(rounded("dev")).toEqual(["1.47", "4.59"]);
  });

  test("leave a node what its daemons request, and 0.1 CPU and 1 GiB for the kubelet", () => {
    const running = total(Object.values(daemons));
    expect(running.cpu + 0.1).toBeLessThanOrEqual(KEPT.cpu + 1e-9);
    expect(running.memoryGiB + 1).toBeLessThanOrEqual(KEPT.memoryGiB);
  });

  test("fit into dev with a node away, by a margin that is small on purpose", () => {
    expect(environmentProblems(dev)).toEqual([]);
    expect(2 - KEPT.cpu).toBeGreaterThan(addonRequests("dev").cpu);
  });

  test("read Kubernetes' notation, and nothing else", () => {
    expect(["250m", "1", "1.5", "512Mi", "2Gi"].map(quantityOf)).toEqual([0.25, 1, 1.5, 0.5, 2]);
    expect(() => quantityOf("1e3")).toThrow("1e3 is no quantity that capacity can be summed from");
  });
});
