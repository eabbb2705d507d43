/** What a timeline is read from, which rows it uses, and which times it refuses as too good. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  readTimed,
  timedState,
  timelineOf,
  TimelineError,
  timelinePicture,
  timelineText,
} from "../../../guard/timeline";
import { durationOf, tableFacts } from "../../../guard/timeline/durations";
import { copyOf, primary, type Row } from "../parity/support";
import { CLUSTER, NODES, RELEASE, row, state, timeline, urnOf, VPC } from "./support";

describe("the tables", () => {
  it("are the frozen ones, and print the hashes of their files", () => {
    const hashed = ["durations.json", "durations-more.json"].map((file) =>
      createHash("sha256")
        .update(readFileSync(`guard/timeline/${file}`))
        .digest("hex"),
    );
    expect(hashed).toEqual([
      "cb71fe6377142bf827992d207c4b3269b5008165912c1e570441b1c25ed718b6",
      "6a402835a96a11c53d91754dcad6bea6302e9f8df3d4a9257137172a5ed5275c",
    ]);
    expect(tableFacts().map(({ sha256 }) => sha256)).toEqual(hashed);
  });

  it.each([
    ["aws:eks/addon:Addon", { addonName: "vpc-cni" }, "aws:eks/addon:Addon#vpc-cni"],
    ["aws:eks/addon:Addon", { addonName: "coredns" }, "aws:eks/addon:Addon"],
    [
      RELEASE,
      { chart: "oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack" },
      "kubernetes:helm.sh/v3:Release#kube-prometheus-stack",
    ],
    ["aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Gateway" }, "aws:ec2/vpcEndpoint:VpcEndpoint#Gateway"],
    ["aws:rds/cluster:Cluster", { snapshotIdentifier: "s" }, "aws:rds/cluster:Cluster#snapshot"],
    ["aws:rds/cluster:Cluster", { dbClusterInstanceClass: "c" }, "aws:rds/cluster:Cluster#multi-az-cluster"],
    ["aws:rds/cluster:Cluster", { globalClusterIdentifier: "g" }, "aws:rds/cluster:Cluster#secondary"],
    ["aws:rds/cluster:Cluster", { globalClusterIdentifier: "g", masterUsername: "m" }, "aws:rds/cluster:Cluster"],
    ["aws:rds/instance:Instance", { replicateSourceDb: "r" }, "aws:rds/instance:Instance#replica"],
    ["aws:secretsmanager/secret:Secret", { replicas: [{}] }, "aws:secretsmanager/secret:Secret#replicas"],
    ["aws:secretsmanager/secret:Secret", { replicas: [] }, "aws:secretsmanager/secret:Secret"],
    ["aws:new/thing:Thing", {}, "default:aws"],
    ["kubernetes:new/v1:Thing", {}, "default:kubernetes"],
    ["gcp:new/thing:Thing", {}, "default"],
  ])("have for %s with %j the row %s", (type, inputs, expected) => {
    expect(durationOf(type, true, inputs).row).toBe(expected);
  });
});

describe("what runs in pods", () => {
  const [vpc, cluster] = [row(VPC, "vpc"), row(CLUSTER, "cluster", [urnOf(VPC, "vpc")])];
  const nodes = (name: string, pool: string) =>
    row(NODES, name, [cluster.urn], { clusterName: "c", labels: { "fridayproof.dev/pool": pool } });
  const pool = [nodes("system-1", "system"), nodes("system-2", "system"), nodes("apps-1", "apps")];
  const chart = (name: string, needs: readonly string[], of = name) => row(RELEASE, name, needs, { chart: of });

  it("is refused where it ends before the pool it runs on", () => {
    const early = chart("argo", [cluster.urn], "argo-cd");
    const half = chart("half", [urnOf(NODES, "system-1")]);
    const honest = chart("honest", [urnOf(NODES, "system-1"), urnOf(NODES, "system-2")]);
    const crds = chart("crds", [cluster.urn], "prometheus-operator-crds");
    const cni = row("aws:eks/addon:Addon", "cni", [cluster.urn], { addonName: "vpc-cni" });
    const dns = row("aws:eks/addon:Addon", "dns", [cluster.urn], { addonName: "coredns" });
    const { earlyPods } = timeline(vpc, cluster, ...pool, early, half, honest, crds, cni, dns);
    expect(earlyPods).toEqual(["argo", "half", "dns"]);
  });

  it("waits for the pool that its selectors name, and for no other", () => {
    const selector = { nodeSelector: { "fridayproof.dev/pool": "system" } };
    const on = (name: string, needs: readonly string[]) =>
      row(RELEASE, name, needs, { chart: name, values: { global: selector } });
    const system = [urnOf(NODES, "system-1"), urnOf(NODES, "system-2")];
    const elsewhere = on("elsewhere", [urnOf(NODES, "apps-1")]);
    const right = on("right", system);
    const settings = { addonName: "coredns", configurationValues: JSON.stringify(selector) };
    const dns = row("aws:eks/addon:Addon", "dns", [urnOf(NODES, "apps-1")], settings);
    expect(timeline(vpc, cluster, ...pool, elsewhere, right, dns).earlyPods).toEqual(["elsewhere", "dns"]);
    // A plan that makes another pool alone: the chosen one stands.
    expect(timeline(vpc, cluster, nodes("apps-1", "apps"), on("standing", [])).earlyPods).toEqual([]);
  });

  it("waits for every pool of a cluster where applications are synced", () => {
    const root = "kubernetes:argoproj.io/v1alpha1:ApplicationSet";
    const system = [urnOf(NODES, "system-1"), urnOf(NODES, "system-2")];
    const early = ["first-sync (root)"];
    expect(timeline(vpc, cluster, ...pool, row(root, "root", system)).earlyPods).toEqual(early);
    expect(timeline(vpc, cluster, ...pool, row(root, "root", [...system, urnOf(NODES, "apps-1")])).earlyPods).toEqual(
      [],
    );
  });

  it("waits for nodes in the house, and ends no sooner than they and its own time", async () => {
    const { earlyPods, rows } = timelineOf(timedState(await primary()));
    expect(earlyPods).toEqual([]);
    const endOf = (pool: string) =>
      Math.max(...rows.filter(({ type, name }) => type === NODES && name.includes(`-${pool}-`)).map(({ end }) => end));
    const [system, apps] = [endOf("system"), endOf("apps")];
    const releases = rows.filter(({ type, name }) => type === RELEASE && !/-crds-release$|-gateway-base$/.test(name));
    const dns = rows.filter(({ name }) => /-coredns$|-ebs-csi-driver$/.test(name));
    const targets = rows.filter(({ type }) => type === "phase:targets-healthy");
    expect([releases.length, dns.length, targets.length]).toEqual([9, 2, 1]);
    for (const { name, start } of [...releases, ...dns, ...targets]) expect(start, name).toBeGreaterThanOrEqual(system);
    expect(rows.find(({ type }) => type === "phase:first-sync")?.start).toBeGreaterThanOrEqual(Math.max(system, apps));
  });

  it("is found in the house too where an edge is taken out", async () => {
    const document = copyOf(await primary());
    const isNodes = (urn: unknown): boolean => /nodeGroup:NodeGroup::|blue-addons|cluster:NodePool::/.test(String(urn));
    const cut = (one: Row): void => {
      one["dependencies"] = ((one["dependencies"] ?? []) as string[]).filter((urn) => !isNodes(urn));
      delete one["propertyDependencies"];
      delete one["provider"];
    };
    for (const each of document.deployment.resources) if (each.type.startsWith("kubernetes:")) cut(each);
    const { earlyPods } = timelineOf(timedState(document));
    expect(earlyPods).toContain("blue-argo-cd-release");
    expect(timelineText(timelineOf(timedState(document)))).toContain(
      "NOT HONEST: blue-argo-cd-release runs in pods and does not wait for the nodes that they need",
    );
  });
});

describe("a plan", () => {
  const step = (op: string, one: object & { urn: string }) => ({ op, urn: one.urn, newState: one, oldState: one });
  const read = (document: object) => readTimed(Buffer.from(JSON.stringify(document)), document);

  it("is timed by what it makes, and names what the tables cannot time", () => {
    const cluster = row(CLUSTER, "cluster", [urnOf(VPC, "vpc")]);
    const document = {
      steps: [
        step("same", row(VPC, "vpc")),
        step("create-replacement", cluster),
        step("replace", cluster),
        step("update", row(NODES, "nodes")),
        step("delete", row(NODES, "old")),
      ],
      changeSummary: { same: 1, replace: 1, update: 1, delete: 1 },
    };
    const { rows, untimed, makespan } = timelineOf(read(document));
    expect([rows.map(({ name }) => name), untimed, makespan]).toEqual([["cluster"], { update: 1, delete: 1 }, 606]);
  });

  it("that makes nothing has no time", () => {
    const document = { steps: [step("same", row(VPC, "vpc"))], changeSummary: { same: 1 } };
    expect(() => timelineOf(read(document))).toThrow(
      new TimelineError("nothing is created or replaced, so there is no time to report."),
    );
  });

  it("of Terraform is refused", () => {
    const plan = { format_version: "1.2", terraform_version: "1.9.0", resource_changes: [] };
    expect(() => read(plan)).toThrow(
      new TimelineError("plans of Terraform show what changes, not what waits for what."),
    );
  });
});

it("node groups of one pool that roll one after another are made together, and other groups wait as the state says", () => {
  const group = (name: string, pool: string, needs: readonly string[]) =>
    row(NODES, name, needs, { clusterName: "c", labels: { "fridayproof.dev/pool": pool } });
  const [first, second] = [group("one", "system", []), group("two", "system", [urnOf(NODES, "one")])];
  expect(timeline(first, second).makespan).toBe(130);
  expect(timeline(first, group("apps", "apps", [urnOf(NODES, "one")])).makespan).toBe(260);
});

it("two that wait for each other are refused, and each other's absence is not", () => {
  const [one, other] = [urnOf(VPC, "one"), urnOf(VPC, "other")];
  expect(() => timeline(row(VPC, "one", [other]), row(VPC, "other", [one]))).toThrow(
    new TimelineError("other and one wait for each other: the file is damaged."),
  );
  expect(timeline(row(VPC, "one", [other])).makespan).toBe(12);
});

it("a picture says SIMULATED, has a bar for what is long, and no name can leave its text", () => {
  const names = ["vpc", 'a "quoted" <script>'];
  const svg = timelinePicture(timeline(...names.map((name) => row(VPC, name))));
  expect(svg).toContain("SIMULATED: prod from nothing, typical 0:12");
  expect(svg).toContain("No time of it was measured, and none is an RTO.");
  expect(svg).toContain("a &quot;quoted&quot; &lt;script&gt;");
  expect(svg).not.toContain("<script>");
  expect(svg.match(/<rect /g)).toHaveLength(3);
});

it("prod's timeline is what its state gives", async () => {
  const document = await primary();
  const { drawn, layered, defaults, criticalPath } = timelineOf(timedState(state(document.deployment.resources)));
  expect(drawn.p50).toBeLessThan(drawn.p90);
  expect(drawn.p90).toBeLessThan(drawn.p95);
  expect(drawn.p95).toBeLessThan(layered.p50);
  // What has no row of its own is named, so that nobody takes a default for a fact.
  expect(defaults).toEqual([
    "aws:backup/selection:Selection",
    "aws:lb/listenerRule:ListenerRule",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "random:index/randomId:RandomId",
  ]);
  expect(criticalPath.map(({ name }) => name)).toContain("blue-cluster-eks-eksCluster");
  expect(criticalPath.at(-1)?.type).toBe("phase:first-sync");
  // Applications need the database as well, and it stands minutes before they do.
  expect(criticalPath.filter(({ name }) => name.startsWith("database"))).toEqual([]);
});
