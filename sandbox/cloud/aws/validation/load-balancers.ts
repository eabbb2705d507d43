/** Where a load balancer may stand, what its listeners may serve and forward to. */
import type { CloudObject } from "../../account/account";
import { isIssued } from "../object/side-effects";
import { forwardedTo } from "../object/health";
import type { ResourceContext } from "../object/resource-context";
import { valuesAt } from "../../../property/paths";
import type { Check } from "./rule";
import { closedVpc, subnetsOf, zonesOf } from "./network";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

const balancerSubnets = (ctx: ResourceContext): CloudObject[] => subnetsOf(ctx, "subnets", "subnetMappings.subnetId");

const groupOfAnotherVpc: Check = (ctx) => {
  const vpcId = balancerSubnets(ctx)[0]?.inputs.vpcId;
  const groups = ctx.texts("securityGroups").map((id) => ctx.find("aws:ec2/securityGroup:SecurityGroup", id));
  return groups.some((group) => group?.inputs.vpcId !== vpcId);
};

const targetsOfTwoLoadBalancers: Check = (ctx) => {
  const others = ctx.near(ctx.type).filter(({ inputs }) => inputs.loadBalancerArn !== ctx.inputs.loadBalancerArn);
  const taken = others.flatMap(({ inputs }) => forwardedTo(inputs));
  const shared = forwardedTo(ctx.inputs).find((arn) => taken.includes(arn));
  return shared !== undefined && { shared };
};

const targetsOfAnotherVpc: Check = (ctx) => {
  const listener = ctx.find("aws:lb/listener:Listener", ctx.text("listenerArn"));
  const balancer = String(listener?.inputs.loadBalancerArn ?? ctx.text("loadBalancerArn"));
  const vpcId = ctx.find(BALANCER, balancer)?.outputs.vpcId;
  const foreign = forwardedTo(ctx.inputs).find((arn) => {
    const group = ctx.find("aws:lb/targetGroup:TargetGroup", String(arn));
    return group?.inputs.vpcId !== undefined && group.inputs.vpcId !== vpcId;
  });
  return vpcId !== undefined && foreign !== undefined && { balancer, foreign };
};

/** The names that prove the domain, without which the certificate waits until the provider's timeout. */
const validationRecordMissing: Check = (ctx) => {
  const arn = ctx.text("certificateArn");
  const certificate = ctx.find("aws:acm/certificate:Certificate", arn);
  const expected = valuesAt(certificate?.outputs, "domainValidationOptions.resourceRecordName").map((name) =>
    String(name).replace(/\.$/, ""),
  );
  const records = new Set(ctx.caller.account.all("aws:route53/record:Record").map(({ outputs }) => outputs.fqdn));
  const missing = expected.find((name) => !records.has(name));
  return missing !== undefined && !isIssued(ctx.caller.account, arn) && { missing };
};

/** Checks of rules.yaml, by name. */
export const LOAD_BALANCER_CHECKS: Readonly<Record<string, Check>> = {
  twoZones: (ctx) => ctx.text("loadBalancerType") === "application" && balancerSubnets(ctx).length < 2,
  oneSubnetEachZone: (ctx) => zonesOf(balancerSubnets(ctx)).length < balancerSubnets(ctx).length,
  groupOfAnotherVpc,
  noInternetGateway: (ctx) => (ctx.inputs.internal === true ? undefined : closedVpc(ctx, balancerSubnets(ctx))),
  certificateMissing: (ctx) => ctx.text("protocol") === "HTTPS" && ctx.text("certificateArn") === "",
  certificateNotIssued: (ctx) =>
    ctx.text("certificateArn") !== "" && !isIssued(ctx.caller.account, ctx.text("certificateArn")),
  targetsOfTwoLoadBalancers,
  targetsOfAnotherVpc,
  validationRecordMissing,
  loadBalancerProtected: (ctx) => ctx.inputs.enableDeletionProtection === true,
};
