/** A copy of a database's snapshot in another region, every day. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { dataLimits } from "../core/limits/data";

/** Arguments of {@link BackupPlan}. */
export interface BackupPlanArgs {
  /** Name in AWS of vault and plan. */
  readonly planName: string;
  /** ARN of the cluster that is backed up. */
  readonly clusterArn: pulumi.Input<string>;
  /** ARN of the vault in the other region; it exists before the first copy. */
  readonly copyVaultArn: pulumi.Input<string>;
  /** KMS key of the vault here. */
  readonly keyArn: pulumi.Input<string>;
  /** ARN of the role that AWS Backup takes: DatabaseRoles. */
  readonly roleArn: pulumi.Input<string>;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Raw resources of {@link BackupPlan}. */
export interface BackupPlanNodes {
  /** The plan. */
  readonly plan: aws.backup.Plan;
  /** The vault in which each snapshot lies before it is copied. */
  readonly vault: aws.backup.Vault;
}

/** Every day at 06:00 UTC, behind RDS's own window: two snapshots at one time are refused. */
const DAILY = "cron(0 6 * * ? *)";

/**
 * AWS Backup's plan for one cluster: a snapshot a day, and its copy in another region. Aurora is backed up only where the account
 * has opted in to it in that region, even if a plan names the cluster
 * (https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html). An account that uses AWS Backup there for the first
 * time is opted in to everything; one that has opted out makes no backup, and no error.
 *
 * @example
 * ```typescript
 * new BackupPlan(
 *   "database-backups",
 *   {
 *     planName: "fridayproof-prod",
 *     clusterArn: database.clusterArn,
 *     copyVaultArn: "arn:aws:backup:us-west-2:000000000000:backup-vault:fridayproof-prod",
 *     keyArn: database.nodes.key.arn,
 *     roleArn: roles.backupsRoleArn,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class BackupPlan extends pulumi.ComponentResource {
  /** Id of the plan, known once it covers the cluster. */
  public readonly planId: pulumi.Output<string>;

  readonly #nodes: BackupPlanNodes;

  constructor(name: string, args: BackupPlanArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:data:BackupPlan", name, {}, opts);
    const tags = (child: string) => ({ ...args.tags, Name: child });
    const vault = new aws.backup.Vault(
      `${name}-vault`,
      { name: args.planName, kmsKeyArn: args.keyArn, tags: tags(`${name}-vault`) },
      { parent: this },
    );
    const lifecycle = { deleteAfter: dataLimits.copyDays.value };
    const plan = new aws.backup.Plan(
      `${name}-plan`,
      {
        name: args.planName,
        rules: [
          {
            ruleName: "daily",
            targetVaultName: vault.name,
            schedule: DAILY,
            startWindow: dataLimits.copyStart.value,
            completionWindow: dataLimits.copyEnd.value,
            lifecycle,
            copyActions: [{ destinationVaultArn: args.copyVaultArn, lifecycle }],
          },
        ],
        tags: tags(`${name}-plan`),
      },
      { parent: this },
    );
    const selection = new aws.backup.Selection(
      `${name}-selection`,
      { name: args.planName, planId: plan.id, iamRoleArn: args.roleArn, resources: [args.clusterArn] },
      { parent: this },
    );
    this.#nodes = { plan, vault };
    this.planId = after(plan.id, [selection.id]);
    this.registerOutputs({ planId: this.planId });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): BackupPlanNodes {
    return this.#nodes;
  }
}
