/** Rule flow-logs. */
import { counted } from "@fridayproof/components/core";
import { violation } from "../kit/finding/finding";
import { declare, fix as words, type Remedy } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachResource, stackRule } from "../kit/rule/rule";
import { types } from "../kit/reading/types";

/** Every VPC has a flow log for all traffic. */
export const flowLogs = stackRule({
  id: "flow-logs",
  group: "security",
  level: "mandatory",
  forbids: "A VPC without a flow log of all traffic.",
  prevents: "An intrusion that leaves no trace in the network.",
  source: "Security Hub EC2.6",
  settings: {},
  limits: "A flow log belongs to the VPC that its vpcId was made from.",
  examples: {
    bad: "new aws.ec2.FlowLog('log', { vpcId: otherVpc.id, trafficType: 'ALL' })",
    good: "{ vpcId: vpc.id, trafficType: 'ALL' }",
  },
  *check(stack) {
    const logs = stack.of(types.flowLog);
    yield* eachResource(stack.of(types.vpc), function* (vpc) {
      const own = logs.filter((log) => stack.linked(log, "vpcId").includes(vpc));
      const fix = logOf(vpc);
      if (own.length === 0) {
        yield violation(vpc, { got: "no flow log", expected: "one of all traffic", fix });
        return;
      }
      const kinds = new Set(own.map((log) => log.at("trafficType").text()?.toUpperCase()));
      // A log for ACCEPT and one for REJECT together cover all traffic.
      if (kinds.has("ALL") || (kinds.has("ACCEPT") && kinds.has("REJECT"))) return;
      yield violation(vpc, {
        got: `${counted(own.length, "flow log")}, none of all traffic`,
        expected: "trafficType: ALL",
        fix,
      });
    });
  },
});

/** Adds a flow log with traffic type ALL for the VPC. */
function logOf(vpc: Resource): Remedy {
  const log = declare({
    type: types.flowLog,
    name: `${vpc.name}-flows`,
    props: {
      vpcId: `${vpc.name}.id`,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: "arn:aws:s3:::flow-logs",
    },
    links: { vpcId: [vpc.urn] },
  });
  return words`${log}, with a bucket of your own`;
}
