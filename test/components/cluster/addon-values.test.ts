/** The values files of the add-ons: what of them the platform relies on in any profile. */
import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { autoscalerImageProblems, clusterAutoscalerValues } from "../../../components/cluster/addon-values";

const folder = path.join(__dirname, "../../../components/cluster/values");
const charts = ["aws-load-balancer-controller", "cluster-autoscaler", "external-secrets", "metrics-server"];
const read = (file: string) => parse(fs.readFileSync(path.join(folder, file), "utf8")) as Record<string, unknown>;

function found(value: unknown, expected: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === expected ? [inner] : found(inner, expected)));
}

describe("files", () => {
  test("there is one per chart and profile, and no other", () => {
    const files = fs.readdirSync(folder).filter((file) => file.endsWith(".yaml"));
    expect(files).toEqual(charts.map((chart) => `${chart}.yaml`));
    expect(fs.readdirSync(path.join(folder, "dev"))).toEqual(files);
  });

  test("every priority class is one that Kubernetes brings itself", () => {
    const classes = charts.flatMap((chart) => found(read(`${chart}.yaml`), "priorityClassName"));
    expect(new Set(classes)).toEqual(new Set(["system-cluster-critical"]));
  });

  test.each(charts)("%s runs on the pool of the add-ons and says what it needs", (chart) => {
    const values = read(`${chart}.yaml`);
    expect(found(values, "nodeSelector")).toEqual([{ "fridayproof.dev/pool": "system" }]);
    expect(found(values, "resources").length).toBeGreaterThan(0);
    for (const resources of found(values, "resources")) {
      expect(resources).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
  });

  test.each(charts)("%s can be drained: its budget lets one pod go", (chart) => {
    for (const budget of found(read(`${chart}.yaml`), "podDisruptionBudget")) {
      expect(budget).toMatchObject({ maxUnavailable: 1 });
    }
  });
});

describe("the autoscaler's image", () => {
  test("the file's is of the minor that environments run", () => {
    const { image } = read("cluster-autoscaler.yaml") as { image: { tag: string } };
    expect(autoscalerImageProblems("tag", image.tag, "1.35")).toEqual([]);
  });

  test.each(["v1.36.0", "1.35.1", "v1.35", "latest"])("%s is refused for 1.35", (tag) => {
    expect(autoscalerImageProblems("tag", tag, "1.35")).toHaveLength(1);
  });

  test("the lock's takes the place of the file's", () => {
    const settings = { profile: "dev", clusterName: "c", region: "us-east-1", imageTag: "v1.36.2" } as const;
    expect(clusterAutoscalerValues(settings)).toMatchObject({ image: { tag: "v1.36.2" }, replicaCount: 1 });
  });
});
