/** FrontDoor on fake providers, for the tests of its graph. */
import { FrontDoor, type FrontDoorArgs } from "../../../components/traffic/front-door";
import type { ProviderPackage } from "../../../sandbox/protocol/provider";
import { graphOf } from "../../support/graph";
import { FakeProviders } from "../../support/fake-providers";

/** The least arguments of a front door. */
export const base = {
  vpcId: "vpc-1",
  vpcCidr: "10.30.0.0/16",
  publicSubnetIds: ["subnet-1", "subnet-2"],
  internetGatewayId: "igw-1",
  certificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/1",
  weights: { blue: 100, green: 0 },
  accountId: "000000000000",
  region: "us-east-1",
  protect: true,
} as const;

/** Fake providers that answer for a load balancer what AWS does: its DNS name and the zone of it. */
export function packages(): ProviderPackage[] {
  return new FakeProviders().packages().map((pkg) => ({
    ...pkg,
    configure(config) {
      const provider = pkg.configure(config);
      const create = provider.create.bind(provider);
      provider.create = async (identity, inputs, preview) => {
        const result = await create(identity, inputs, preview);
        if (!identity.type.endsWith(":LoadBalancer")) return result;
        return { ...result, outputs: { ...result.outputs, dnsName: "door.elb.example", zoneId: "ZALB" } };
      };
      return provider;
    },
  }));
}

/** The graph of one front door, `args` over the least arguments. */
export const declare = (args: Partial<FrontDoorArgs> = {}) =>
  graphOf(() => void new FrontDoor("front-door", { ...base, ...args }), { packages: packages() });
