/** What AWS would refuse late, or silently wait for, is refused early: names, delegation, blocks, connections. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certificateNames, certificateProblems } from "../../../components/foundation/requested-certificate";
import { delegatedZone, delegationProblems } from "../../../components/foundation/delegation";
import { lifecycleDocument } from "../../../components/foundation/image-store";
import { Runner, type RunnerArgs, runnerStatements } from "../../../components/foundation/runner";
import { runnerSubnets } from "../../../components/foundation/runner-subnets";
import { StateStore } from "../../../components/foundation/state-store";
import { messageOf } from "../../support/message-of";

describe("certificates", () => {
  test("name each domain, what is under it, and what is under its regional name", () => {
    expect(certificateNames(["example.com", "dev.example.com"], "us-east-1")).toEqual([
      "example.com",
      "*.example.com",
      "*.us-east-1.example.com",
      "dev.example.com",
      "*.dev.example.com",
      "*.us-east-1.dev.example.com",
    ]);
  });

  test("with no name, more than ACM takes, or the generation of another are all told at once", () => {
    const domains = ["a.com", "b.com", "c.com", "d.com"];
    const rows = [
      { region: "us-east-1", generation: "1", domains },
      { region: "us-east-1", generation: "1", domains: [] },
      { region: "us-west-2", generation: "1", domains: ["a.com"] },
    ];
    expect(certificateProblems(rows)).toEqual([
      {
        path: "certificates[0].domains",
        got: "12 names",
        allowed: "up to 10 (https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html)",
        fix: "Have the quota raised, or split the environments over two regions or accounts.",
      },
      { path: "certificates[1].domains", got: [], allowed: "one or more", fix: "Name the environments' domains." },
      {
        path: "certificates[1].generation",
        got: "1",
        allowed: "a name that no other certificate of the region has",
        fix: "Count on.",
      },
    ]);
  });
});

describe("delegation", () => {
  const own = ["ns-1.awsdns-00.org", "ns-2.awsdns-00.com"];

  test("stands when every server that the internet asks is the zone's, however it is written", async () => {
    expect(delegationProblems("example.com", own, ["NS-2.awsdns-00.com.", "ns-1.awsdns-00.org"])).toEqual([]);
    expect(delegationProblems("example.com", own, ["ns-2.awsdns-00.com"])).toEqual([]);
    const zone = { zoneId: "Z1", nameServers: own };
    await expect(delegatedZone("example.com", zone, async () => own)).resolves.toBe("Z1");
  });

  test.each([[[]], [["ns1.registrar.example"]], [["ns-1.awsdns-00.org", "ns1.registrar.example"]]])(
    "does not stand with %j",
    async (found) => {
      const zone = { zoneId: "Z1", nameServers: own };
      await expect(delegatedZone("example.com", zone, async () => found)).rejects.toThrow(
        [
          "1 problem in the delegation of hosted zones:",
          `  example.com: got ${JSON.stringify([...found].sort())}; allowed: ns-1.awsdns-00.org, ns-2.awsdns-00.com; fix: Set these name servers at the registrar, or as an NS record in the parent's zone, and wait for the old ones to expire.`,
        ].join("\n"),
      );
    },
  );

  test("never stands on a server that is not the zone's", () => {
    fc.assert(
      fc.property(fc.array(fc.domain()), fc.domain(), (others, stranger) => {
        expect(delegationProblems("example.com", own, [...own, ...others, `x.${stranger}`])).toHaveLength(1);
      }),
    );
  });
});

describe("repositories", () => {
  test("lose what failed pushes left; of our own images all but the newest, of mirrors none", () => {
    const untagged = {
      rulePriority: 1,
      description: "what a failed push left",
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
      action: { type: "expire" },
    };
    expect(JSON.parse(lifecycleDocument("mirror"))).toEqual({ rules: [untagged] });
    expect(JSON.parse(lifecycleDocument("application"))).toEqual({
      rules: [
        untagged,
        {
          rulePriority: 100,
          description: "releases that nothing runs any more",
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 500 },
          action: { type: "expire" },
        },
      ],
    });
  });
});

describe("the state store", () => {
  test("needs a second region", () => {
    expect(messageOf(() => new StateStore("state", { regions: [], keyAlias: "alias/state", protect: true }))).toBe(
      [
        '1 problem in StateStore "state":',
        "  regions: got 0; allowed: two or more; fix: Name a region for the replica's states: they must be readable while the first one is down.",
      ].join("\n"),
    );
  });
});

describe("the runner", () => {
  const args: RunnerArgs = {
    account: "111122223333",
    region: "us-east-1",
    zoneId: "use1-az1",
    cidr: "10.0.0.0/24",
    project: "fridayproof-runner-us-east-1",
    repository: "my-org/my-platform",
    connectionArn: "",
    image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
    protect: true,
  };

  test("has two subnets", () => {
    expect(runnerSubnets("10.255.0.0/27")).toEqual(["10.255.0.0/28", "10.255.0.16/28"]);
  });

  test.each(["codeconnections", "codestar-connections"])("uses a connection of %s under that name", (service) => {
    const connectionArn = `arn:aws:${service}:us-east-1:111122223333:connection/1`;
    const statements = runnerStatements({ ...args, connectionArn }, "arn:aws:ec2:us-east-1:111122223333:subnet/s");
    expect(statements.find(({ Sid }) => Sid === "Connection")).toEqual({
      Sid: "Connection",
      Effect: "Allow",
      Action: [`${service}:GetConnection`, `${service}:GetConnectionToken`, `${service}:UseConnection`],
      Resource: connectionArn,
    });
  });

  test("takes no other block and no missing connection, and says both", () => {
    expect(messageOf(() => new Runner("runner", args))).toBe(
      [
        '2 problems in Runner "runner":',
        '  cidr: got "10.0.0.0/24"; allowed: a block of /27; fix: Give it that size: two subnets, one for the NAT gateway, one for builds.',
        '  connectionArn: got ""; allowed: the ARN of a connection to GitHub; fix: Make the connection in the console (Developer Tools, Connections) and set its ARN.',
      ].join("\n"),
    );
  });
});
