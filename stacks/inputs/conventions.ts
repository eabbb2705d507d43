/** Names that `foundation` gives and environments compute: both call these functions, so nothing is looked up. */
import { physicalName } from "@fridayproof/components/core";

/** The sandbox's account: AWS gives nobody this number. */
export const SANDBOX_ACCOUNT = "000000000000";

/** What every name of the platform begins with. */
export const PLATFORM = "fridayproof";

/** Tag that every resource of an environment carries: permissions on keys go by it. */
export const ENVIRONMENT_TAG = "fridayproof.dev/environment";

/** Who issues the tokens that GitHub's workflows log in with. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/** Alias of the key that encrypts states, the same in every region: `awskms://alias/...` works in each. */
export const STATE_KEY_ALIAS = physicalName("kmsAlias", [`alias/${PLATFORM}`, "state"]);

/**
 * Tags by which an environment finds its region's certificate: `aws.acm.getCertificate` matches only the first of a
 * certificate's names by `domain`, and one certificate names all environments of a region.
 */
export const CERTIFICATE_TAGS: Readonly<Record<string, string>> = { "fridayproof.dev/certificate": "environments" };

/** Names of the components that every environment declares once. */
export const NETWORK = "network";
/** See {@link NETWORK}. */
export const FRONT_DOOR = "front-door";
/** See {@link NETWORK}; only where an application has flags. */
export const FEATURE_FLAGS = "feature-flags";

/** See {@link NETWORK}. */
export const DATABASE = "database";

/** Top-level parts of an environment: what Pulumi names for them begins so, and the deploy role's permissions with it. */
export const ENVIRONMENT_PARTS = [NETWORK, FRONT_DOOR, DATABASE, FEATURE_FLAGS, "blue", "green"] as const;

/** Those of them whose load balancers, target groups and listeners the deploy role makes: nothing balances a database or flags. */
export const TRAFFIC_PARTS = ENVIRONMENT_PARTS.filter((part) => part !== DATABASE && part !== FEATURE_FLAGS);

/** ARN of GitHub's identity provider in an account. */
export function githubProviderArn(account: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${GITHUB_ISSUER}`;
}

/** Bucket of one region's states; bucket names are one space for all accounts, so it carries account and region. */
export function stateBucketName(account: string, region: string): string {
  return physicalName("s3Bucket", [PLATFORM, "state", account, region]);
}

/** The state backend of a region, as `PULUMI_BACKEND_URL` takes it. */
export function backendUrl(account: string, region: string): string {
  return `s3://${stateBucketName(account, region)}?region=${region}`;
}

/**
 * What encrypts secrets in states, as `pulumi stack init --secrets-provider` takes it. Without a region: the state
 * records the address, and in the other region the same alias finds the same key.
 */
export function secretsProvider(): string {
  return `awskms://${STATE_KEY_ALIAS}`;
}

/** Bucket of the account's trail. */
export function trailBucketName(account: string): string {
  return physicalName("s3Bucket", [PLATFORM, "trail", account]);
}

/** Repository of one of our applications' images. */
export function applicationRepository(application: string): string {
  return `${PLATFORM}/apps/${application}`;
}

/** Repository of a mirrored chart. */
export function chartRepository(chart: string): string {
  return `${PLATFORM}/charts/${chart}`;
}

/**
 * Repository of a mirrored image: the image's own path, without tag or digest.
 * @param image such as `quay.io/argoproj/argocd:v3.4.4`.
 */
export function imageRepository(image: string): string {
  return `${PLATFORM}/images/${image.replace(/@.*$/, "").replace(/:[^:/]*$/, "")}`;
}

/** Beginning of the names of an environment's secrets in Secrets Manager. */
export function secretsPrefix(environment: string): string {
  return `${PLATFORM}/${environment}/`;
}

/** Where the runbooks of `docs/runbooks` are read: the repository's page, on the branch that is deployed. */
export function runbookBaseUrl(source: { readonly repositoryUrl: string; readonly revision: string }): string {
  return `${source.repositoryUrl.replace(/\.git$/, "")}/blob/${source.revision}`;
}

/** Name in AWS of an environment's database, and of the vaults and the global database that belong to it. */
export function databaseIdentifier(environment: string): string {
  return `${PLATFORM}-${environment}`;
}

/** ARN of the vault in which copies of an environment's database lie; the foundation has made it. */
export function copyVaultArn(account: string, region: string, environment: string): string {
  return `arn:aws:backup:${region}:${account}:backup-vault:${databaseIdentifier(environment)}`;
}

/** Name in AWS of a slot's cluster. */
export function slotClusterName(environment: string, color: string): string {
  return physicalName("eksCluster", [PLATFORM, environment, color]);
}
