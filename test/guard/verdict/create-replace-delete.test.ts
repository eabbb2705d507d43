/** What is made, replaced or deleted as a whole. */
import { describe, expect, test } from "vitest";
import { verdictOnBytes, preview, terraform, urnOf } from "./support";

const FIRST = ["create", "delete"];
const LAST = ["delete", "create"];
const known = { name: "a" };

describe("what Terraform makes", () => {
  test.each([
    ["a queue", "aws_sqs_queue", { name: "a" }, {}, "SAFE"],
    [
      "a route in a table that stands",
      "aws_route",
      { route_table_id: "rtb-1", destination_cidr_block: "10.0.0.0/8" },
      {},
      "UNKNOWN",
    ],
    [
      "a route in a table that is new",
      "aws_route",
      { destination_cidr_block: "10.0.0.0/8" },
      { route_table_id: true },
      "SAFE",
    ],
    [
      "an endpoint that takes a service over",
      "aws_vpc_endpoint",
      { vpc_id: "vpc-1", private_dns_enabled: true },
      {},
      "UNKNOWN",
    ],
    ["an endpoint of a new network", "aws_vpc_endpoint", { private_dns_enabled: true }, { vpc_id: true }, "SAFE"],
    [
      "a private zone of a network that stands",
      "aws_route53_zone",
      { name: "example.com", vpc: [{ vpc_id: "vpc-1" }] },
      {},
      "UNKNOWN",
    ],
    ["a public zone", "aws_route53_zone", { name: "example.com", vpc: [] }, {}, "SAFE"],
    [
      "a policy for everybody in the account",
      "aws_s3_account_public_access_block",
      { block_public_acls: true },
      {},
      "UNKNOWN",
    ],
    [
      "the complete list of a role",
      "aws_iam_role_policies_exclusive",
      { role_name: "a", policy_names: [] },
      {},
      "UNKNOWN",
    ],
    ["the default rules of a network that stands", "aws_default_security_group", { vpc_id: "vpc-1" }, {}, "UNKNOWN"],
    ["a record that overwrites", "aws_route53_record", { name: "a", allow_overwrite: true }, {}, "UNKNOWN"],
    ["a command", "null_resource", {}, {}, "UNKNOWN"],
    ["a random name", "random_pet", {}, {}, "SAFE"],
  ] as const)("%s", (_about, type, after, unknown, verdict) => {
    expect(verdictOnBytes(terraform([{ type, actions: ["create"], after, unknown }])).verdict).toBe(verdict);
  });
});

test.each([
  ["less", { size: 10 }, {}, "DEGRADES"],
  ["more", { size: 30 }, {}, "SAFE"],
  ["as much as the run will say", {}, { size: true }, "UNKNOWN"],
] as const)("a volume of 20 GiB gets %s", (_about, after, unknown, verdict) => {
  const change = { type: "aws_ebs_volume", before: { size: 20 }, after, unknown };
  expect(verdictOnBytes(terraform([change])).verdict).toBe(verdict);
});

