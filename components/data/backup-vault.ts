/** Where copies of backups lie: a vault with a key of its own, in the region that must survive. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { aliasedKey } from "../aws/aliased-key";
import { keyPolicy } from "../aws/key-policy";

/** Arguments of {@link BackupVault}. */
export interface BackupVaultArgs {
  /** Name in AWS, the same for whoever computes its ARN. */
  readonly vaultName: string;
  /** Account number of twelve digits: who administers the key. */
  readonly accountId: string;
  /** ARN of the role that administers the key, known once the role is there: KMS refuses one that is not. */
  readonly administratorArn: pulumi.Input<string>;
  /** Pulumi's protection on vault and key. False only while they are torn down. */
  readonly protect: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Raw resources of {@link BackupVault}. */
export interface BackupVaultNodes {
  /** The vault. */
  readonly vault: aws.backup.Vault;
  /** Key of everything in it. */
  readonly key: aws.kms.Key;
}

/**
 * A vault of AWS Backup. Its owner is not the environment whose copies lie in it: what a stack makes goes when that stack is torn
 * down, and its state is in the region that is lost.
 *
 * @example
 * ```typescript
 * new BackupVault(
 *   "backups-prod",
 *   {
 *     vaultName: "fridayproof-prod",
 *     accountId: "000000000000",
 *     administratorArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
 *     protect: true,
 *   },
 *   { providers: [west] },
 * );
 * ```
 */
export class BackupVault extends pulumi.ComponentResource {
  /** ARN of the vault. */
  public readonly vaultArn: pulumi.Output<string>;

  readonly #nodes: BackupVaultNodes;

  constructor(name: string, args: BackupVaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:data:BackupVault", name, {}, opts);
    const { vaultName, accountId: account, administratorArn, protect } = args;
    const key = aliasedKey(
      `${name}-key`,
      {
        description: `backups of ${vaultName}`,
        policy: pulumi
          .output(administratorArn)
          .apply((arn) => keyPolicy({ account, administratorArn: arn, handsOver: true })),
        alias: [`alias/${vaultName}`, "backups"],
        protect,
        tags: args.tags,
      },
      this,
    );
    const vault = new aws.backup.Vault(
      `${name}-vault`,
      { name: vaultName, kmsKeyArn: key.arn, tags: { ...args.tags, Name: `${name}-vault` } },
      { parent: this, protect },
    );
    this.#nodes = { vault, key };
    this.vaultArn = vault.arn;
    this.registerOutputs({ vaultArn: this.vaultArn });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): BackupVaultNodes {
    return this.#nodes;
  }
}
