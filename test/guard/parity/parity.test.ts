/** What may differ between two stacks, what must, and what must not. */
import { beforeAll, describe, expect, it } from "vitest";
import { parityMarkdown, parityText, type ShownDifference } from "../../../guard/parity";
import { compared, copyOf, type Exported, primary, put, replicaFrom, type Row, rowOf } from "./support";

let first: Exported;
let second: Exported;

beforeAll(async () => {
  first = await primary();
  second = replicaFrom(first);
});

/** What is found when one row of the replica is changed. */
function changed(
  name: string,
  change: (inputs: Record<string, unknown>, row: Row) => void,
): readonly ShownDifference[] {
  const other = copyOf(second);
  const row = rowOf(other, name);
  change(row.inputs ?? {}, row);
  return compared(first, other).differences;
}

describe("words of a stack", () => {
  it("leave what only begins like them", () => {
    const both = [first, second].map((document) => {
      const other = copyOf(document);
      put(rowOf(other, "keys-logs").inputs ?? {}, "description", "product catalogue, non-production");
      return other;
    });
    expect(compared(both[0], both[1]).verdict).toBe("IDENTICAL");
  });

  it("leave another region: a replica that names the primary's depends on it", () => {
    const found = changed("front-door-apex", (inputs) => put(inputs, "setIdentifier", "us-east-1"));
    expect(found).toEqual([
      {
        kind: "input",
        address: "aws:route53/record:Record front-door-apex inputs.setIdentifier",
        first: "us-east-1",
        second: "us-east-1",
      },
      {
        kind: "must differ",
        address: "aws:route53/record:Record front-door-apex inputs.setIdentifier",
        first: "us-east-1",
        second: "us-east-1",
        reason: "Route 53 takes one record of each role for a name",
      },
    ]);
  });

  it("stand for a folder of its own, which the primary's manifests never reach", () => {
    const found = changed("blue-platform-store", (inputs) =>
      put((inputs["spec"] as { provider: { aws: object } }).provider.aws, "prefix", "fridayproof/replica/"),
    );
    expect(found).toEqual([
      {
        kind: "input",
        address:
          "kubernetes:external-secrets.io/v1:ClusterSecretStore blue-platform-store inputs.spec.provider.aws.prefix",
        first: "fridayproof/prod/",
        second: "fridayproof/replica/",
      },
    ]);
  });
});

describe("what must differ", () => {
  it("is refused where it is equal: two primary records of one name", () => {
    const found = changed("front-door-apex", (inputs) =>
      put((inputs["failoverRoutingPolicies"] as object[])[0] ?? {}, "type", "PRIMARY"),
    );
    expect(found.map(({ kind, address }) => [kind, address])).toEqual([
      ["must differ", "aws:route53/record:Record front-door-apex inputs.failoverRoutingPolicies[0].type"],
    ]);
  });

  it("is a network's block too, which may not even overlap", () => {
    const found = changed("network-vpc", (_, row) => {
      put(row.inputs ?? {}, "cidrBlock", "10.30.0.0/15");
      put(row.outputs ?? {}, "cidrBlock", "10.30.0.0/15");
    });
    expect(found.filter(({ kind }) => kind === "must differ")).toEqual([
      {
        kind: "must differ",
        address: "aws:ec2/vpc:Vpc inputs.cidrBlock",
        first: "10.30.0.0/16",
        second: "10.30.0.0/15",
        reason: "networks that share addresses can never be joined",
      },
    ]);
  });

  it("is Argo CD's host: one that follows the failover leads to the other one until then", () => {
    const both = [first, second].map((document) => {
      const other = copyOf(document);
      const { values } = rowOf(other, "blue-argo-cd-release").inputs as { values: { global: object } };
      put(values.global, "domain", "argocd.example.com");
      return other;
    });
    expect(compared(both[0], both[1]).differences.map(({ kind, address }) => [kind, address])).toEqual([
      ["must differ", "kubernetes:helm.sh/v3:Release blue-argo-cd-release inputs.values.global.domain"],
    ]);
  });
});

