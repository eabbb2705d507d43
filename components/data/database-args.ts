/** What a database is made from, and the raw resources that it gives. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { RecoveryName } from "./recovery";

/** Where an instance may stand. */
export interface DatabaseSubnet {
  /** Id of the zone's subnet, in a tier without egress. */
  readonly subnetId: pulumi.Input<string>;
  /** The zone's name in this account, such as `us-east-1a`: RDS takes no zone ids. */
  readonly zoneName: pulumi.Input<string>;
}

/** Arguments of {@link Database}. */
export interface DatabaseArgs {
  /** Name in AWS of the cluster, and beginning of the names of what belongs to it; never changed after creation. */
  readonly identifier: string;
  /** Engine version, major and minor, such as `17.5`. */
  readonly engineVersion: string;
  /** Class of every instance, such as `db.r6g.large`. */
  readonly instanceClass: string;
  /** Instances, each in a zone of its own, in the order of `subnets`. @unit count */
  readonly instances: number;
  /** Its subnets by zone id. */
  readonly subnets: Readonly<Record<string, DatabaseSubnet>>;
  /** Id of the VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** Security groups that may open connections, by a name that never changes, such as a slot's colour. */
  readonly clients: Readonly<Record<string, pulumi.Input<string>>>;
  /** How it comes back when its region is lost: docs/components/database.md. */
  readonly recovery: RecoveryName;
  /** `secondary` copies the writer of `globalClusterIdentifier` and has no user, password or database of its own. @default "primary" */
  readonly role?: "primary" | "secondary";
  /** Global database that it joins when it is made; whoever joins later is refused. Needed by `recovery: "global"`. @default none */
  readonly globalClusterIdentifier?: string;
  /** Region that gets a copy of the master's secret, for the primary of a global database. @default none */
  readonly secretReplicaRegion?: string;
  /** Snapshot to restore from at creation; without effect afterwards. @default none: an empty database */
  readonly snapshotIdentifier?: string;
  /** Name of the first database. @default "app" */
  readonly databaseName?: string;
  /** Days of automated backups, 1 to 35. @unit days @default 14 */
  readonly backupDays?: number;
  /** Days to keep PostgreSQL's logs, one of CloudWatch Logs' periods. @unit days */
  readonly logRetentionDays: number;
  /** KMS key of the logs; CloudWatch Logs must be allowed to use it. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** Account number of twelve digits: who administers the key. */
  readonly accountId: string;
  /** ARN of the role that makes the key, and hands it to RDS; it exists before it. */
  readonly deployRoleArn: string;
  /** ARN of the role by which RDS writes what the operating system of each instance does: DatabaseRoles. */
  readonly monitoringRoleArn: pulumi.Input<string>;
  /** Region of the database. */
  readonly region: string;
  /** Weekly window for what waits, UTC. @default "tue:08:00-tue:08:30" */
  readonly maintenanceWindow?: string;
  /** Daily window of the backup, UTC; it may not meet the weekly one. @default "05:00-05:30" */
  readonly backupWindow?: string;
  /** Whether a new major version may be installed; true for the one update that does it. @default false */
  readonly majorUpgrade?: boolean;
  /** Whether Pulumi and RDS refuse to delete it. False only while the environment is torn down. */
  readonly protect: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Raw resources of {@link Database}. */
export interface DatabaseNodes {
  /** The cluster. */
  readonly cluster: aws.rds.Cluster;
  /** Its instances by zone id. */
  readonly instances: ReadonlyMap<string, aws.rds.ClusterInstance>;
  /** Key of its storage, its insights and its master secret. */
  readonly key: aws.kms.Key;
  /** Its security group. */
  readonly securityGroup: aws.ec2.SecurityGroup;
  /** Secret with the master's password, where RDS manages none. */
  readonly masterSecret: aws.secretsmanager.Secret | undefined;
}

/** Arguments with every default filled in. */
export type FilledArgs = DatabaseArgs & Required<Pick<DatabaseArgs, keyof typeof databaseDefaults>>;

/** What holds where nothing is set. */
export const databaseDefaults = {
  role: "primary",
  databaseName: "app",
  backupDays: 14,
  maintenanceWindow: "tue:08:00-tue:08:30",
  backupWindow: "05:00-05:30",
  majorUpgrade: false,
} as const satisfies Partial<DatabaseArgs>;
