/** Calls behind a lost region: refused, hanging and flapping, in AWS's words; what makes no call goes on. */
import { describe, expect, it } from "vitest";
import { Account } from "../../../../sandbox/cloud/account/account";
import { loadSeed } from "../../../../sandbox/cloud/seed";
import { sandboxPackages } from "../../../../sandbox/cloud/packages";
import type { OutageTexts } from "../../../../sandbox/cloud/outage/outage";
import type { Provider } from "../../../../sandbox/protocol/provider";
import type { PropertyMap } from "../../../../sandbox/property/values";
import { identity, SEED } from "../aws/cloud";

const VPC = "aws:ec2/vpc:Vpc";
const ROLE = "aws:iam/role:Role";
const BLOCK = { cidrBlock: "10.0.0.0/16" };

function provider(texts: OutageTexts, config: PropertyMap = { region: "us-east-1" }, name = "aws"): Provider {
  const packages = sandboxPackages(new Account("000000000000", loadSeed().objects), undefined, texts);
  const found = packages.find((pkg) => pkg.name === name);
  if (found === undefined) throw new Error(name);
  return found.configure(config);
}

/** What a call ends in. */
async function ended(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    return (error as Error).message;
  }
  return "gets through";
}

const DENY = { denyRegion: ["us-east-1"] };

describe("denied", () => {
  it.each<[string, string]>([
    [
      VPC,
      "UnauthorizedOperation: not authorized to perform: ec2:CreateVpc in us-east-1 with an explicit deny in a service control policy (EC2, status 403)",
    ],
    [
      ROLE,
      "AccessDenied: not authorized to perform: iam:CreateRole in us-east-1 with an explicit deny in a service control policy (IAM, status 403)",
    ],
    [
      "aws:kms/key:Key",
      "AccessDeniedException: not authorized to perform: kms:CreateKey in us-east-1 with an explicit deny in a service control policy (KMS, status 403)",
    ],
  ])("%s", async (type, message) => {
    expect(await ended(() => provider(DENY).create(identity(type, "x"), {}, false))).toBe(message);
  });

  it("reads, changes, deletions and lookups too", async () => {
    const aws = provider(DENY);
    const old = { id: "vpc-1", inputs: BLOCK, outputs: {} };
    const tail = "in us-east-1 with an explicit deny in a service control policy (EC2, status 403)";
    expect(await ended(() => aws.read(identity(VPC, "v"), "vpc-1", old))).toBe(
      `UnauthorizedOperation: not authorized to perform: ec2:DescribeVpc ${tail}`,
    );
    expect(await ended(() => aws.update(identity(VPC, "v"), old, BLOCK, false))).toBe(
      `UnauthorizedOperation: not authorized to perform: ec2:ModifyVpc ${tail}`,
    );
    expect(await ended(() => aws.delete(identity(VPC, "v"), old))).toBe(
      `UnauthorizedOperation: not authorized to perform: ec2:DeleteVpc ${tail}`,
    );
    expect(await ended(() => aws.invoke("aws:route53/getZone:getZone", { name: "example.com" }))).toBe(
      "AccessDenied: not authorized to perform: route53:GetZone in us-east-1 with an explicit deny in a service control policy (Route 53, status 403)",
    );
  });

  it("credentials where STS of the region is lost, whatever is called", async () => {
    const aws = provider({ denyService: ["sts:us-east-1"] });
    expect(await ended(() => aws.create(identity(VPC, "v"), BLOCK, false))).toBe(
      "AccessDenied: failed to refresh cached credentials, not authorized to perform: sts:AssumeRole in us-east-1 with an explicit deny in a service control policy (STS, status 403)",
    );
  });

  it("in the region of the object, where it has another one than its provider", async () => {
    const there = { ...BLOCK, region: "us-east-1" };
    const aws = provider(DENY, { region: "us-west-2" });
    expect(await ended(() => aws.create(identity(VPC, "v"), there, false))).toMatch(/ec2:CreateVpc in us-east-1/);
    expect(await ended(() => aws.create(identity(VPC, "w"), BLOCK, false))).toBe("gets through");
  });

  it("never what makes no call: a check, a comparison, a forecast", async () => {
    const aws = provider(DENY);
    expect(await ended(() => aws.check(identity(VPC, "v"), {}, BLOCK, SEED))).toBe("gets through");
    expect(await ended(() => aws.diff(identity(VPC, "v"), { id: "v", inputs: BLOCK, outputs: {} }, BLOCK))).toBe(
      "gets through",
    );
    expect(await ended(() => aws.create(identity(VPC, "v"), BLOCK, true))).toBe("gets through");
    expect(
      await ended(() => aws.update(identity(VPC, "v"), { id: "v", inputs: BLOCK, outputs: {} }, BLOCK, true)),
    ).toBe("gets through");
    expect(aws.adopt?.(identity(VPC, "v"))).toEqual([]);
  });
});

