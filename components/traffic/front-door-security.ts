/** The load balancer's security group: the internet reaches 80 and 443, and only gateway ports may be reached. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trafficLimits } from "../core/limits/traffic";

/** Arguments of {@link frontDoorSecurity}. */
export interface FrontDoorSecurityArgs {
  /** VPC of the load balancer. */
  readonly vpcId: pulumi.Input<string>;
  /** The VPC's range, where the gateway pods are. */
  readonly vpcCidr: pulumi.Input<string>;
  /** Tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

const anyone = "0.0.0.0/0";

/**
 * Declares the group and its rules. Rules are resources of their own: written inside the group, each change to one of
 * them would rewrite all, and a rule that a slot adds would be taken away by the next update.
 */
export function frontDoorSecurity(
  name: string,
  args: FrontDoorSecurityArgs,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    name,
    {
      vpcId: args.vpcId,
      description: "Load balancer in front of the gateways",
      tags: { ...args.tags, Name: name },
    },
    { parent },
  );
  const common = { securityGroupId: group.id, ipProtocol: "tcp" };
  const ingress = { http: trafficLimits.httpPort.value, https: trafficLimits.httpsPort.value };
  for (const [role, port] of Object.entries(ingress)) {
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-${role}`,
      { ...common, cidrIpv4: anyone, fromPort: port, toPort: port, description: `${role} from anywhere` },
      { parent },
    );
  }
  const egress = { gateway: trafficLimits.gatewayPort.value, health: trafficLimits.gatewayHealthPort.value };
  for (const [role, port] of Object.entries(egress)) {
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-${role}`,
      {
        ...common,
        cidrIpv4: args.vpcCidr,
        fromPort: port,
        toPort: port,
        description: `${role} port of the gateways`,
      },
      { parent },
    );
  }
  return group;
}
