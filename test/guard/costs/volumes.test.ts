/** Volumes that charts claim in their values: each is billed, and none is taken for another. */
import { describe, expect, test } from "vitest";
import { messageOf } from "../../support/message-of";
import { ADD, counted, type Inputs, problem, resource, tableOf } from "../../support/planned";

describe("the volumes that charts claim", () => {
  const gp3 = resource("kubernetes:storage.k8s.io/v1:StorageClass", "class", {
    metadata: { name: "gp3" },
    parameters: { type: "gp3" },
  });
  const claim = (storage: string, storageClassName = "gp3") => ({
    volumeClaimTemplate: { spec: { storageClassName, resources: { requests: { storage } } } },
  });
  const chart = (values: Inputs) => resource("kubernetes:helm.sh/v3:Release", "chart", { values });

  test("are counted for every replica", () => {
    const values = {
      prometheus: { prometheusSpec: { replicas: 2, storageSpec: claim("50Gi") } },
      alertmanager: { alertmanagerSpec: { storage: claim("5Gi") } },
    };
    expect(counted(tableOf(gp3, chart(values)).costs)).toEqual([
      ["gp3", 100],
      ["gp3", 5],
    ]);
  });

  test("are none where the part is off, or an emptyDir wins", () => {
    const values = {
      prometheus: { prometheusSpec: { storageSpec: { ...claim("50Gi"), emptyDir: { sizeLimit: "10Gi" } } } },
      alertmanager: { enabled: false, alertmanagerSpec: { storage: claim("5Gi") } },
      grafana: { persistence: { enabled: false } },
    };
    expect(tableOf(gp3, chart(values)).costs).toEqual([]);
  });

  test.each([
    [
      { a: claim("5G") },
      `chart.values.a.volumeClaimTemplate: got "5G"; allowed: a claim of a whole number of Gi; ${ADD}`,
    ],
    [
      { a: claim("5Gi", "io2") },
      `chart.values.a.volumeClaimTemplate.spec.storageClassName: got "io2"; allowed: a StorageClass of the plan whose type has a price; ${ADD}`,
    ],
    [
      { a: { persistence: { enabled: true, size: "5Gi" } } },
      `chart.values.a.persistence: got nothing; allowed: a claim of a whole number of Gi; ${ADD}`,
    ],
  ])("are never missed: %j", (values, line) => {
    expect(messageOf(() => tableOf(gp3, chart(values)))).toBe(problem(line));
  });
});
