/** Terraform's names as Pulumi's, by rule and exception. */
import { expect, test } from "vitest";
import { pulumiType } from "../../../guard/verdict/plans/terraform-types";
import names from "./recordings/terraform-names.json";

test.each([
  ...(names as unknown as readonly (readonly [string, string])[]),
  ["aws_alb", "aws:lb/loadBalancer:LoadBalancer"],
  ["aws_alb_target_group", "aws:lb/targetGroup:TargetGroup"],
  ["aws_lb_cookie_stickiness_policy", "aws:elb/loadBalancerCookieStickinessPolicy:LoadBalancerCookieStickinessPolicy"],
  ["aws_vpc_peering_connection_options", "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions"],
  ["aws_default_security_group", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  ["aws_s3_object", "aws:s3/bucketObjectv2:BucketObjectv2"],
  ["aws_guardduty_ipset", "aws:guardduty/iPSet:IPSet"],
  ["kubernetes_deployment_v1", "kubernetes:apps/v1:Deployment"],
  ["kubernetes_horizontal_pod_autoscaler_v2beta2", "kubernetes:autoscaling/v2:HorizontalPodAutoscaler"],
  ["google_compute_network", "google_compute_network"],
] as const)("%s is %s", (name, type) => {
  expect(pulumiType(name)).toBe(type);
});
