/** What an environment's flags are in AWS, and how a change and a kill are deployed. */
import { expect, test } from "vitest";
import { FeatureFlags, type FeatureFlagsArgs } from "../../../components/delivery/feature-flags";
import type { FeatureFlag } from "../../../components/delivery/flags/flag";
import { plain, type Value } from "../../../sandbox/property/values";
import { FakeProviders } from "../../support/fake-providers";
import { graphOf } from "../../support/graph";

const flag: FeatureFlag = { owner: "payments", removeBy: "2027-03-01", default: false };
const args: FeatureFlagsArgs = {
  environment: "prod",
  applications: { shop: { checkout: flag } },
  loadBalancerArn: "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/door/50dc6c495c0c9188",
  tags: { environment: "prod" },
};

async function declared(change: Partial<FeatureFlagsArgs> = {}) {
  let policies: Record<string, unknown> = {};
  const graph = await graphOf(
    () => {
      const { readPolicies } = new FeatureFlags("flags", { ...args, ...change });
      for (const [name, policy] of Object.entries(readPolicies))
        policy.apply((text) => (policies = { ...policies, [name]: JSON.parse(text) as unknown }));
    },
    { packages: new FakeProviders().packages() },
  );
  return { graph, policies };
}

test("an application, its environment with the alarm, a profile of flags, and its version deployed", async () => {
  const { graph } = await declared();
  const applicationId = graph.byName("flags-shop").id;
  const tags = { environment: "prod" };
  expect(graph.byName("flags-shop").inputs).toMatchObject({ name: "prod-shop", tags });
  expect(graph.byName("flags-shop-environment").inputs).toMatchObject({
    applicationId,
    name: "prod",
    monitors: [
      {
        alarmArn: graph.byName("flags-errors").outputs["arn"],
        alarmRoleArn: graph.byName("flags-alarm-role").outputs["arn"],
      },
    ],
    tags,
  });
  expect(graph.byName("flags-shop-profile").inputs).toMatchObject({
    applicationId,
    name: "flags",
    locationUri: "hosted",
    type: "AWS.AppConfig.FeatureFlags",
    tags,
  });
  const version = graph.byName("flags-shop-flags").inputs;
  expect(version).toMatchObject({ applicationId, contentType: "application/json" });
  // The provider keeps what a version says as a secret.
  expect(JSON.parse(String(plain(version["content"] as Value)))).toMatchObject({
    values: { checkout: { enabled: false } },
  });
  expect(graph.byName("flags-shop-deployment").inputs).toMatchObject({ applicationId, tags });
  expect(graph.byName("flags-shop-deployment").parent).toBe(graph.byName("flags").urn);
});

test("a change reaches all pods at once and is watched; a kill is watched by nobody", async () => {
  const strategies = (await declared()).graph.ofType("aws:appconfig/deploymentStrategy:DeploymentStrategy");
  const all = { deploymentDurationInMinutes: 0, growthFactor: 100, growthType: "LINEAR", replicateTo: "NONE" };
  expect(Object.fromEntries(strategies.map(({ name, inputs }) => [name, inputs]))).toMatchObject({
    "flags-watched": { ...all, finalBakeTimeInMinutes: 10 },
    "flags-kill": { ...all, finalBakeTimeInMinutes: 0 },
  });
  const strategyOf = async (checkout: FeatureFlag) => {
    const { graph } = await declared({ applications: { shop: { checkout } } });
    const id = graph.byName("flags-shop-deployment").inputs["deploymentStrategyId"];
    return strategies.find((strategy) => strategy.id === id)?.name;
  };
  expect(await strategyOf(flag)).toBe("flags-watched");
  expect(await strategyOf({ ...flag, killed: "it charges twice" })).toBe("flags-kill");
});

test("the alarm is the share of failed requests at the load balancer, of a minute with enough of them", async () => {
  const { graph } = await declared();
  const metric = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "AWS/ApplicationELB",
      metricName,
      dimensions: { LoadBalancer: "app/door/50dc6c495c0c9188" },
      stat: "Sum",
      period: 60,
    },
  });
  expect(graph.byName("flags-errors").inputs).toMatchObject({
    metricQueries: [
      metric("requests", "RequestCount"),
      metric("errors", "HTTPCode_Target_5XX_Count"),
      { id: "ratio", expression: "IF(requests >= 50, FILL(errors, 0) / requests, 0)", returnData: true },
    ],
    evaluationPeriods: 2,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0.01,
    treatMissingData: "notBreaching",
  });
});

test("AppConfig may read that alarm and nothing else, and pods their own flags", async () => {
  const { graph, policies } = await declared();
  const statements = (text: unknown) => (JSON.parse(String(text)) as { Statement: unknown }).Statement;
  expect(statements(graph.byName("flags-alarm-role").inputs["assumeRolePolicy"])).toEqual([
    { Effect: "Allow", Principal: { Service: "appconfig.amazonaws.com" }, Action: ["sts:AssumeRole"] },
  ]);
  expect(statements(graph.byName("flags-alarm-policy").inputs["policy"])).toEqual([
    { Effect: "Allow", Action: ["cloudwatch:DescribeAlarms"], Resource: graph.byName("flags-errors").outputs["arn"] },
  ]);
  const environment = String(graph.byName("flags-shop-environment").outputs["arn"]);
  const profile = String(graph.byName("flags-shop-profile").outputs["configurationProfileId"]);
  expect(policies).toMatchObject({
    shop: {
      Statement: [
        {
          Effect: "Allow",
          Action: ["appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"],
          Resource: `${environment}/configuration/${profile}`,
        },
      ],
    },
  });
});

test("without flags, or with a wrong one, nothing is declared", async () => {
  await expect(declared({ applications: {} })).rejects.toThrow(
    'FeatureFlags "flags":\n  applications: got {}; allowed: one application or more; fix: Declare the component only where an application has flags.',
  );
  await expect(declared({ applications: { shop: { checkout: { ...flag, owner: "" } } } })).rejects.toThrow(
    'shop.checkout.owner: got ""; allowed: a team; fix: Name the team that owns the flag.',
  );
});
