/** The keys that an environment's parts share: for logs, for disks and volumes, for what alarms say. */
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { aliasedKey } from "../aws/aliased-key";
import { CRYPTOGRAPHY, keyPolicy, type KeyUse } from "../aws/key-policy";

/** Arguments of {@link Keys}. */
export interface KeysArgs {
  /** The environment's name, part of the aliases. */
  readonly environment: string;
  /** Account number of twelve digits: who administers the keys. */
  readonly accountId: string;
  /** ARN of the role that makes, changes and deletes the keys; it exists before them. */
  readonly deployRoleArn: string;
  /** Region of the keys, whose log service may use one of them. */
  readonly region: string;
  /** Whether there are alarms with a topic: their messages get a key of its own. @default false */
  readonly alarms?: boolean;
  /** Pulumi's protection on the keys. False only while the environment is torn down. */
  readonly protect: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** CloudWatch Logs encrypts with the name of each log group as context, so other accounts' groups are distinguished. */
function logsUse({ accountId, region }: KeysArgs): KeyUse {
  return {
    Sid: "LogsOfThisAccount",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: CRYPTOGRAPHY,
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*` },
    },
  };
}

/**
 * Auto Scaling starts the nodes, so its role opens their disks and hands the key on to EC2 by a grant; without both,
 * instances end a second after their start (Client.InvalidKMSKey). The role is named in a condition, because KMS
 * refuses a principal that does not exist yet, and AWS makes this one with the account's first node group.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
function volumeUses({ accountId }: KeysArgs): readonly KeyUse[] {
  const role = `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  const Principal = { AWS: "*" };
  const autoScaling = { ArnEquals: { "aws:PrincipalArn": role } };
  return [
    { Sid: "AutoScalingUses", Principal, Action: CRYPTOGRAPHY, Condition: autoScaling },
    {
      Sid: "AutoScalingGrants",
      Principal,
      Action: ["kms:CreateGrant"],
      Condition: { ...autoScaling, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/**
 * CloudWatch encrypts an alarm's message before the topic takes it. With AWS's own key `alias/aws/sns`, whose policy
 * nobody can change, it may not: the alarm goes off and its message is lost.
 * Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html,
 * https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
function alarmUse({ accountId, region }: KeysArgs): KeyUse {
  return {
    Sid: "AlarmsOfThisAccount",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${accountId}:alarm:*` },
    },
  };
}

/** Raw resources of {@link Keys}. */
export interface KeysNodes {
  /** Key of the log groups. */
  readonly logs: aws.kms.Key;
  /** Key of the disks and volumes. */
  readonly volumes: aws.kms.Key;
  /** Key of the alarms' topics; undefined without alarms. */
  readonly alarms: aws.kms.Key | undefined;
}

/**
 * Keys with yearly rotation, a month's way back from deletion, and a policy that names who may use them.
 *
 * @example
 * ```typescript
 * new Keys(
 *   "keys",
 *   {
 *     environment: "prod",
 *     accountId: "000000000000",
 *     deployRoleArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
 *     region: "us-east-1",
 *     alarms: true,
 *     protect: true,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class Keys extends pulumi.ComponentResource {
  /** Key of the log groups, known once CloudWatch Logs may use it. */
  public readonly logsKeyArn: pulumi.Output<string>;
  /** Key of the nodes' disks and the pods' volumes, known once Auto Scaling may use it. */
  public readonly volumesKeyArn: pulumi.Output<string>;
  /** Key of what alarms say, known once CloudWatch may use it; undefined without alarms. */
  public readonly alarmsKeyArn: pulumi.Output<string> | undefined;

  readonly #nodes: KeysNodes;

  constructor(name: string, args: KeysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:encryption:Keys", name, {}, opts);

    const logs = this.key(name, "logs", args, [logsUse(args)]);
    const volumes = this.key(name, "volumes", args, volumeUses(args));
    const alarms = args.alarms === true ? this.key(name, "alarms", args, [alarmUse(args)]) : undefined;
    this.logsKeyArn = logs.arn;
    this.volumesKeyArn = volumes.arn;
    this.alarmsKeyArn = alarms?.arn;
    this.#nodes = { logs, volumes, alarms };
    this.registerOutputs({
      logsKeyArn: this.logsKeyArn,
      volumesKeyArn: this.volumesKeyArn,
      alarmsKeyArn: this.alarmsKeyArn,
    });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): KeysNodes {
    return this.#nodes;
  }

  private key(name: string, purpose: string, args: KeysArgs, uses: readonly KeyUse[]): aws.kms.Key {
    const { environment, accountId: account, deployRoleArn: administratorArn, protect, tags } = args;
    return aliasedKey(
      `${name}-${purpose}`,
      {
        description: `${purpose} of ${environment}`,
        policy: keyPolicy({ account, administratorArn }, uses),
        alias: ["alias/fridayproof", environment, purpose],
        protect,
        tags,
      },
      this,
    );
  }
}
