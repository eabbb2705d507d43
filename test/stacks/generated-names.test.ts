/** Names that Pulumi makes up end in a dash and seven characters: none is longer than what pulumi-aws and the service take. */
import { expect, test } from "vitest";
import { nameLimits } from "../../components/core/limits/names";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { prod } from "../../stacks/environments/prod";
import { staging } from "../../stacks/environments/staging";
import { foreseen } from "../support/change";
import { foundationGraph } from "../support/foundation-account";
import type { Graph } from "../support/graph";

const MINUTES_2 = 120_000;

/**
 * The longest name of each type that the platform leaves to Pulumi: the lesser of pulumi-aws' limit
 * (provider/resource_overrides.go, aliases.go; 255 where it has none) and the service's.
 */
const LONGEST: Readonly<Record<string, number>> = {
  "aws:cloudwatch/logGroup:LogGroup": 255,
  "aws:cloudwatch/metricAlarm:MetricAlarm": 255,
  "aws:ec2/launchTemplate:LaunchTemplate": nameLimits.launchTemplate.value,
  "aws:ec2/securityGroup:SecurityGroup": 255,
  "aws:eks/nodeGroup:NodeGroup": nameLimits.eksNodegroup.value,
  "aws:iam/role:Role": nameLimits.iamRole.value,
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
  "aws:iam/rolePolicy:RolePolicy": 128,
  "aws:lb/loadBalancer:LoadBalancer": nameLimits.loadBalancer.value,
  "aws:lb/targetGroup:TargetGroup": nameLimits.targetGroup.value,
  "aws:s3/bucket:Bucket": nameLimits.s3Bucket.value,
  "aws:sns/topic:Topic": 80,
};

/** Properties that hold a name. */
const NAMES = ["name", "bucket", "nodeGroupName"] as const;

/** `<type> <logical name>` and the made-up name of every resource of AWS that the program does not name itself. */
function generatedNames({
  resources,
}: Graph): { readonly what: string; readonly type: string; readonly name: string }[] {
  return resources
    .filter(({ type }) => type.startsWith("aws:"))
    .flatMap(({ type, name: logical, inputs }) => {
      const defaults = Array.isArray(inputs["__defaults"]) ? inputs["__defaults"] : [];
      return NAMES.filter((property) => defaults.includes(property)).map((property) => ({
        what: `${type} ${logical}`,
        type,
        name: String(inputs[property]),
      }));
    });
}

function expectFit(graph: Graph, atLeast: number): void {
  const names = generatedNames(graph);
  expect(names.length).toBeGreaterThanOrEqual(atLeast);
  expect(names.filter(({ type }) => LONGEST[type] === undefined)).toEqual([]);
  expect(names.filter(({ type, name }) => name.length > (LONGEST[type] ?? 0))).toEqual([]);
}

const both = (environment: EnvironmentInput): EnvironmentInput => {
  const [generation] = Object.values(environment.slots);
  if (generation === undefined) throw new Error(`${environment.name} has no slot`);
  return { ...environment, slots: { blue: generation, green: generation } };
};

test.each([dev, staging, prod])(
  "of $name with both colours each made-up name fits",
  async (environment) => {
    const graph = await foreseen({ environment: both(environment) });
    expectFit(graph, 25);
    for (const color of ["blue", "green"]) {
      const roles = generatedNames(graph).filter(({ what }) => what.startsWith(`aws:iam/role:Role ${color}-`));
      expect(roles.length).toBeGreaterThanOrEqual(6);
    }
  },
  MINUTES_2,
);

test("of the foundation each made-up name fits", async () => {
  expectFit(await foundationGraph({ preview: true }), 1);
});
