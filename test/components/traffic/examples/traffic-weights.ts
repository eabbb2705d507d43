/** Example of TrafficWeights: all traffic on blue, whose gateway stands. */
import type * as aws from "@pulumi/aws";
import type { FrontDoor } from "../../../../components/traffic/front-door";
import type { Gateway } from "../../../../components/traffic/gateway";
import { TrafficWeights } from "../../../../components/traffic/traffic-weights";

export function trafficWeights(provider: aws.Provider, door: FrontDoor, blue: Gateway): TrafficWeights {
  return new TrafficWeights(
    "front-door-weights",
    {
      listenerArn: door.listenerArn,
      blueTargetGroupArn: door.blueTargetGroupArn,
      greenTargetGroupArn: door.greenTargetGroupArn,
      weights: { blue: 100, green: 0 },
      gateways: { blue: blue.release },
      protect: true,
    },
    { providers: [provider] },
  );
}
