/** Volumes of releases: which values make one, and when it goes. */
import { describe, expect, it } from "vitest";
import { VOLUME, claimsIn } from "../../../../sandbox/cloud/kubernetes/volumes";
import type { PropertyMap } from "../../../../sandbox/property/values";
import { create, ready, release, identity } from "./fixture";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const STORAGE = "kubernetes:storage.k8s.io/v1:StorageClass";
const volumeClaimTemplate = { spec: { storageClassName: "gp3" } };

describe("values of a chart", () => {
  const claimed = (values: PropertyMap): string[] => claimsIn(values).map(({ path }) => path);

  it("make a claim for each template", () => {
    const prometheus = { prometheusSpec: { storageSpec: { volumeClaimTemplate } } };
    const alertmanager = { enabled: true, alertmanagerSpec: { storage: { volumeClaimTemplate } } };
    expect(claimsIn({ prometheus, alertmanager })).toEqual([
      { path: "prometheus-prometheusspec-storagespec", storageClass: "gp3", whenDeleted: "Retain" },
      { path: "alertmanager-alertmanagerspec-storage", storageClass: "gp3", whenDeleted: "Retain" },
    ]);
  });

  it("make none where the pods get a volume that dies with them", () => {
    expect(claimed({ storageSpec: { emptyDir: { sizeLimit: "10Gi" }, volumeClaimTemplate } })).toEqual([]);
    expect(claimed({ storageSpec: { volumeClaimTemplate, emptyDir: {} } })).toEqual([]);
    expect(claimed({ storageSpec: { volumeClaimTemplate, ephemeral: { volumeClaimTemplate } } })).toEqual([]);
    expect(claimed({ storageSpec: { volumeClaimTemplate, emptyDir: null } })).toEqual(["storagespec"]);
  });

  it("make none in a part that is switched off", () => {
    expect(
      claimed({ alertmanager: { enabled: false, alertmanagerSpec: { storage: { volumeClaimTemplate } } } }),
    ).toEqual([]);
  });
});

describe("volumes of releases", () => {
  const job = { kind: "Job", metadata: { annotations: { "helm.sh/hook": "post-delete" } } };
  const values = (whenDeleted: string, waits: boolean): PropertyMap => ({
    ...(waits && { extraManifests: [job] }),
    prometheus: {
      prometheusSpec: {
        persistentVolumeClaimRetentionPolicy: { whenDeleted },
        storageSpec: { volumeClaimTemplate: { spec: { storageClassName: "gp3" } } },
      },
    },
  });

  async function left(whenDeleted: string, reclaimPolicy: string, waits = true, driven = true): Promise<number[]> {
    const { account, provider } = ready();
    const driver = { clusterName: "demo", addonName: "aws-ebs-csi-driver" };
    const addon = { type: "aws:eks/addon:Addon", id: "demo:driver", scope: "us-east-1", urn: "" };
    if (driven) account.put({ ...addon, inputs: driver, outputs: driver });
    await create(provider, RELEASE, "crds", release("prometheus-operator-crds", "31.0.1", "default"));
    await create(provider, "kubernetes:core/v1:Namespace", "m", { metadata: { name: "monitoring" } });
    await create(provider, STORAGE, "gp3", {
      metadata: { name: "gp3" },
      provisioner: "ebs.csi.aws.com",
      reclaimPolicy,
    });
    const inputs = release("kube-prometheus-stack", "88.5.3", "monitoring", values(whenDeleted, waits));
    const created = await create(provider, RELEASE, "m", inputs);
    const count = (): number => account.all(VOLUME).length;
    const counts = [count()];
    await provider.delete(identity(RELEASE, "m"), { ...created, inputs });
    counts.push(count());
    await provider.delete(identity("kubernetes:core/v1:Namespace", "m"), { id: "monitoring", inputs: {}, outputs: {} });
    return [...counts, count()];
  }

  it("stay after the release and go with the namespace, unless told otherwise", async () => {
    expect(await left("Retain", "Delete")).toEqual([1, 1, 0]);
    expect(await left("Delete", "Delete")).toEqual([1, 0, 0]);
  });

  it("stay when nobody waits for them: whoever deletes them may be gone before", async () => {
    expect(await left("Delete", "Delete", false)).toEqual([1, 1, 1]);
    expect(await left("Retain", "Delete", false)).toEqual([1, 1, 0]);
  });

  it("hold the release when the driver went first", async () => {
    await expect(left("Delete", "Delete", true, false)).rejects.toThrow(
      "Timeout: release monitoring/kube-prometheus-stack: failed post-delete: timed out waiting for the condition: volumes stay, because the EBS driver is gone",
    );
  });

  it("are left behind for ever by a StorageClass that retains", async () => {
    expect(await left("Delete", "Retain")).toEqual([1, 1, 1]);
  });
});
