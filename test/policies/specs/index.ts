/** The cases of every rule. */
import type { Spec } from "../support/spec";
import { accountSecuritySpecs } from "./account-security";
import { availabilitySpecs } from "./availability";
import { clusterSecuritySpecs } from "./cluster-security";
import { engineSpecs } from "./engine-options";
import { entranceSpecs } from "./entrance";
import { podSpecs } from "./pods-leaving";
import { replicaSpecs } from "./replica";
import { revisionSpecs } from "./revisions";
import { rolloutSpecs } from "./rollouts";
import { workloadSecuritySpecs } from "./workload-security";

/** All specs. */
export const specs: readonly Spec[] = [
  ...availabilitySpecs,
  ...podSpecs,
  ...rolloutSpecs,
  ...entranceSpecs,
  ...clusterSecuritySpecs,
  ...accountSecuritySpecs,
  ...workloadSecuritySpecs,
  ...revisionSpecs,
  ...engineSpecs,
  ...replicaSpecs,
];
