/** Settings of Argo CD that override the sync policies of its applications. */
import { argoConfig } from "../kit/argo-cd/argo-config";
import type { Field } from "../kit/reading/field";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { globMatches } from "../kit/reading/glob";
import { goSeconds } from "../kit/reading/go-duration";
import { fix, remove } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { yamlIn } from "../kit/reading/yaml-text";

/** Reports settings of argocd-cm and similar ConfigMaps that stop syncs, pruning or self-healing of every application. */
export function* checkSettings(resource: Resource): Iterable<Finding> {
  const params = argoConfig(resource, "argocd-cmd-params-cm");
  const dry = params?.at("applicationsetcontroller.dryrun");
  if (dry?.text() === "true")
    yield violation(resource, {
      at: dry.path,
      got: "true",
      expected: "ApplicationSets that create, update and delete Applications",
      fix: remove(dry),
    });
  const policy = params?.at("applicationsetcontroller.policy");
  const word = policy?.text()?.trim();
  if (policy !== undefined && word !== undefined && word !== "" && word !== "sync")
    yield violation(resource, {
      at: policy.path,
      got: /^create-(only|update|delete)$/.test(word) ? `${word} for every set` : valueText(word),
      expected: '"sync"',
      fix: remove(policy),
    });
  const poll = argoConfig(resource, "argocd-cm")?.at("timeout.reconciliation");
  if (poll?.isSet() === true && goSeconds(poll.textOrEmpty().trim()) === 0)
    yield violation(resource, {
      at: poll.path,
      got: "never: a commit whose webhook is lost is never deployed",
      expected: "a polling interval",
      fix: fix`${remove(poll)}, which means two minutes`,
    });
  const exclusions = argoConfig(resource, "argocd-cm")?.at("resource.exclusions");
  if (exclusions?.isSet() === true) yield* checkExclusions(resource, exclusions);
}

/** Kinds of deployed objects. Argo CD neither syncs nor compares a kind that `resource.exclusions` matches. */
const watched = [
  ["apps", "Deployment"],
  ["apps", "StatefulSet"],
  ["argoproj.io", "Rollout"],
  ["", "Service"],
  ["", "ConfigMap"],
  ["networking.k8s.io", "NetworkPolicy"],
  ["rbac.authorization.k8s.io", "ClusterRoleBinding"],
] as const;

function* checkExclusions(config: Resource, field: Field): Iterable<Finding> {
  const rows = yamlIn(field);
  for (const row of rows.shape() === "list" ? rows.list() : []) {
    const covers = (key: string, text: string): boolean => {
      const patterns = row.at(key).texts();
      return patterns.length === 0 || patterns.some((pattern) => globMatches(pattern, text));
    };
    const unwatched = watched.find(([group, kind]) => covers("apiGroups", group) && covers("kinds", kind));
    if (unwatched === undefined) continue;
    yield violation(config, {
      at: field.path,
      got: `an exclusion that hides every ${unwatched[1]}`,
      expected: "exclusions of what applications do not bring",
      fix: "name the groups and kinds that a controller makes by the thousand",
    });
    return;
  }
}
