/** The load balancer's listeners: HTTP that sends on to HTTPS, and HTTPS in front of both target groups. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trafficLimits } from "../core/limits/traffic";
import { forwardAction, type PerColor, type Weights } from "./weights";

/** Arguments of {@link redirectListener}. */
export interface RedirectArgs {
  readonly loadBalancer: aws.lb.LoadBalancer;
  /** Pulumi's protection; see FrontDoor. */
  readonly protect: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Arguments of {@link httpsListener}. */
export interface HttpsArgs extends RedirectArgs {
  readonly certificateArn: pulumi.Input<string>;
  /** Shares of the default action; see FrontDoor. */
  readonly weights: Weights;
  readonly targetGroupArns: PerColor<pulumi.Output<string>>;
}

/** AWS's own recommendation: TLS 1.3 and 1.2 with forward secrecy and hybrid post-quantum key exchange. */
const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** Declares the listener for plain HTTP. */
export function redirectListener(name: string, args: RedirectArgs, parent: pulumi.Resource): aws.lb.Listener {
  return new aws.lb.Listener(
    `${name}-redirect`,
    {
      loadBalancerArn: args.loadBalancer.arn,
      port: trafficLimits.httpPort.value,
      protocol: "HTTP",
      defaultActions: [
        {
          type: "redirect",
          redirect: {
            protocol: "HTTPS",
            port: String(trafficLimits.httpsPort.value),
            statusCode: `HTTP_${trafficLimits.redirectStatus.value}`,
          },
        },
      ],
      tags: { ...args.tags, Name: `${name}-redirect` },
    },
    // On the serving path like the other one: without it, a request for the bare domain is refused.
    { parent, protect: args.protect },
  );
}

/** Declares the listener that serves; its default action names both groups. */
export function httpsListener(name: string, args: HttpsArgs, parent: pulumi.Resource): aws.lb.Listener {
  return new aws.lb.Listener(
    `${name}-https`,
    {
      loadBalancerArn: args.loadBalancer.arn,
      port: trafficLimits.httpsPort.value,
      protocol: "HTTPS",
      sslPolicy: SSL_POLICY,
      certificateArn: args.certificateArn,
      // It attaches both groups before any pod waits for its readiness gate. The rule's weights win; where the rule is
      // missing, traffic goes where it is meant to go all the same.
      defaultActions: [forwardAction(args.weights, args.targetGroupArns)],
      tags: { ...args.tags, Name: `${name}-https` },
    },
    { parent, protect: args.protect },
  );
}
