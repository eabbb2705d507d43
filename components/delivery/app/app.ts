/** From what a team writes about its application to every object that it needs in a cluster. */
import { throwProblems } from "../../core/checks";
import { externalSecret, serviceAccount } from "./access";
import { cronJobs, migration } from "./jobs";
import type { Manifest } from "./manifest";
import { networkPolicies } from "./network";
import { destinationRules, podMonitor, services, virtualService } from "./routes";
import { autoscaler, disruptionBudget } from "./scaling";
import type { AppPlatform, AppSpec } from "./spec";
import { analysisTemplates } from "./templates";
import { appProblems } from "./validate";
import { workload } from "./workload";

/** The objects of an application. */
export interface AppManifests {
  /** What every slot of the environment runs. */
  readonly everywhere: readonly Manifest[];
  /** What must run once: it is for the active slot alone. */
  readonly once: readonly Manifest[];
}

/**
 * Every object of an application, from its spec. Pure: the same spec gives the same objects.
 * @throws ProblemsError listing everything that cannot work, each with its place in the spec and what to do about it.
 */
export function app(spec: AppSpec, platform: AppPlatform): AppManifests {
  // What is no object has no name either, and is refused all the same.
  const { name = "" } = Object(spec) as Partial<AppSpec>;
  throwProblems(`application "${name}"`, appProblems(spec, platform));
  return {
    everywhere: [
      serviceAccount(spec),
      ...externalSecret(spec),
      ...networkPolicies(spec),
      ...services(spec),
      ...destinationRules(spec),
      virtualService(spec, platform),
      ...analysisTemplates(spec, platform),
      workload(spec, platform),
      ...autoscaler(spec),
      disruptionBudget(spec),
      ...podMonitor(spec),
    ],
    once: [...migration(spec), ...cronJobs(spec)],
  };
}
