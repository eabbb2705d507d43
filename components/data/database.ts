/** A database that a zone, a wrong click and a change leave standing: Aurora PostgreSQL. */
import * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { throwProblems } from "../core/checks";
import { dataLimits } from "../core/limits/data";
import { databaseKey, databaseSecurity } from "./database-access";
import { type DatabaseArgs, databaseDefaults, type DatabaseNodes } from "./database-args";
import { databaseCluster, databaseInstances } from "./database-cluster";
import { databaseProblems } from "./database-problems";
import { masterPassword } from "./master-password";

/** ARN of the secret that RDS manages; none where it manages no password. */
function managedSecretArn(secrets: readonly { readonly secretArn: string }[] | undefined): string {
  return secrets?.[0]?.secretArn ?? "";
}

/**
 * An Aurora PostgreSQL cluster with instances in several zones, on subnets without egress, encrypted with a key of its own, TLS
 * forced, protected from deletion.
 *
 * @example
 * ```typescript
 * const tier = network.nodes.subnets.extra.get("data") ?? new Map<string, aws.ec2.Subnet>();
 * const subnets = [...tier].map(([zoneId, { id, availabilityZone }]) => [
 *   zoneId,
 *   { subnetId: id, zoneName: availabilityZone },
 * ]);
 * new Database(
 *   "database",
 *   {
 *     identifier: "fridayproof-prod",
 *     engineVersion: "17.5",
 *     instanceClass: "db.r6g.large",
 *     instances: 2,
 *     subnets: Object.fromEntries(subnets) as DatabaseArgs["subnets"],
 *     vpcId: network.vpcId,
 *     clients: { blue: cluster.nodeSecurityGroupId },
 *     recovery: "backups",
 *     logRetentionDays: 90,
 *     logsKeyArn: keys.logsKeyArn,
 *     accountId: "000000000000",
 *     deployRoleArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
 *     monitoringRoleArn: roles.monitoringRoleArn,
 *     region: "us-east-1",
 *     protect: true,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class Database extends pulumi.ComponentResource {
  /** Host of the writer, in every zone; known once an instance stands. */
  public readonly writerEndpoint: pulumi.Output<string>;
  /** Host of the readers, and of the writer where there is none; known once an instance stands. */
  public readonly readerEndpoint: pulumi.Output<string>;
  /** Port of both. */
  public readonly port: pulumi.Output<number>;
  /** Name of the first database. */
  public readonly databaseName: pulumi.Output<string>;
  /** ARN of the cluster, for its backups. */
  public readonly clusterArn: pulumi.Output<string>;
  /** Name of the cluster in AWS, for its alarms; known once an instance stands, because until then it has no metrics. */
  public readonly clusterIdentifier: pulumi.Output<string>;
  /** ARN of the secret with the master's password; empty for a secondary, whose writer has it. */
  public readonly masterSecretArn: pulumi.Output<string>;

  readonly #nodes: DatabaseNodes;

  /** @throws ProblemsError listing everything that is wrong with the arguments. */
  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const filled = { ...databaseDefaults, ...args };
    throwProblems(`Database "${name}"`, databaseProblems({ ...filled, zones: Object.keys(filled.subnets) }));
    super("fridayproof:data:Database", name, {}, opts);

    const key = databaseKey(name, filled, this);
    const securityGroup = databaseSecurity(name, filled, this);
    const master = masterPassword(name, filled, key, this);
    const cluster = databaseCluster(name, filled, { key, securityGroup, master }, this);
    const instances = databaseInstances(name, filled, { cluster, key }, this);

    const standing = [...instances.values()].map(({ id }) => id);
    this.#nodes = { cluster, instances, key, securityGroup, masterSecret: master.secret };
    this.writerEndpoint = after(cluster.endpoint, standing);
    this.readerEndpoint = after(cluster.readerEndpoint, standing);
    this.port = pulumi.output(dataLimits.port.value);
    this.databaseName = cluster.databaseName;
    this.clusterArn = cluster.arn;
    this.clusterIdentifier = after(cluster.clusterIdentifier, standing);
    this.masterSecretArn = master.secret?.arn ?? cluster.masterUserSecrets.apply(managedSecretArn);
    this.registerOutputs({
      writerEndpoint: this.writerEndpoint,
      readerEndpoint: this.readerEndpoint,
      port: this.port,
      databaseName: this.databaseName,
      clusterArn: this.clusterArn,
      clusterIdentifier: this.clusterIdentifier,
      masterSecretArn: this.masterSecretArn,
    });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): DatabaseNodes {
    return this.#nodes;
  }
}
