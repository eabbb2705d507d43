/** Where a load balancer may stand, what its listeners may serve and forward to. */
import type { CloudObject } from "../../account/account";
import { isIssued } from "../object/side-effects";
import { forwardedTo } from "../object/health";
import type { ResourceContext } from "../object/resource-context";
import { valuesAt } from "../../../property/paths";
import type { Check } from "./row";
import { closedVpc, subnetsOf, zonesOf } from "./network";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

const balancerSubnets = (ctx: ResourceContext): CloudObject[] => subnetsOf(ctx, "subnets", "subnetMappings.subnetId");

const groupOfAnotherVpc: Check = (made) => {
  const vpcId = balancerSubnets(made)[0]?.inputs.vpcId;
  const groups = made.texts("securityGroups").map((id) => made.find("aws:ec2/securityGroup:SecurityGroup", id));
  return groups.some((group) => group?.inputs.vpcId !== vpcId);
};

const targetsOfTwoLoadBalancers: Check = (made) => {
  const others = made.near(made.type).filter(({ inputs }) => inputs.loadBalancerArn !== made.inputs.loadBalancerArn);
  const taken = others.flatMap(({ inputs }) => forwardedTo(inputs));
  const shared = forwardedTo(made.inputs).find((arn) => taken.includes(arn));
  return shared !== undefined && { shared };
};

const targetsOfAnotherVpc: Check = (made) => {
  const listener = made.find("aws:lb/listener:Listener", made.text("listenerArn"));
  const balancer = String(listener?.inputs.loadBalancerArn ?? made.text("loadBalancerArn"));
  const vpcId = made.find(BALANCER, balancer)?.outputs.vpcId;
  const foreign = forwardedTo(made.inputs).find((arn) => {
    const group = made.find("aws:lb/targetGroup:TargetGroup", String(arn));
    return group?.inputs.vpcId !== undefined && group.inputs.vpcId !== vpcId;
  });
  return vpcId !== undefined && foreign !== undefined && { balancer, foreign };
};

/** The names that prove the domain, without which the certificate waits until the provider's timeout. */
const validationRecordMissing: Check = (made) => {
  const arn = made.text("certificateArn");
  const certificate = made.find("aws:acm/certificate:Certificate", arn);
  const wanted = valuesAt(certificate?.outputs, "domainValidationOptions.resourceRecordName").map((name) =>
    String(name).replace(/\.$/, ""),
  );
  const records = new Set(made.caller.account.all("aws:route53/record:Record").map(({ outputs }) => outputs.fqdn));
  const missing = wanted.find((name) => !records.has(name));
  return missing !== undefined && !isIssued(made.caller.account, arn) && { missing };
};

/** Rows of rows.yaml, by name. */
export const LOAD_BALANCER_CHECKS: Readonly<Record<string, Check>> = {
  twoZones: (made) => made.text("loadBalancerType") === "application" && balancerSubnets(made).length < 2,
  oneSubnetEachZone: (made) => zonesOf(balancerSubnets(made)).length < balancerSubnets(made).length,
  groupOfAnotherVpc,
  noInternetGateway: (made) => (made.inputs.internal === true ? undefined : closedVpc(made, balancerSubnets(made))),
  certificateMissing: (made) => made.text("protocol") === "HTTPS" && made.text("certificateArn") === "",
  certificateNotIssued: (made) =>
    made.text("certificateArn") !== "" && !isIssued(made.caller.account, made.text("certificateArn")),
  targetsOfTwoLoadBalancers,
  targetsOfAnotherVpc,
  validationRecordMissing,
  loadBalancerProtected: (made) => made.inputs.enableDeletionProtection === true,
};
