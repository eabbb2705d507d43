/** Example of FeatureFlags: a checkout that some people have already, and a switch that is off for everybody. */
import type * as aws from "@pulumi/aws";
import { FeatureFlags } from "../../../../components/delivery/feature-flags";
import type { FrontDoor } from "../../../../components/traffic/front-door";

export function shopFlags(provider: aws.Provider, door: FrontDoor): FeatureFlags {
  return new FeatureFlags(
    "feature-flags",
    {
      environment: "prod",
      applications: {
        shop: {
          "new-checkout": {
            description: "Checkout in one step",
            owner: "payments",
            removeBy: "2027-03-01",
            default: false,
            segments: ["internal", "beta"],
            countries: ["DE"],
            percentage: 5,
          },
        },
      },
      loadBalancerArn: door.loadBalancerArn,
    },
    { providers: [provider] },
  );
}
