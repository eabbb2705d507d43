/** Whoever stays as it is and keeps what a run makes anew: the old one goes under its feet at the end. */
import { describe, expect, test } from "vitest";
import { terraform, type TerraformChange, verdictOnBytes } from "./support";

const BALANCER: TerraformChange = {
  type: "aws_lb",
  actions: ["create", "delete"],
  before: { name: "old", arn: "arn:aws:elasticloadbalancing:lb/old", dns_name: "old.elb.test", vpc_id: "vpc-012345" },
  after: { name: "new", vpc_id: "vpc-012345" },
  unknown: { arn: true, dns_name: true },
};

const standing = (type: string, values: Record<string, unknown>): TerraformChange => ({
  ...{ type, name: "user", actions: ["no-op"], before: values, after: values },
});

const answerOn = (
  ...changes: readonly TerraformChange[]
): { readonly verdict: string | undefined; readonly reason: string } => {
  const [first] = verdictOnBytes(terraform(changes)).changes;
  return { verdict: first?.verdict, reason: first?.findings[0]?.reason ?? "" };
};

describe("a replacement that creates first", () => {
  test("is an outage for who serves through the old one and stays as it is", () => {
    const record = standing("aws_route53_record", { name: "www", records: ["old.elb.test"] });
    expect(answerOn(BALANCER, record)).toEqual({
      verdict: "DOWNTIME",
      reason: "aws_route53_record.user does not change and keeps the old one, which is deleted at the end of the run.",
    });
  });

  test("is none where nobody stays", () => {
    expect(answerOn(BALANCER).verdict).toBe("DEGRADES");
  });

  test("is none for who names only what the new one has too", () => {
    expect(answerOn(BALANCER, standing("aws_flow_log", { vpc_id: "vpc-012345" })).verdict).toBe("DEGRADES");
    expect(answerOn(BALANCER, standing("aws_lb_target_group", { vpc_id: "vpc-012345" })).verdict).toBe("DEGRADES");
  });

  test("is slow at most for who serves nobody", () => {
    const alarm = standing("aws_cloudwatch_metric_alarm", { dimensions: { LoadBalancer: "old.elb.test" } });
    expect(answerOn(BALANCER, alarm).verdict).toBe("DEGRADES");
  });

  test("ends half way where AWS refuses to delete what is in use", () => {
    const certificate: TerraformChange = {
      type: "aws_acm_certificate",
      actions: ["create", "delete"],
      before: { arn: "arn:aws:acm:certificate/old", domain_name: "a.test", subject_alternative_names: [] },
      after: { domain_name: "a.test", subject_alternative_names: ["b.test"] },
      unknown: { arn: true },
    };
    const listener = standing("aws_lb_listener", { certificate_arn: "arn:aws:acm:certificate/old" });
    const { verdict } = answerOn(certificate, listener);
    expect(verdict).toBe("DEGRADES");
  });

  test("leaves nobody behind where the old one is only forgotten", () => {
    const record = standing("aws_route53_record", { name: "www", records: ["old.elb.test"] });
    expect(answerOn({ ...BALANCER, actions: ["create", "forget"] }, record).verdict).toBe("DEGRADES");
  });
});
