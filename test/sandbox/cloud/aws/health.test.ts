/** What answers: target groups with bindings, and Route 53's view of a load balancer in front of an empty one. */
import { expect, it } from "vitest";
import { emptyGroupBehind, hasTargets } from "../../../../sandbox/cloud/aws/object/health";
import { Cloud, clusterInputs, object, type Thing } from "./cloud";

function front() {
  const cloud = new Cloud();
  const { vpc, subnets } = cloud.network("use1-az1", "use1-az2");
  const balancer = cloud.make("aws:lb/loadBalancer:LoadBalancer", "front", { subnets: subnets.map(({ id }) => id) });
  const [blue, green] = ["blue", "green"].map((name) =>
    cloud.make("aws:lb/targetGroup:TargetGroup", name, { vpcId: vpc.id, port: 80, protocol: "HTTP" }),
  ) as [Thing, Thing];
  const targetGroups = [blue, green].map(({ id }, index) => ({ arn: id, weight: index === 0 ? 100 : 0 }));
  cloud.make("aws:lb/listener:Listener", "https", {
    loadBalancerArn: balancer.id,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", forward: { targetGroups } }],
  });
  const bind = ({ id, name }: Thing) =>
    cloud.account.put({
      ...object("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", `istio-ingress/${name}`, {
        spec: { targetGroupARN: id },
      }),
      scope: "cluster/demo",
    });
  const record = (evaluateTargetHealth: boolean) => ({
    inputs: { aliases: [{ name: balancer.outputs.dnsName ?? "", zoneId: "Z", evaluateTargetHealth }] },
  });
  return { cloud, blue, green, bind, record };
}

it("a TargetGroupBinding is what registers targets", () => {
  const { cloud, blue, green, bind } = front();
  bind(blue);
  expect([hasTargets(cloud.account, blue.id), hasTargets(cloud.account, green.id)]).toEqual([true, false]);
});

it("one empty target group makes an evaluated alias unhealthy, even at weight 0", () => {
  const { cloud, blue, green, bind, record } = front();
  expect(emptyGroupBehind(cloud.account, record(true))).toBe(blue.id);
  bind(blue);
  expect(emptyGroupBehind(cloud.account, record(true))).toBe(green.id);
  expect(emptyGroupBehind(cloud.account, record(false))).toBeUndefined();
  bind(green);
  expect(emptyGroupBehind(cloud.account, record(true))).toBeUndefined();
});

it("what lives in a cluster's API goes with the cluster", () => {
  const cloud = new Cloud();
  const cluster = cloud.make("aws:eks/cluster:Cluster", "c", clusterInputs(cloud));
  const inside = (scope: string) => ({ ...object("kubernetes:core/v1:Namespace", "shop", {}), scope });
  cloud.account.put(inside("cluster/c"));
  cloud.account.put(inside("cluster/other"));
  cloud.drop(cluster);
  expect(cloud.account.all("kubernetes:core/v1:Namespace").map(({ scope }) => scope)).toEqual(["cluster/other"]);
});
