/** NAT gateways: one for all zones or one in each, with their fixed addresses. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** How many NAT gateways there are. */
export type NatMode = "single" | "per-az";

/** Arguments of {@link natGateways}. */
export interface NatArgs {
  readonly mode: NatMode;
  readonly zones: readonly string[];
  readonly controlPlaneZones: readonly string[];
  /** Public subnets by zone id. */
  readonly subnets: ReadonlyMap<string, aws.ec2.Subnet>;
  readonly internetGateway: aws.ec2.InternetGateway;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The zones that get a NAT gateway. A single one stands in the lowest of the frozen control-plane zones: the one
 * choice that neither a new zone nor another order of the list can move.
 */
export function natZones(args: Pick<NatArgs, "mode" | "zones" | "controlPlaneZones">): string[] {
  if (args.mode === "per-az") return [...args.zones];
  return [...args.controlPlaneZones].sort().slice(0, 1);
}

/**
 * Declares the NAT gateways.
 * @returns for every zone the gateway that serves it.
 */
export function natGateways(
  name: string,
  args: NatArgs,
  parent: pulumi.ComponentResource,
): ReadonlyMap<string, aws.ec2.NatGateway> {
  const gateways = new Map(
    natZones(args).map((zoneId) => [zoneId, natGateway(`${name}-nat-${zoneId}`, args, zoneId, parent)] as const),
  );
  const [only] = gateways.values();
  return new Map(
    args.zones.flatMap((zoneId) => {
      const gateway = gateways.get(zoneId) ?? only;
      return gateway === undefined ? [] : [[zoneId, gateway] as const];
    }),
  );
}

function natGateway(name: string, args: NatArgs, zoneId: string, parent: pulumi.ComponentResource): aws.ec2.NatGateway {
  const tags = { ...args.tags, Name: name };
  // AWS returns errors for an address or a NAT gateway that is made before the internet gateway is attached.
  const address = new aws.ec2.Eip(
    `${name}-address`,
    { domain: "vpc", tags },
    { parent, dependsOn: [args.internetGateway] },
  );
  return new aws.ec2.NatGateway(
    name,
    { allocationId: address.id, subnetId: args.subnets.get(zoneId)?.id ?? "", tags },
    { parent, dependsOn: [args.internetGateway] },
  );
}
