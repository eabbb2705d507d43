/** A colour's target group: where the load balancer finds the gateway pods of one cluster slot. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trafficLimits } from "../core/limits/traffic";

/** Arguments of {@link targetGroup}. */
export interface TargetGroupArgs {
  /** VPC of the pods. */
  readonly vpcId: pulumi.Input<string>;
  /** Pulumi's protection; see FrontDoor. */
  readonly protect: boolean;
  /** Tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Declares an empty target group; the slot's TargetGroupBinding fills it. Its name is generated, so that a group whose
 * port or protocol changes can be made before the old one goes.
 */
export function targetGroup(name: string, args: TargetGroupArgs, parent: pulumi.Resource): aws.lb.TargetGroup {
  return new aws.lb.TargetGroup(
    name,
    {
      vpcId: args.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      port: trafficLimits.gatewayPort.value,
      deregistrationDelay: trafficLimits.deregistrationDelay.value,
      slowStart: trafficLimits.slowStart.value,
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: String(trafficLimits.gatewayHealthPort.value),
        path: "/healthz/ready",
        matcher: String(trafficLimits.healthyStatus.value),
        interval: trafficLimits.healthCheckInterval.value,
        timeout: trafficLimits.healthCheckTimeout.value,
        healthyThreshold: trafficLimits.healthyThreshold.value,
        unhealthyThreshold: trafficLimits.unhealthyThreshold.value,
      },
      tags: { ...args.tags, Name: name },
    },
    { parent, protect: args.protect },
  );
}
