/** GitHub as an identity provider of the account: its workflows log in without a stored credential. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link githubIdentity}. */
export interface GitHubIdentityArgs {
  /** Host of the issuer. */
  readonly issuer: string;
  /** Tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Declares the provider. An account can have only one for an issuer: leave it out where there is one already.
 * No thumbprint: AWS checks GitHub's certificate against its own list of authorities.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
 */
export function githubIdentity(
  name: string,
  args: GitHubIdentityArgs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.OpenIdConnectProvider {
  const { issuer, tags } = args;
  return new aws.iam.OpenIdConnectProvider(
    name,
    { url: `https://${issuer}`, clientIdLists: ["sts.amazonaws.com"], tags },
    opts,
  );
}