it("a zone and a registry refuse what is made in them, as the service says it", async () => {
  const subnet = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", availabilityZoneId: "use1-az4" };
  const zone = provider({ denyZone: ["use1-az4"] });
  expect(await ended(() => zone.create(identity("aws:ec2/subnet:Subnet", "s"), subnet, false))).toBe(
    "Unavailable: The Availability Zone use1-az4 is not available.",
  );
  const images = provider({ denyService: ["ecr:us-east-1"] });
  expect(await ended(() => images.create(identity("aws:eks/addon:Addon", "a"), { addonName: "vpc-cni" }, false))).toBe(
    "AddonHealthIssue: The add-on has no ready pods: ImagePullBackOff, 602401143452.dkr.ecr.us-east-1.amazonaws.com does not answer.",
  );
});

it("hanging: the caller waits as long as it is told, then a sentence ends the call", async () => {
  const aws = provider({ denyRegion: ["us-east-1:hang"], callTimeout: 0.05 }, { region: "us-west-2" });
  const started = performance.now();
  expect(await ended(() => aws.create(identity(ROLE, "r"), { assumeRolePolicy: "{}" }, false))).toBe(
    "RequestTimeout: IAM CreateRole in us-east-1: no answer within 0.05 s, context deadline exceeded (--call-timeout)",
  );
  expect(performance.now() - started).toBeGreaterThan(45);
});

describe("flapping", () => {
  const through = async (text: string): Promise<readonly string[]> => {
    const aws = provider({ denyRegion: [text] });
    const names = Array.from({ length: 400 }, (_, index) => `v${index}`);
    const all = await Promise.all(
      names.map(async (name) => [
        name,
        await ended(() => aws.read(identity(VPC, name), name, { inputs: {}, outputs: {} })),
      ]),
    );
    expect(new Set(all.map(([, message]) => message))).toEqual(
      new Set([
        "gets through",
        "ServiceUnavailable: EC2 DescribeVpc in us-east-1: the service is unavailable, please try again (EC2, status 503)",
      ]),
    );
    return all.filter(([, message]) => message === "gets through").map(([name = ""]) => name);
  };

  it("nine in ten fail, the same ones for the same seed", async () => {
    const first = await through("us-east-1:flap");
    // 40 of 400 are meant; five standard deviations to each side.
    expect(first.length).toBeGreaterThan(10);
    expect(first.length).toBeLessThan(70);
    expect(await through("us-east-1:flap")).toEqual(first);
    expect(await through("us-east-1:flap:2")).not.toEqual(first);
  });

  it("the same call gets through when it is tried often enough", async () => {
    const aws = provider({ denyRegion: ["us-east-1:flap"] });
    const tries: string[] = [];
    while (tries.length < 200 && tries.at(-1) !== "gets through")
      tries.push(await ended(() => aws.read(identity(VPC, "v"), "v", { inputs: {}, outputs: {} })));
    expect(tries.at(-1)).toBe("gets through");
  });
});

describe("a cluster", () => {
  const server = "https://ABC.gr7.us-east-1.eks.amazonaws.com";
  const kubeconfig = {
    "current-context": "aws",
    contexts: [{ name: "aws", context: { cluster: "one", user: "aws" } }],
    clusters: [{ name: "one", cluster: { server } }],
  };
  const NAMESPACE = identity("kubernetes:core/v1:Namespace", "n");
  const calling = (texts: OutageTexts) =>
    ended(() => provider(texts, { kubeconfig }, "kubernetes").create(NAMESPACE, {}, false));

  it("is unreachable with its region", async () => {
    const start = `Unreachable: configured Kubernetes cluster is unreachable: Get "${server}/version": dial tcp: i/o timeout`;
    expect(await calling(DENY)).toBe(`${start}: us-east-1 is lost`);
    expect(await calling({ denyRegion: ["us-east-1:hang"], callTimeout: 0.01 })).toBe(
      `${start} after 0.01 s (--call-timeout): us-east-1 is lost`,
    );
  });

  it("and without a token where STS of its region is", async () => {
    expect(await calling({ denyService: ["sts:us-east-1"] })).toBe(
      "Unreachable: configured Kubernetes cluster is unreachable: getting credentials: exec: executable aws failed: STS in us-east-1 gives no token",
    );
  });

  it("and goes on with another region, or with other services of its own", async () => {
    const own = `Unreachable: configured Kubernetes cluster is unreachable: Get "${server}/version": dial tcp: lookup ABC.gr7.us-east-1.eks.amazonaws.com: no such host`;
    expect(await calling({ denyRegion: ["us-west-2"] })).toBe(own);
    expect(await calling({ denyService: ["eks:us-east-1"] })).toBe(own);
  });
});