describe("what Terraform replaces or deletes", () => {
  test.each([
    ["a balancer, the new one first", "aws_lb", FIRST, { name: "a" }, { name: "b" }, "DEGRADES"],
    ["a balancer, the old one first", "aws_lb", LAST, known, known, "DOWNTIME"],
    ["a cluster", "aws_eks_cluster", FIRST, { name: "a" }, { name: "b" }, "DOWNTIME"],
    [
      "nodes, the new ones first",
      "aws_eks_node_group",
      FIRST,
      { node_group_name: "a" },
      { node_group_name: "b" },
      "DEGRADES",
    ],
    ["nodes, the old ones first", "aws_eks_node_group", LAST, known, known, "DOWNTIME"],
    ["a database", "aws_db_instance", FIRST, { identifier: "a" }, { identifier: "b" }, "DOWNTIME"],
    ["a table", "aws_dynamodb_table", LAST, known, known, "DOWNTIME"],
    ["a way out", "aws_nat_gateway", LAST, known, known, "DOWNTIME"],
    ["a rule of a group", "aws_security_group_rule", LAST, known, known, "DOWNTIME"],
    ["a database of a type that nobody knows", "acme_database", LAST, known, known, "DOWNTIME"],
    ["a thing of a type that nobody knows", "acme_widget", LAST, known, known, "UNKNOWN"],
  ] as const)("%s", (_about, type, actions, before, after, verdict) => {
    expect(verdictOnBytes(terraform([{ type, actions, before, after, unknown: { id: true } }])).verdict).toBe(verdict);
  });

  test.each([
    ["a balancer", "aws_lb", "DOWNTIME"],
    ["a key", "aws_kms_key", "DOWNTIME"],
    ["a bucket", "aws_s3_bucket", "DOWNTIME"],
    ["a record", "aws_route53_record", "DOWNTIME"],
    ["a namespace", "kubernetes_namespace", "DOWNTIME"],
    ["a dashboard", "aws_cloudwatch_dashboard", "SAFE"],
    ["a thing of a type that nobody knows", "acme_widget", "UNKNOWN"],
  ] as const)("deleted: %s", (_about, type, verdict) => {
    expect(verdictOnBytes(terraform([{ type, actions: ["delete"], before: { id: "x", name: "a" } }])).verdict).toBe(
      verdict,
    );
  });

  test("what is only forgotten stays alive", () => {
    expect(
      verdictOnBytes(terraform([{ type: "aws_db_instance", actions: ["forget"], before: { id: "x" } }])).verdict,
    ).toBe("SAFE");
  });

  test("the new one cannot come first under the old one's name", () => {
    const { changes } = verdictOnBytes(
      terraform([{ type: "aws_sqs_queue", actions: FIRST, before: known, after: known }]),
    );
    expect(changes[0]?.findings.map(({ reason }) => reason).join()).toContain(
      "the run fails half way: name does not change",
    );
  });
});

describe("what Pulumi replaces", () => {
  const type = "aws:rds/proxy:Proxy";
  const order = (state: Record<string, unknown>, next: Record<string, unknown> = {}): string | undefined =>
    verdictOnBytes(
      preview([{ op: "replace", type, old: { name: "a" }, next: { name: "b", ...next }, state, diff: ["name"] }]),
    ).changes[0]?.order;

  test("is made first or deleted first as the old state is marked", () => {
    expect([order({ delete: true }), order({ pendingReplacement: true })]).toEqual(["create-first", "delete-first"]);
  });

  test("is deleted first without a mark where a name stays fixed", () => {
    expect([order({}, { name: "a", __defaults: [] }), order({}, { name: "a", __defaults: ["name"] })]).toEqual([
      "delete-first",
      undefined,
    ]);
  });

  test("counts as the worse where nobody says the order", () => {
    const result = verdictOnBytes(
      preview([
        {
          op: "replace",
          type: "aws:lb/loadBalancer:LoadBalancer",
          old: { name: "a" },
          next: { name: "b" },
          diff: ["name"],
        },
      ]),
    );
    expect(result.verdict).toBe("DOWNTIME");
  });

  test("is judged although it shows no difference, when its provider is replaced", () => {
    const kind = "kubernetes:apps/v1:Deployment";
    const inputs = { metadata: { name: "web" } };
    const result = verdictOnBytes(
      preview([
        { op: "replace", type: kind, old: inputs, next: inputs, state: { pendingReplacement: true }, diff: null },
      ]),
    );
    expect(result.changes[0]).toMatchObject({ address: urnOf(kind), verdict: "DOWNTIME" });
  });

  test("is not believed to change nothing where an update shows nothing", () => {
    expect(
      verdictOnBytes(preview([{ op: "update", type, old: { name: "a" }, next: { name: "a" }, diff: null }])).verdict,
    ).toBe("UNKNOWN");
  });
});
