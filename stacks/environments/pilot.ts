/** Resources that a pilot-light replica has before a failover, and activity that it must not have until then. */
import { STANDBY_FOLDER, STANDBY_LABEL, legStandsBy } from "@fridayproof/components/plan";

/** A resource that exists before a failover. */
export interface HeldRow {
  readonly what: string;
  /** Prefixes of type tokens. */
  readonly types: readonly string[];
  /** Why it cannot be created during a failover. */
  readonly reason: string;
}

/** Everything in AWS. A failover creates none of it, so no name, permission or IP address changes. */
export const pilotHolds: readonly HeldRow[] = [
  {
    what: "roles and their policies",
    types: ["aws:iam/"],
    reason: "IAM is written through us-east-1, and what is new is known in another region only after seconds",
  },
  {
    what: "records with their health check",
    types: ["aws:route53/"],
    reason: "Route 53 is written through us-east-1, and a name that was resolved too early is missing for 15 minutes",
  },
  {
    what: "network: VPC, subnets, routes, security groups, NAT with its addresses",
    types: [
      "aws:ec2/vpc:",
      "aws:ec2/subnet:",
      "aws:ec2/route",
      "aws:ec2/internetGateway:",
      "aws:ec2/natGateway:",
      "aws:ec2/eip:",
      "aws:ec2/securityGroup",
      "aws:ec2/defaultSecurityGroup:",
      "aws:vpc/securityGroup",
      "aws:ec2/flowLog:",
    ],
    reason: "addresses of NAT are in allow-lists of others, and a NAT gateway takes minutes",
  },
  {
    what: "interface endpoints",
    types: ["aws:ec2/vpcEndpoint:"],
    reason: "making one writes private names",
  },
  {
    what: "load balancer, listeners, target groups, log bucket",
    types: ["aws:lb/", "aws:s3/"],
    reason: "making a load balancer or a bucket writes a name that all regions share",
  },
  {
    what: "control plane, access, add-ons, associations",
    types: ["aws:eks/cluster:", "aws:eks/access", "aws:eks/addon:", "aws:eks/podIdentityAssociation:"],
    reason: "a control plane takes ten minutes, and nothing makes it faster",
  },
  {
    what: "node groups with their launch templates, of any size",
    types: ["aws:eks/nodeGroup:", "aws:ec2/launchTemplate:"],
    reason: "the first node group of an account makes a service-linked role",
  },
  {
    what: "a cluster that follows the primary's database, where recovery is global",
    types: ["aws:rds/"],
    reason: "a cluster cannot join later, and what it has not received by then is lost",
  },
  { what: "keys", types: ["aws:kms/"], reason: "what was encrypted before the day is read on it" },
  {
    what: "logs, alarms and their topic",
    types: ["aws:cloudwatch/", "aws:sns/"],
    reason: "the address of the on-call tool is subscribed by hand",
  },
  {
    what: "what runs inside: charts, namespaces, secrets, gateway, Argo CD",
    types: ["kubernetes:"],
    reason: "a chart needs its registry, and Argo CD its secrets",
  },
];

/** A resource that acts or costs money, and that must not exist or be active in standby. */
export interface ForbiddenRow {
  readonly what: string;
  /** Type token of the checked resource. */
  readonly type: string;
  /** Pattern of the logical name; every resource of the type where absent. */
  readonly name?: RegExp;
  /** Whether the resource violates the condition. */
  readonly isHeld: (inputs: Readonly<Record<string, unknown>>) => boolean;
  readonly reason: string;
}

/** The member at the path, through maps and lists. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

const APPLICATION_SET = "kubernetes:argoproj.io/v1alpha1:ApplicationSet";
const source = (inputs: unknown, ...path: readonly string[]) =>
  at(inputs, "spec", "template", "spec", "source", ...path);

/** Activity that would run in both legs, or that would hide a failure of the other one. */
export const pilotForbids: readonly ForbiddenRow[] = [
  {
    what: "a health check that returns 200",
    type: "kubernetes:networking.istio.io/v1:VirtualService",
    name: /-gateway-health$/,
    isHeld: (inputs) => at(inputs, "spec", "http", 0, "directResponse", "status") === 200,
    reason: "Route 53 would fail over to it after half a minute, and no person would have decided it",
  },
  {
    what: "applications: consumers work on what the other leg's work on",
    type: APPLICATION_SET,
    isHeld: (inputs) => source(inputs, "path") !== STANDBY_FOLDER,
    reason: "a consumer or a sender that runs twice does everything twice",
  },
  {
    what: "migrations and scheduled jobs of applications",
    type: APPLICATION_SET,
    isHeld: (inputs) => source(inputs, "directory", "recurse") === true,
    reason: "they change data and send mail",
  },
  {
    what: "notifications of deployments",
    type: APPLICATION_SET,
    isHeld: (inputs) => at(inputs, "spec", "template", "metadata", "labels", STANDBY_LABEL) !== "true",
    reason: "the other leg's have gone out already",
  },
  {
    what: "alarms that page",
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    // The alarm by which AppConfig takes flags back has no action: it does not page.
    isHeld: (inputs) => inputs["actionsEnabled"] !== false && at(inputs, "alarmActions", 0) !== undefined,
    reason: "an empty target group would page for ever",
  },
  {
    what: "alerts that page, and the heartbeat to the dead man's switch",
    type: "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
    isHeld: (inputs) => !JSON.stringify(at(inputs, "spec", "groups")).includes(`"${legStandsBy.name}"`),
    reason: "its heartbeat would cover up that the other leg's has stopped",
  },
  {
    what: "jobs of the program's own",
    type: "kubernetes:batch/v1:CronJob",
    isHeld: () => true,
    reason: "nothing that acts by the clock is the program's: it would run on both legs",
  },
];
