/** Replicas that an application sets beside its source: what Git states is not what runs. */
import { sourcesOf } from "../../kit/argo-cd/applications";
import { type Finding, violation } from "../../kit/finding/finding";
import { set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { isTemplated } from "../../kit/argo-cd/set-parameters";

/** Names every count below the least; one from a template is not known here. */
export function* checkSourceReplicas(resource: Resource, least: number): Iterable<Finding> {
  for (const source of sourcesOf(resource))
    for (const replicas of source.at("kustomize", "replicas").list()) {
      const count = replicas.at("count");
      if (isTemplated(count.textOrEmpty()) || (count.number() ?? least) >= least) continue;
      const expected = `at least ${least}`;
      yield violation(resource, { at: count.path, got: String(count.number()), expected, fix: set(count, least) });
    }
}
