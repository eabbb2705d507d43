/** Nothing is installed by a version that nobody proved, and every version says where it comes from. */
import { describe, expect, test } from "vitest";
import { platformNamespaces, systemNamespaces } from "../../components/core/namespaces";
import { environments } from "../../stacks/environments/environments";
import { clusterVersions, type Lock, lockedChart, readLock, slotVersions, UNRESOLVED } from "../../stacks/inputs/lock";
import { messageOf } from "../support/message-of";

const lock = readLock();

describe("the lock file", () => {
  test("is of the right form", () => {
    expect(lock.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test("puts charts into namespaces that no application may have", () => {
    const namespaces = Object.values(lock.charts).map(({ namespace }) => namespace);
    expect(namespaces.filter((namespace) => !platformNamespaces.includes(namespace))).toEqual([]);
    expect([...systemNamespaces, ...namespaces]).toEqual(expect.arrayContaining([...platformNamespaces]));
  });

  test("proves every version that an environment uses", () => {
    const minors = environments.flatMap((each) => Object.values(each.slots).map((slot) => slot?.kubernetes ?? ""));
    expect(minors.map((minor) => clusterVersions(lock, minor).kubernetes)).toEqual(minors);
  });

  test("gives a cluster exactly its minor's versions", () => {
    expect(clusterVersions(lock, "1.35")).toEqual({
      kubernetes: "1.35",
      nodes: "1.35",
      amiRelease: "1.35.8-20260930",
      kubectlImage: "registry.k8s.io/kubectl:v1.35.8",
      autoscalerImage: "v1.35.1",
      addons: {
        "vpc-cni": "v1.21.1-eksbuild.8",
        "kube-proxy": "v1.35.3-eksbuild.13",
        "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
        coredns: "v1.14.2-eksbuild.4",
        "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
      },
    });
  });

  test("gives nodes of an older minor that minor's image and kube-proxy, and leaves the rest", () => {
    const now = lock.kubernetes["1.35"];
    if (now === undefined) throw new Error("1.35 is locked");
    const older = {
      ...now,
      ami: { ...now.ami, release: "1.34.9-20260930" },
      addons: { ...now.addons, "kube-proxy": { ...now.addons["kube-proxy"], version: "v1.34.1-eksbuild.1" } },
    };
    const two: Lock = { ...lock, kubernetes: { ...lock.kubernetes, "1.34": older } };
    const versions = clusterVersions(two, "1.35");
    expect(slotVersions(two, "1.35", "1.34")).toEqual({
      ...versions,
      nodes: "1.34",
      amiRelease: "1.34.9-20260930",
      addons: { ...versions.addons, "kube-proxy": "v1.34.1-eksbuild.1" },
    });
    expect(slotVersions(two, "1.35")).toEqual(versions);
  });

  test("has the nodes' kubectl, and its image by the digest where that is known", () => {
    for (const [minor, { ami, kubectl }] of Object.entries(lock.kubernetes))
      expect(kubectl.version, minor).toBe(ami.release.split("-")[0]);
    const now = lock.kubernetes["1.35"];
    if (now === undefined) throw new Error("1.35 is locked");
    expect(clusterVersions(lock, "1.35").kubectlImage).toBe("registry.k8s.io/kubectl:v1.35.8");
    const kubectl = { ...now.kubectl, digest: `sha256:${"a".repeat(64)}` };
    const known = { ...lock, kubernetes: { "1.35": { ...now, kubectl } } };
    expect(clusterVersions(known, "1.35").kubectlImage).toBe(
      `registry.k8s.io/kubectl:v1.35.8@sha256:${"a".repeat(64)}`,
    );
  });

  test("calls a version unresolved exactly where it has no proof", () => {
    const rows = Object.values(lock.kubernetes).flatMap((minor) => [
      [minor.ami.release, minor.ami.proof],
      [minor.autoscaler.image, minor.autoscaler.proof],
      ...Object.values(minor.addons).map((addon) => [addon.version, addon.proof]),
    ]);
    expect(rows.filter(([version, proof]) => (version === UNRESOLVED) !== (proof === UNRESOLVED))).toEqual([]);
  });

  test("refuses a minor with unresolved versions, naming all of them", () => {
    const fix =
      "Run `npx fridayproof lock --update`: it prints the command that looks this entry up. Write version, source and date down, or stay on another minor.";
    const row = (name: string) =>
      `  kubernetes.1.36.${name}: got "unresolved"; allowed: a version that its owner lists; fix: ${fix}`;
    expect(messageOf(() => clusterVersions(lock, "1.36"))).toBe(
      [
        "4 problems in stacks/env.lock.json:",
        row("addons.vpc-cni.version"),
        row("addons.eks-pod-identity-agent.version"),
        row("addons.coredns.version"),
        row("autoscaler.image"),
      ].join("\n"),
    );
  });

  test("refuses a minor and a chart that it does not have", () => {
    expect(messageOf(() => clusterVersions(lock, "1.20"))).toBe(
      '1 problem in stacks/env.lock.json:\n  kubernetes: got "1.20"; allowed: 1.35, 1.36; fix: Use a locked minor, or add its entries with a source each: `npx fridayproof lock --update` prints the commands that look entries up.',
    );
    expect(messageOf(() => lockedChart(lock, "nginx"))).toContain(
      'charts: got "nginx"; allowed: prometheus-operator-crds',
    );
    expect(lockedChart(lock, "argo-cd").chart).toBe("argo-cd");
  });

  test("a damaged entry is named", () => {
    const damaged = { ...lock, asOf: "yesterday", charts: { x: { ...lock.charts["argo-cd"], version: 7 } } };
    expect(messageOf(() => readLock(damaged))).toMatch(
      /^2 problems in stacks\/env\.lock\.json:\n {2}asOf: got "yesterday"; .*\n {2}charts\.x\.version: got 7; /,
    );
  });
});
