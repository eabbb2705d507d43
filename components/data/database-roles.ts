/** The roles that services of AWS take for a database: made before it, because IAM is written through one region. */
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { serviceRole } from "./service-role";

/** Arguments of {@link DatabaseRoles}. */
export interface DatabaseRolesArgs {
  /** Name in AWS of the cluster that they are for. */
  readonly identifier: string;
  /** Account number of twelve digits: the services assume the roles for no other. */
  readonly accountId: string;
  /** Whether AWS Backup takes backups of it. */
  readonly backups: boolean;
  /** Tags of the roles. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Raw resources of {@link DatabaseRoles}. */
export interface DatabaseRolesNodes {
  /** Role that RDS takes. */
  readonly monitoring: aws.iam.Role;
  /** Role that AWS Backup takes, where it takes backups. */
  readonly backups: aws.iam.Role | undefined;
}

/** AWS's own policy for enhanced monitoring: a stream of each instance's operating system. */
const MONITORING = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole";

/** AWS's own policy of whoever takes backups. */
const BACKUP = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup";

/**
 * Roles of a database, which stand from the day on which an environment is to have one. A replica that is made from copies has
 * its database on the day of an outage only; roles are written through us-east-1, which may be what is lost.
 *
 * @example
 * ```typescript
 * new DatabaseRoles(
 *   "database-roles",
 *   { identifier: "fridayproof-prod", accountId: "000000000000", backups: true },
 *   { providers: [provider] },
 * );
 * ```
 */
export class DatabaseRoles extends pulumi.ComponentResource {
  /** ARN of the role by which RDS writes what the operating system of each instance does; known once it may. */
  public readonly monitoringRoleArn: pulumi.Output<string>;
  /** ARN of the role by which AWS Backup takes backups, known once it may; empty without backups. */
  public readonly backupsRoleArn: pulumi.Output<string>;

  readonly #nodes: DatabaseRolesNodes;

  constructor(name: string, args: DatabaseRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:data:DatabaseRoles", name, {}, opts);
    const { identifier, accountId, backups, tags } = args;
    const monitoring = serviceRole(
      `${name}-monitoring`,
      {
        description: `Writes what the instances of ${identifier} do`,
        service: "monitoring.rds.amazonaws.com",
        accountId,
        policyArn: MONITORING,
        tags,
      },
      this,
    );
    const taking = backups
      ? serviceRole(
          `${name}-backups`,
          {
            description: `Takes the backups of ${identifier}`,
            service: "backup.amazonaws.com",
            accountId,
            policyArn: BACKUP,
            tags,
          },
          this,
        )
      : undefined;
    this.#nodes = { monitoring: monitoring.role, backups: taking?.role };
    this.monitoringRoleArn = monitoring.arn;
    this.backupsRoleArn = taking?.arn ?? pulumi.output("");
    this.registerOutputs({ monitoringRoleArn: this.monitoringRoleArn, backupsRoleArn: this.backupsRoleArn });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): DatabaseRolesNodes {
    return this.#nodes;
  }
}
