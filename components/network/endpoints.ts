/** Ways to AWS's services that do not leave the VPC: nodes still start and pods still log in while NAT is away. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trafficLimits } from "../core/limits/traffic";
import type { InterfaceService } from "./interface-services";

/** Arguments of {@link interfaceEndpoints}. */
export interface InterfaceEndpointArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** The VPC's block: who may use the endpoints. */
  readonly cidr: string;
  /** The nodes' subnets, one per zone. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly services: readonly InterfaceService[];
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Declares one security group and the endpoints; nothing where no service is chosen.
 * @returns the endpoints: resources that reach AWS through them must depend on them.
 */
export function interfaceEndpoints(
  name: string,
  args: InterfaceEndpointArgs,
  parent: pulumi.ComponentResource,
): readonly pulumi.Resource[] {
  if (args.services.length === 0) return [];
  const own = `${name}-endpoints`;
  const group = new aws.ec2.SecurityGroup(
    own,
    { vpcId: args.vpcId, description: "Interface endpoints", tags: { ...args.tags, Name: own } },
    { parent },
  );
  const port = trafficLimits.httpsPort.value;
  const open = new aws.vpc.SecurityGroupIngressRule(
    `${own}-https`,
    {
      securityGroupId: group.id,
      cidrIpv4: args.cidr,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      description: "HTTPS from the VPC",
    },
    { parent },
  );
  return args.services.map((service) => {
    const endpoint = `${name}-endpoint-${service.replaceAll(".", "-")}`;
    return new aws.ec2.VpcEndpoint(
      endpoint,
      {
        vpcId: args.vpcId,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${args.region}.${service}`,
        subnetIds: [...args.subnetIds],
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        tags: { ...args.tags, Name: endpoint },
      },
      // From its first second the service's name leads here: closed, it would cut off nodes that NAT still served.
      { parent, dependsOn: [open] },
    );
  });
}
