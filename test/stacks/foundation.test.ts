/** The foundation as it is declared: what is protected, what waits for what, and what environments find of it. */
import { beforeAll, describe, expect, test } from "vitest";
import * as conventions from "../../stacks/inputs/conventions";
import { foundation } from "../../stacks/account/foundation";
import { foundationProgram } from "../../stacks/account/program";
import { ownedSecrets } from "../../stacks/account/secrets";
import { environments } from "../../stacks/environments/environments";
import { accountRoleArn } from "../../stacks/inputs/roles";
import { emptyAccount, foundationGraph } from "../support/foundation-account";
import { type Graph, graphOf } from "../support/graph";
import { createdBefore } from "../support/order";

const ACCOUNT = conventions.SANDBOX_ACCOUNT;

describe("the foundation", () => {
  let graph: Graph;
  const named = (name: string) => graph.byName(name);
  const names = (type: string) =>
    graph
      .ofType(type)
      .map(({ name }) => name)
      .sort();

  beforeAll(async () => {
    graph = await foundationGraph();
  });

  test("protects certificates with their records, keys with their aliases, buckets, secrets and copies of databases, and nothing else", () => {
    const isProtected = graph.resources.filter(({ protect }) => protect === true).map(({ name }) => name);
    expect(isProtected.sort()).toEqual(
      [
        ...foundation.certificates.flatMap(({ region, generation, domains }) => [
          `certificates-${region}-${generation}`,
          ...domains.map((domain) => `certificates-${region}.${domain}`),
        ]),
        ...new Set(foundation.certificates.flatMap(({ domains }) => domains.map((domain) => `certificates-${domain}`))),
        ...foundation.regions.flatMap((region) => [
          `state-alias-${region}`,
          `state-bucket-${region}`,
          `state-key-${region}`,
        ]),
        ...["prod", "replica"].flatMap((name) => [`backups-${name}-key`, `backups-${name}-vault`]),
        ...ownedSecrets(environments).map(({ environment, name }) => `secret-${environment}-${name}`),
        "trail-bucket",
      ].sort(),
    );
  });

  test("takes all protection off for a teardown, and lets content go with its container", async () => {
    const torn = await foundationGraph({ config: { "fridayproof:teardown": "true" } });
    expect(torn.resources.filter(({ protect }) => protect === true)).toEqual([]);
    expect(torn.byName("state-bucket-us-east-1").inputs).toMatchObject({ forceDestroy: true });
    expect(torn.byName("images-us-east-1-apps/sample").inputs).toMatchObject({ forceDelete: true });
    expect(String(torn.byName("state-bucket-us-east-1-policy").inputs.policy)).not.toContain("NobodyDeletesHistory");
  });

  test("gives every name that environments compute", () => {
    for (const role of ["deploy", "preview", "ecr-push", "read-only", "break-glass"] as const)
      expect(named(`roles-${role}`).outputs.arn).toBe(accountRoleArn(ACCOUNT, role));
    expect(named("github").outputs.arn).toBe(conventions.githubProviderArn(ACCOUNT));
    for (const region of foundation.regions) {
      expect(named(`state-bucket-${region}`).inputs.bucket).toBe(conventions.stateBucketName(ACCOUNT, region));
      expect(named(`state-alias-${region}`).inputs.name).toBe(conventions.STATE_KEY_ALIAS);
      const repository = conventions.applicationRepository("sample");
      expect(named(`images-${region}-apps/sample`).outputs.repositoryUrl).toBe(
        `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${repository}`,
      );
    }
  });

  test("has one key in both regions, under one alias, that encrypts each region's states", () => {
    expect(named("state-key-us-east-1").inputs).toMatchObject({ multiRegion: true, enableKeyRotation: true });
    expect(named("state-key-us-west-2").inputs.primaryKeyArn).toBe(named("state-key-us-east-1").outputs.arn);
    expect(named("state-key-us-west-2").id).toBe(named("state-key-us-east-1").id);
    for (const region of foundation.regions) {
      expect(named(`state-bucket-${region}-encryption`).inputs.rules).toMatchObject([
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: named(`state-key-${region}`).outputs.arn,
          },
        },
      ]);
      expect(named(`state-bucket-${region}-versions`).inputs.versioningConfiguration).toMatchObject({
        status: "Enabled",
      });
    }
  });

  test("closes every bucket to the public", () => {
    expect(names("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")).toEqual(
      names("aws:s3/bucket:Bucket").map((name) => `${name}-closed`),
    );
    for (const { inputs } of graph.ofType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"))
      expect(inputs).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
  });

  test("has the same repositories in both regions before anything is copied: ECR would make them itself, mutable", () => {
    const repositories = names("aws:ecr/repository:Repository");
    const of = (region: string) =>
      repositories.filter((name) => name.includes(region)).map((name) => name.replace(region, ""));
    for (const region of foundation.regions) expect(of(region)).toEqual(of("us-east-1"));
    const before = createdBefore(graph, "images-replication");
    expect(repositories.filter((name) => !before.has(name))).toEqual([]);
    for (const { inputs } of graph.ofType("aws:ecr/repository:Repository"))
      expect(inputs).toMatchObject({
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS" }],
      });
  });

  test("copies images both ways, so that a fix which is pushed while one region is lost is there again in both", () => {
    const [home = "", ...others] = foundation.regions;
    const copies = graph.ofType("aws:ecr/replicationConfiguration:ReplicationConfiguration");
    expect(copies.map(({ name }) => name)).toEqual(["images-replication", "images-replication-us-west-2"]);
    const to = [others, [home, ...others.slice(1)]];
    expect(copies.map(({ inputs }) => inputs.replicationConfiguration)).toEqual(
      to.map((regions) => ({
        rules: [
          {
            destinations: regions.map((region) => ({ region, registryId: ACCOUNT })),
            repositoryFilters: [{ filter: "fridayproof/", filterType: "PREFIX_MATCH" }],
          },
        ],
      })),
    );
  });

  test("asks for each record once, and issues no certificate before its records stand", () => {
    const domains = foundation.certificates.flatMap((row) => row.domains);
    // One for each name under a domain, and one for each regional name.
    expect(names("aws:route53/record:Record")).toHaveLength(new Set(domains).size + domains.length);
    expect([...createdBefore(graph, "certificates-us-west-2-1-issued")].sort()).toEqual(
      expect.arrayContaining(["certificates-example.com", "certificates-us-west-2.example.com"]),
    );
    expect(createdBefore(graph, "certificates-us-east-1-1-issued")).toContain("certificates-us-east-1.dev.example.com");
    expect(named("certificates-us-east-1-1-issued").customTimeouts).toEqual({ create: 900 });
    expect(named("certificates-us-east-1-1").inputs).toMatchObject({
      domainName: "example.com",
      tags: conventions.CERTIFICATE_TAGS,
    });
  });

  test("lets CloudTrail in before there is a trail, and records every region", () => {
    expect(createdBefore(graph, "trail-of-all-regions")).toContain("trail-bucket-policy");
    expect(named("trail-of-all-regions").inputs).toMatchObject({
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
    });
  });

  test("has the identity provider before the roles that trust it", () => {
    for (const role of ["deploy", "preview", "ecr-push"])
      expect(createdBefore(graph, `roles-${role}`)).toContain("github");
  });

  test("trusts exactly the workflows of the repository", () => {
    const conditions = (role: string): unknown =>
      (JSON.parse(String(named(`roles-${role}`).inputs.assumeRolePolicy)) as { Statement: { Condition: unknown }[] })
        .Statement[0]?.Condition;
    const key = (claim: string) => `token.actions.githubusercontent.com:${claim}`;
    const repository = "example-org/example-platform";
    const workflow = (file: string) => `${repository}/.github/workflows/${file}@refs/heads/main`;
    const aud = { [key("aud")]: "sts.amazonaws.com" };
    expect(conditions("deploy")).toEqual({
      StringEquals: {
        ...aud,
        [key("sub")]: `repo:${repository}:environment:production`,
        [key("job_workflow_ref")]: workflow("deploy.yml"),
      },
    });
    expect(conditions("preview")).toEqual({
      StringEquals: { ...aud, [key("sub")]: `repo:${repository}:environment:preview` },
    });
    expect(conditions("ecr-push")).toEqual({
      StringEquals: {
        ...aud,
        [key("sub")]: `repo:${repository}:ref:refs/heads/main`,
        [key("job_workflow_ref")]: [workflow("mirror.yml"), workflow("release.yml")],
      },
    });
  });

  test("uses the provider that the account has, and the subject that GitHub shows, where they are configured", async () => {
    const other = await foundationGraph({
      config: {
        "fridayproof:githubProviderArn": conventions.githubProviderArn(ACCOUNT),
        "fridayproof:githubSubject": "repo:example-org@1/example-platform@2",
      },
    });
    expect(other.ofType("aws:iam/openIdConnectProvider:OpenIdConnectProvider")).toEqual([]);
    const trust = String(other.byName("roles-deploy").inputs.assumeRolePolicy);
    expect(trust).toContain('"repo:example-org@1/example-platform@2:environment:production"');
    expect(trust).toContain(conventions.githubProviderArn(ACCOUNT));
  });

  test("has no runner unless a row asks for one; then one address, closed to the outside, and a way out before builds", async () => {
    expect(graph.ofType("aws:codebuild/project:Project")).toEqual([]);
    const runners = [{ region: "us-east-1", zoneId: "use1-az1", cidr: "10.255.0.0/27" }];
    const connection = "arn:aws:codeconnections:us-east-1:000000000000:connection/1";
    const config = {
      "fridayproof:account": ACCOUNT,
      "fridayproof:githubRepository": "example-org/example-platform",
      "fridayproof:githubConnectionArn": connection,
    };
    const made = await graphOf(() => foundationProgram({ ...foundation, runners }), {
      stack: "foundation",
      config,
      account: emptyAccount(),
    });
    expect(made.ofType("aws:ec2/eip:Eip").map(({ name, protect }) => [name, protect])).toEqual([
      ["runner-us-east-1-network-address", true],
    ]);
    expect(made.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")).toEqual([]);
    expect(createdBefore(made, "runner-us-east-1-project")).toContain("runner-us-east-1-network-private-default-route");
    expect(made.byName("runner-us-east-1-webhook").inputs.filterGroups).toEqual([
      expect.objectContaining({ filters: [expect.objectContaining({ pattern: "WORKFLOW_JOB_QUEUED" })] }),
    ]);
    expect(made.byName("runner-us-east-1-flow-log").inputs).toMatchObject({ trafficType: "ALL" });
  });

  test("makes a certificate that follows another beside it, with the same records", async () => {
    const before = graph;
    const next = { region: "us-west-2", generation: "2", domains: ["example.com"] };
    const certificates = [...foundation.certificates, next];
    const config = { "fridayproof:account": ACCOUNT, "fridayproof:githubRepository": "example-org/example-platform" };
    const after = await graphOf(() => foundationProgram({ ...foundation, certificates }), {
      stack: "foundation",
      config,
      account: before.account,
      snapshot: before.snapshot,
    });
    const known = new Map(before.resources.map(({ urn, id }) => [urn as string, id]));
    const changed = after.resources.filter(({ urn, id }) => known.get(urn) !== id).map(({ name }) => name);
    expect(changed.sort()).toEqual(["certificates-us-west-2-2", "certificates-us-west-2-2-issued"]);
  });
});
