/** A runner for GitHub's jobs inside AWS, behind one fixed address: who deploys to a private endpoint needs one. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwProblems } from "../core/checks";
import { foundationLimits } from "../core/limits/foundation";
import { policyJson, type Statement } from "../aws/iam";
import { runnerFlowLog } from "./runner-log";
import { type RunnerNetwork, runnerNetwork } from "./runner-network";
import { runnerBlockProblems } from "./runner-subnets";
import { serviceTrust } from "./trust";

/** Arguments of {@link Runner}. */
export interface RunnerArgs {
  /** Account number of twelve digits. */
  readonly account: string;
  /** Region of the runner. */
  readonly region: string;
  /** Zone id of the runner's subnets. */
  readonly zoneId: string;
  /** Block of its VPC, a /27: half for the NAT gateway, half for builds. */
  readonly cidr: string;
  /** Name of the CodeBuild project, which jobs name as `runs-on: codebuild-<name>-...`. */
  readonly project: string;
  /** `owner/name`. */
  readonly repository: string;
  /** ARN of the CodeConnections connection to GitHub, which a person makes by hand once: GitHub needs their consent. */
  readonly connectionArn: string;
  /** CodeBuild's own image. */
  readonly image: string;
  /** Pulumi's protection of network and address. */
  readonly protect: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

function problemsOf({ cidr, connectionArn }: RunnerArgs): Problem[] {
  const fix = "Make the connection in the console (Developer Tools, Connections) and set its ARN.";
  const allowed = "the ARN of a connection to GitHub";
  const known = /^arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:\d{12}:connection\/[\w-]+$/;
  return [
    ...runnerBlockProblems("cidr", cidr),
    ...(known.test(connectionArn) ? [] : [{ path: "connectionArn", got: connectionArn, allowed, fix }]),
  ];
}

/**
 * The service was renamed: an action counts only under the name that the connection's ARN has.
 * Source: https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
 */
function connectionStatement(connectionArn: string): Statement {
  const [, , service] = connectionArn.split(":");
  const Action = ["GetConnection", "GetConnectionToken", "UseConnection"].map((call) => `${service}:${call}`);
  return { Sid: "Connection", Effect: "Allow", Action, Resource: connectionArn };
}

/** What CodeBuild itself may do: write its log, use the connection, put builds into one subnet. Never: deploy. */
export function runnerStatements(args: RunnerArgs, subnetArn: string): Statement[] {
  const { account, region, project, connectionArn } = args;
  const logs = `arn:aws:logs:${region}:${account}:log-group:/aws/codebuild/${project}`;
  return [
    {
      Sid: "BuildLog",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [logs, `${logs}:*`],
    },
    connectionStatement(connectionArn),
    {
      Sid: "LookForTheSubnet",
      Effect: "Allow",
      Action: [
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
      ],
      Resource: "*",
    },
    {
      Sid: "InterfacesOfBuilds",
      Effect: "Allow",
      Action: ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"],
      Resource: ["network-interface/*", "subnet/*", "security-group/*"].map(
        (kind) => `arn:aws:ec2:${region}:${account}:${kind}`,
      ),
    },
    {
      Sid: "InterfacesForCodeBuild",
      Effect: "Allow",
      Action: ["ec2:CreateNetworkInterfacePermission"],
      Resource: `arn:aws:ec2:${region}:${account}:network-interface/*`,
      Condition: {
        StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" },
        ArnEquals: { "ec2:Subnet": subnetArn },
      },
    },
  ];
}

/** Raw resources of {@link Runner}. */
export interface RunnerNodes {
  /** The CodeBuild project. */
  readonly project: aws.codebuild.Project;
  /** What starts it for a job of the repository. */
  readonly webhook: aws.codebuild.Webhook;
}

/**
 * Network, project and webhook. A job logs in to AWS with its own token, as it would on GitHub's machines: the runner's
 * role grants it no permission.
 *
 * @example
 * ```typescript
 * new Runner(
 *   "runner-us-east-1",
 *   {
 *     account: "000000000000",
 *     region: "us-east-1",
 *     zoneId: "use1-az1",
 *     cidr: "10.255.0.0/27",
 *     project: "fridayproof-runner-us-east-1",
 *     repository: "example/fridayproof",
 *     connectionArn: "arn:aws:codeconnections:us-east-1:000000000000:connection/11111111-2222-3333-4444-555555555555",
 *     image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
 *     protect: true,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class Runner extends pulumi.ComponentResource {
  /** The one address that environments list among their deployers. */
  public readonly address: pulumi.Output<string>;
  /** Name of the project. */
  public readonly projectName: pulumi.Output<string>;

  readonly #nodes: RunnerNodes;

  /** @throws ProblemsError when the block has another size, or the connection is none. */
  constructor(name: string, args: RunnerArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`Runner "${name}"`, problemsOf(args));
    super("fridayproof:foundation:Runner", name, {}, opts);

    const network = runnerNetwork(`${name}-network`, args, this);
    const logGroup = `/fridayproof/${name}/flow`;
    runnerFlowLog(`${name}-flow-log`, { ...args, vpcId: network.vpcId, logGroup }, this);
    const project = this.project(name, args, network);
    const webhook = new aws.codebuild.Webhook(
      `${name}-webhook`,
      {
        projectName: project.name,
        buildType: "BUILD",
        filterGroups: [{ filters: [{ type: "EVENT", pattern: "WORKFLOW_JOB_QUEUED" }] }],
      },
      { parent: this },
    );
    this.address = network.address;
    this.projectName = project.name;
    this.#nodes = { project, webhook };
    this.registerOutputs({ address: this.address, projectName: this.projectName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): RunnerNodes {
    return this.#nodes;
  }

  private project(name: string, args: RunnerArgs, network: RunnerNetwork): aws.codebuild.Project {
    const { account, region, connectionArn: resource, tags } = args;
    const role = new aws.iam.Role(
      `${name}-role`,
      { assumeRolePolicy: policyJson([serviceTrust(account, "codebuild.amazonaws.com")]), tags },
      { parent: this },
    );
    const subnetArn = pulumi.interpolate`arn:aws:ec2:${region}:${account}:subnet/${network.subnetId}`;
    const policy = new aws.iam.RolePolicy(
      `${name}-policy`,
      { role: role.name, policy: subnetArn.apply((arn) => policyJson(runnerStatements(args, arn))) },
      { parent: this },
    );
    const { vpcId, subnetId, securityGroupId, egress } = network;
    return new aws.codebuild.Project(
      `${name}-project`,
      {
        name: args.project,
        serviceRole: role.arn,
        artifacts: { type: "NO_ARTIFACTS" },
        environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: args.image },
        source: {
          type: "GITHUB",
          location: `https://github.com/${args.repository}.git`,
          auth: { type: "CODECONNECTIONS", resource },
        },
        vpcConfig: { vpcId, subnets: [subnetId], securityGroupIds: [securityGroupId] },
        buildTimeout: foundationLimits.runnerTimeout.value,
        tags,
      },
      // A build that starts before its route to the internet exists hangs until its timeout.
      { parent: this, dependsOn: [policy, egress] },
    );
  }
}