describe("lists", () => {
  it("of subnets and policy statements are sets", () => {
    const found = changed("blue-cluster-eks-eksCluster", (inputs) => {
      (inputs["vpcConfig"] as { subnetIds: string[] }).subnetIds.reverse();
    });
    expect(found).toEqual([]);
  });

  it("of a command's arguments are not", () => {
    const found = changed("blue-argo-rollouts-smoke", (inputs) => {
      (inputs["spec"] as { args: object[] }).args.reverse();
    });
    expect(found.map(({ address }) => address)).not.toEqual([]);
  });
});

describe("sorts of differences", () => {
  it("name capacity, versions and digests", () => {
    const capacity = changed("blue-apps-usw2-az1-nodes", (inputs) => put(inputs["scalingConfig"], "minSize", 0));
    expect(capacity).toEqual([
      {
        kind: "capacity",
        address: "aws:eks/nodeGroup:NodeGroup blue-apps-<zone 1>-nodes inputs.scalingConfig.minSize",
        first: "1",
        second: "0",
      },
    ]);
    const version = changed("blue-argo-cd-release", (inputs) => put(inputs, "version", "0.0.1"));
    expect(version.map(({ kind }) => kind)).toEqual(["version"]);
    const image = `quay.io/x/y@sha256:${"0".repeat(64)}`;
    const digest = changed("blue-argo-cd-release", (inputs) => put(inputs["values"], "image", image));
    expect(digest.map(({ kind }) => kind)).toEqual(["digest"]);
  });

  it.each(["dependencies", "deletedWith", "replaceWith", "protect"])("name %s an edge where it is one", (option) => {
    const found = changed("front-door-https", (_, row) => put(row, option, [row.urn]));
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set([option === "protect" ? "option" : "edge"]));
  });

  it("name one more edge alone, and not those behind it", () => {
    const found = changed("blue-apps-usw2-az1-nodes", (_, row) => {
      row["dependencies"] = [rowOf(second, "network").urn, ...(row["dependencies"] as string[])];
    });
    expect(found.map(({ kind, first, second }) => [kind, first, second])).toEqual([
      ["edge", "absent", "fridayproof:network:Vpc::network"],
    ]);
  });

  it("are none where node groups of one pool roll one after another, and are where they wait for another pool's", () => {
    const waitsFor = (name: string) =>
      changed("blue-apps-usw2-az2-nodes", (_, row) => {
        row["dependencies"] = [...(row["dependencies"] as string[]), rowOf(second, name).urn];
      }).map(({ kind }) => kind);
    expect(waitsFor("blue-apps-usw2-az1-nodes")).toEqual([]);
    expect(waitsFor("blue-system-usw2-az1-nodes")).toEqual(["edge"]);
  });

  it("name a resource under other parents once, not as one that is missing and one too many", () => {
    const found = changed("front-door-https", (_, row) => {
      row.urn = row.urn.replace("fridayproof:traffic:FrontDoor$", "");
      delete row["parent"];
    });
    const about = found.filter(({ address }) => address.includes("front-door-https"));
    expect(about.map(({ kind, address }) => [kind, address])).toEqual([
      ["edge", "aws:lb/listener:Listener front-door-https options.parent"],
      ["place", "aws:lb/listener:Listener front-door-https parents"],
    ]);
  });
});

describe("the printed comparison", () => {
  it("names what was not looked at, also where nothing differs", () => {
    expect(parityText(compared(first, second)).slice(-10)).toEqual([
      "not looked at, because no state holds it",
      "  what AWS returned (outputs): platform versions, zone names, certificates' names, quotas",
      "  images: whether each digest is in the registry of both regions",
      "  secrets in Secrets Manager: their values and their copies",
      "  which key opens the secrets of each state: its alias has no region",
      "  service-linked roles of the account",
      "  Argo CD: the revision that it has synced, and what runs of it",
      "  objects changed by hand since the last refresh",
      "  the order in which node groups of one pool roll",
      "  rows of databases",
    ]);
  });

  it("is Markdown in which no value ends a cell", () => {
    const other = copyOf(second);
    put(rowOf(other, "keys-logs").inputs ?? {}, "description", "a | b `c` ``d``");
    const markdown = parityMarkdown(compared(first, other));
    expect(markdown.split("\n").filter((line) => line.includes("keys-logs"))).toEqual([
      "| ` aws:kms/key:Key keys-logs inputs.description ` | ` logs of prod ` | ``` a \\| b `c` ``d`` ``` |  |",
    ]);
  });
});
