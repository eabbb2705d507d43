/** Who owns the master's password: RDS where it can, the environment where it cannot. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { dataLimits } from "../core/limits/data";
import type { FilledArgs } from "./database-args";

/** Name of the user that owns everything; applications never log in as it. */
const MASTER = "administrator";

/** What a cluster takes of it. */
export interface Master {
  readonly inputs: Pick<
    aws.rds.ClusterArgs,
    "databaseName" | "manageMasterUserPassword" | "masterPassword" | "masterUserSecretKmsKeyId" | "masterUsername"
  >;
  readonly secret?: aws.secretsmanager.Secret;
}

/**
 * Declares what the password needs. RDS manages none of a global database, nor where blue/green deployments are used; there it is
 * drawn once, lies encrypted in the state, and in a secret that is copied to the other region. A secondary has its writer's.
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
 */
export function masterPassword(name: string, args: FilledArgs, key: aws.kms.Key, parent: pulumi.Resource): Master {
  if (args.role === "secondary") return { inputs: {} };
  const common = { masterUsername: MASTER, databaseName: args.databaseName };
  if (args.recovery !== "global")
    return { inputs: { ...common, manageMasterUserPassword: true, masterUserSecretKmsKeyId: key.keyId } };
  const password = new random.RandomPassword(
    `${name}-master`,
    { length: dataLimits.passwordLength.value, special: false },
    { parent },
  );
  const { secretReplicaRegion: region } = args;
  const secret = new aws.secretsmanager.Secret(
    `${name}-master-secret`,
    {
      name: `${args.identifier}/database-master`,
      description: `Master of ${args.identifier}, for people and for the roles of applications`,
      kmsKeyId: key.keyId,
      replicas: region === undefined ? undefined : [{ region }],
      recoveryWindowInDays: dataLimits.secretRecovery.value,
      tags: { ...args.tags, Name: `${name}-master-secret` },
    },
    { parent, protect: args.protect },
  );
  // No host: a copy has the source's values, and after a failover its host is the dead region's.
  const secretString = pulumi.jsonStringify({ username: MASTER, password: password.result });
  new aws.secretsmanager.SecretVersion(`${name}-master-version`, { secretId: secret.id, secretString }, { parent });
  return { inputs: { ...common, masterPassword: password.result }, secret };
}
