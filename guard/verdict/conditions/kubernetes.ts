/** Objects of a cluster: selectors, ports, routes, rights, applications, charts. */
import type { Resource } from "../plans/change";
import { changes } from "../plans/plan-index";
import { canonical } from "../plans/difference";
import { isAbsent, isMap, isUnknown, listAt, textAt, valueAt } from "../plans/values";
import { named, setChange } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "./condition";
import { isNewCluster, takesOver } from "./new-cluster";
import { podLabelsOf, selects, WORKLOADS } from "./workloads";

function selectorMoves({ index, resource, row }: Context): Outcome {
  const selector = valueAt(resource.after, "spec.selector");
  if (!isMap(selector) || Object.keys(selector).length === 0) return downtime(`the selector goes: ${row.when}`);
  const workloads = index.plan.resources.filter(({ type }) => WORKLOADS.test(type));
  const standing = workloads.filter((one) => !changes(one) && selects(selector, podLabelsOf(one.after)));
  if (standing.length > 0) return safe(`pods of ${named(standing)} match and stand already`);
  const coming = workloads.filter((one) => selects(selector, podLabelsOf(one.after)));
  if (coming.length > 0) return downtime(`only pods match that this plan makes (${named(coming)}): ${row.when}`);
  return workloads.length > 0 && index.plan.hasUnchanged
    ? downtime(`no workload of this plan matches: ${row.when}`)
    : unknown(row.when);
}

function portsChange({ resource, row }: Context): Outcome {
  const ports = (values: Resource["before"]): readonly string[] =>
    listAt(values, "spec.ports")
      .filter(isMap)
      .map((port) => canonical([port["port"], port["protocol"] ?? "TCP"]));
  const targets = (values: Resource["before"]): readonly string[] =>
    listAt(values, "spec.ports")
      .filter(isMap)
      .map((port) => canonical([port["port"], port["targetPort"] ?? port["target_port"]]));
  const lost = ports(resource.before).filter((port) => !ports(resource.after).includes(port));
  if (lost.length > 0) return downtime(row.when);
  return targets(resource.before).every((target) => targets(resource.after).includes(target))
    ? safe("only ports are added or renamed")
    : unknown(row.when);
}

/** Hosts and paths of an Ingress with what serves them. */
function routesIn(values: Resource["before"]): ReadonlyMap<string, string> {
  const rules = listAt(values, "spec.rules").filter(isMap);
  return new Map(
    rules.flatMap((rule) =>
      listAt(rule, "http.paths")
        .filter(isMap)
        .map((path): [string, string] => [
          `${String(rule["host"] ?? "*")}${String(path["path"] ?? "/")}`,
          canonical(path["backend"]),
        ]),
    ),
  );
}

function ingressRules({ resource, row }: Context): Outcome {
  const [old, next] = [routesIn(resource.before), routesIn(resource.after)];
  const lost = [...old.keys()].filter((route) => !next.has(route));
  if (lost.length > 0) return downtime(`${row.when} (${lost.join(", ")})`);
  return [...old].every(([route, backend]) => next.get(route) === backend)
    ? safe("only hosts or paths are added")
    : unknown(`${row.when} (a backend changes)`);
}

/** Rights in a role of Kubernetes. */
function rightsOf(values: Resource["before"]): readonly string[] {
  return listAt(values, "rules")
    .filter(isMap)
    .flatMap((rule) => {
      const lists = ["apiGroups", "resources", "verbs", "resourceNames", "nonResourceURLs"].map((name) =>
        listAt(rule, name).length === 0 ? [""] : listAt(rule, name).map(String),
      );
      return lists.reduce<string[]>(
        (texts, items) => texts.flatMap((text) => items.map((item) => `${text}/${item}`)),
        [""],
      );
    });
}

function rulesNarrower({ resource, row }: Context): Outcome {
  const next = rightsOf(resource.after);
  const lost = rightsOf(resource.before).filter((right) => !next.includes(right));
  return lost.length === 0 ? safe("the role only gains rights") : unknown(`${row.when} (${lost.length} rights go)`);
}
/** Conditions about objects of a cluster. */
export const kubernetes: Conditions = {
  takesOver,
  selectorMoves,
  portsChange,
  ingressRules,
  rulesNarrower,
  policyOnlyAdds: (context) => {
    const change = setChange({
      before: listAt(context.resource.before, `spec.${context.path?.segments[1] ?? "ingress"}`),
      after: listAt(context.resource.after, `spec.${context.path?.segments[1] ?? "ingress"}`),
    });
    return change !== undefined &&
      change.lost === 0 &&
      change.won > 0 &&
      listAt(context.resource.before, `spec.${context.path?.segments[1] ?? "ingress"}`).length > 0
      ? safe("the policy only lets more through")
      : unknown(context.row.when);
  },
  appDeleted: ({ resource, row }) =>
    listAt(resource.before, "metadata.finalizers").some((item) => String(item).startsWith("resources-finalizer"))
      ? downtime(row.when)
      : safe("without the resources finalizer its objects stay, unmanaged"),
  appsKept: ({ resource, row }) =>
    valueAt(resource.before, "spec.syncPolicy.preserveResourcesOnDeletion") === true
      ? degrades("what its applications made stays, unmanaged")
      : downtime(row.when),
  syncs: ({ resource, row }) =>
    isAbsent(valueAt(resource.after, "spec.syncPolicy.automated")) &&
    !isMap(valueAt(resource.after, "spec.syncPolicy.automated"))
      ? safe("nothing until somebody syncs: automated sync is off")
      : unknown(row.when),
  forced: ({ resource, row }) =>
    listAt(resource.after, "spec.syncPolicy.syncOptions").some((option) => option === "Force=true")
      ? downtime(row.when)
      : degrades(row.when),
  chart: (context) =>
    isNewCluster(context) ? safe("its cluster is new: nobody is served by it yet") : unknown(context.row.when),
  chartVersion: ({ resource, after, row }) => {
    const [name, repository] = [
      textAt(resource.after, "chart") ?? "CHART",
      textAt(resource.after, "repositoryOpts.repo") ?? textAt(resource.after, "repository"),
    ];
    const from = repository === undefined || repository.startsWith("oci:") ? "" : ` --repo ${repository}`;
    const version = isUnknown(after) || typeof after !== "string" ? "VERSION" : after;
    return unknown(
      `${row.when}: \`helm show crds ${name}${from} --version ${version} | kubectl apply --server-side -f -\``,
    );
  },
  failsClosed: (context) => {
    if (isNewCluster(context)) return safe("its cluster is new: nobody is served by it yet");
    const policies = listAt(context.resource.after, "webhooks")
      .filter(isMap)
      .map((hook) => hook["failurePolicy"] ?? hook["failure_policy"]);
    return policies.length > 0 && policies.every((policy) => policy === "Ignore")
      ? degrades(`a webhook that fails is passed by: ${context.row.when}`)
      : unknown(context.row.when);
  },
  configFixed: ({ resource, row }) =>
    resource.order === "create-first"
      ? safe("a new name: pods that name the old one go on with it until they are rolled")
      : degrades(row.when),
};
