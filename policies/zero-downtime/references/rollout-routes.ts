/** Routes that a Rollout steers: Argo Rollouts finds them in the VirtualService by name, and both versions in each. */
import { canaryOf, fullWeight } from "../../kit/argo-rollouts/canary";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { add, fix, named, set, together } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { guarded } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";

/** Routes by namespace and name. */
const byName = perStack((stack) => {
  const key = (route: Resource): string => `${namespaceOf(route)}/${objectName(route)}`;
  const pair = (route: Resource): readonly (readonly [string, Resource])[] => [[key(route), route]];
  return new Map(stack.of(types.virtualService).flatMap((route) => valueOr(() => pair(route), [])));
});

/** Reads what decides which routes of it a Rollout may steer.
 * @throws UnknownRead @throws MalformedRead */
export function readRolloutRoute(route: Resource): unknown {
  const http = route.at("spec", "http").list();
  return [namespaceOf(route), objectName(route), http.map((rule) => [rule.at("name").text(), destinationsIn(rule)])];
}

/** What the Rollout steers by Istio, and what is wrong with it. Source: Argo Rollouts v1.9, ValidateHTTPRoutes. */
export function* checkRolloutRoutes(stack: Stack, rollout: Resource): Iterable<Finding> {
  const istio = canaryOf(rollout).at("trafficRouting", "istio");
  for (const reference of [istio.at("virtualService"), ...istio.at("virtualServices").list()]) {
    const [name = "", namespace] = reference.at("name").textOrEmpty().split(".");
    const route = byName(stack).get(`${namespace ?? namespaceOf(rollout)}/${name}`);
    if (route === undefined) continue;
    const chosen = yield* chosenOf(rollout, reference, route);
    for (const rule of chosen) {
      yield* guarded(route, () => checkVersions(rollout, route, rule));
      yield* guarded(route, () => checkWeights(rollout, route, rule));
    }
  }
}

/** The rules that the Rollout steers: those that it names, or the only one. */
function* chosenOf(rollout: Resource, reference: Field, route: Resource): Generator<Finding, readonly Field[]> {
  const all = valueOr(() => route.at("spec", "http").list(), []);
  const names = reference.at("routes");
  const expected = names.list();
  const nameOf = (rule: Field): string | undefined => valueOr(() => rule.at("name").text(), undefined);
  for (const field of expected) {
    if (all.length === 0 || all.some((rule) => nameOf(rule) === field.text())) continue;
    yield violation(rollout, {
      at: field.path,
      got: "a route that the VirtualService has not, which Argo Rollouts refuses",
      expected: "the name of one of its rules",
      fix: steerable(rollout, all, (own) => set(field, own)),
    });
  }
  if (expected.length > 0) return all.filter((rule) => expected.some((field) => field.text() === nameOf(rule)));
  const managed = canaryOf(rollout).at("trafficRouting", "managedRoutes").list();
  const own = all.filter((rule) => !managed.some((one) => one.at("name").text() === nameOf(rule)));
  if (own.length > 1)
    yield violation(rollout, {
      at: names.path,
      got: `nothing beside ${own.length} rules of the VirtualService, which Argo Rollouts refuses`,
      expected: "the rules that share the traffic between the versions",
      fix: steerable(rollout, own, (one) => set(names, [one])),
    });
  return own.length === 1 ? own : [];
}

/** The name of the only rule that leads to both versions; of several a person chooses. */
function steerable(
  rollout: Resource,
  rules: readonly Field[],
  fixed: (name: string) => Finding["fix"],
): Finding["fix"] {
  const both = rules.filter((rule) =>
    versionsOf(rollout).every((version) => valueOr(() => leads(rule, version), false)),
  );
  const name = valueOr(() => both[0]?.at("name").text(), undefined);
  if (both.length !== 1 || name === undefined || named(name) !== name)
    return "give the rules of the VirtualService names, and name those that lead to both versions";
  return fixed(name);
}

/** A version by its Service, or by its subset where the Rollout names a DestinationRule. */
interface Version {
  readonly part: "stable" | "canary";
  readonly key: "host" | "subset";
  readonly name: string;
}

function versionsOf(rollout: Resource): readonly Version[] {
  const canary = canaryOf(rollout);
  const rule = canary.at("trafficRouting", "istio", "destinationRule");
  return (["stable", "canary"] as const).flatMap((part): readonly Version[] => {
    const field = rule.isSet() ? rule.at(`${part}SubsetName`) : canary.at(`${part}Service`);
    const name = field.text();
    return name === undefined ? [] : [{ part, key: rule.isSet() ? "subset" : "host", name }];
  });
}

/** Hosts and subsets of the rule, with the weight of each. Only the first label of a host counts (getHost). */
function destinationsIn(
  rule: Field,
): readonly { readonly host: string; readonly subset: string; readonly weight: Field }[] {
  return rule
    .at("route")
    .list()
    .map((one) => ({
      host: one.at("destination", "host").textOrEmpty().split(".")[0] ?? "",
      subset: one.at("destination", "subset").textOrEmpty(),
      weight: one.at("weight"),
    }));
}

function leads(rule: Field, { key, name }: Version): boolean {
  return destinationsIn(rule).some((one) => one[key] === name);
}

function* checkVersions(rollout: Resource, route: Resource, rule: Field): Iterable<Finding> {
  const missing = versionsOf(rollout).filter((version) => !leads(rule, version));
  const [first] = missing;
  if (first === undefined) return;
  const host = destinationsIn(rule)[0]?.host ?? "";
  yield violation(route, {
    at: rule.at("route").path,
    got: `no destination for the ${missing.map(({ part }) => part).join(" and the ")} version, which Argo Rollouts refuses`,
    expected: "one for each version",
    fix: together(
      missing.map(({ part, key, name }) => {
        const to = key === "host" ? { host: named(name) } : { host: named(host), subset: named(name) };
        return add(rule.at("route"), { destination: to, weight: part === "stable" ? fullWeight : 0 });
      }),
    ),
  });
}

/** Weights are the controller's: what is applied again sends users back to what stands there, whatever a release does. */
function* checkWeights(rollout: Resource, route: Resource, rule: Field): Iterable<Finding> {
  const versions = versionsOf(rollout);
  const of = (part: Version["part"]) => {
    const version = versions.find((one) => one.part === part);
    return version && destinationsIn(rule).find((one) => one[version.key] === version.name);
  };
  const [stable, canary] = [of("stable"), of("canary")];
  if (stable === undefined || canary === undefined || (canary.weight.number() ?? 0) === 0) return;
  yield violation(route, {
    at: canary.weight.path,
    got: `${canary.weight.number()} for the canary, to which every apply sends users whether a release runs or not`,
    expected: "0, which Argo Rollouts raises",
    fix: fix`${together([set(canary.weight, 0), set(stable.weight, fullWeight)])}`,
  });
}
