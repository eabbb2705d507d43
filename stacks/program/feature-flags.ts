/** Feature flags of an environment's applications, and the roles by which their pods read them. */
import { PodIdentity } from "@fridayproof/components/cluster";
import { FeatureFlags } from "@fridayproof/components/delivery";
import type * as pulumi from "@pulumi/pulumi";
import { identityOf } from "../environments/identity";
import { FEATURE_FLAGS } from "../inputs/conventions";
import type { EnvironmentContext } from "./context";
import type { EnvironmentFrontDoor } from "./front-door";

/** Policies by application: what its pods read. */
export type FlagPolicies = Readonly<Record<string, pulumi.Output<string>>>;

/**
 * Declares the flags. AppConfig is of the region and of no cluster: both slots read the same ones, so that a shift switches
 * no flag.
 * @returns the policies of the roles that read them; none where the environment has no flags.
 */
export function declareFlags(
  { environment, tags, awsProvider }: EnvironmentContext,
  { frontDoor: { loadBalancerArn } }: EnvironmentFrontDoor,
): FlagPolicies {
  const { flags = {} } = environment;
  if (Object.keys(flags).length === 0) return {};
  const args = { environment: identityOf(environment), applications: flags, loadBalancerArn, tags };
  return new FeatureFlags(FEATURE_FLAGS, args, { providers: [awsProvider] }).readPolicies;
}

/** What a slot is to its applications. */
export interface FlagReaders {
  /** Beginning of the names. */
  readonly name: string;
  /** Known once pods of the cluster can get credentials. */
  readonly clusterName: pulumi.Input<string>;
  readonly policies: FlagPolicies;
}

/**
 * Declares a slot's roles: an application's service account has its name, in the namespace of its name.
 * @returns what pods wait for that need a role. For edges only: a value of a role that is new is unknown in a plan, and what
 * took it would be replaced.
 */
export function flagReaders(
  { name, clusterName, policies }: FlagReaders,
  { tags, awsProvider }: Pick<EnvironmentContext, "tags" | "awsProvider">,
): readonly pulumi.Resource[] {
  return Object.entries(policies).map(
    ([application, policy]) =>
      new PodIdentity(
        `${name}-${application}-flags`,
        { clusterName, namespace: application, serviceAccount: application, policy, tags },
        { providers: [awsProvider] },
      ),
  );
}
