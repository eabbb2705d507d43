/** Services and routers of a canary as Argo Rollouts accepts them: anything else is InvalidSpec, and no release gets out. */
import { canaryOf, isComplete } from "../../kit/argo-rollouts/canary";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { objectName } from "../../kit/kubernetes/kubernetes";
import { either, fix, named, type Remedy, remove, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { guarded } from "../../kit/rule/rule";
import { serviceFor } from "../../kit/kubernetes/workload-fixes";

/** What Argo Rollouts has against Services, routers and anti-affinity of the canary. */
export function* checkRouting(rollout: Resource): Iterable<Finding> {
  const canary = canaryOf(rollout);
  const parts = [checkServices, checkPingPong, checkWeights, checkNames, checkAffinity];
  for (const part of parts) yield* guarded(rollout, () => part(rollout, canary));
}

/** Routers that need both Services. Source: requireCanaryStableServices. */
const byService = ["alb", "istio", "smi", "apisix", "ambassador", "nginx", "appMesh", "traefik"];
/** Routers with ping and pong as of v1.9; plugins have it later. */
const pingPongRouters = ["alb", "istio"];

function* checkServices(rollout: Resource, canary: Field): Iterable<Finding> {
  const [stable, fresh] = [canary.at("stableService"), canary.at("canaryService")];
  if (stable.isSet() && stable.text() === fresh.text())
    yield violation(rollout, {
      at: stable.path,
      got: "the same Service for both versions",
      expected: "two Services: Argo Rollouts refuses one",
      fix: served(rollout, fresh, "canary"),
    });
  const routing = canary.at("trafficRouting");
  const router = byService.find((key) => routing.at(key).isSet());
  const pingPong = canary.at("pingPong").isSet() && (router === "alb" || router === "istio");
  const subsets = router === "istio" && routing.at("istio", "destinationRule").isSet();
  if (router === undefined || pingPong || subsets || !isComplete(rollout)) return;
  for (const service of [stable, fresh]) {
    if (service.isSet()) continue;
    yield violation(rollout, {
      at: service.path,
      got: `nothing beside trafficRouting.${router}, which Argo Rollouts refuses`,
      expected: "a Service for each version",
      fix: served(rollout, service, service === stable ? "stable" : "canary"),
    });
  }
}

function* checkPingPong(rollout: Resource, canary: Field): Iterable<Finding> {
  const pair = canary.at("pingPong");
  if (!pair.isSet() || !isComplete(rollout)) return;
  const [ping, pong] = [pair.at("pingService").text(), pair.at("pongService").text()];
  const routing = canary.at("trafficRouting");
  const routed = !routing.isSet() || pingPongRouters.some((key) => routing.at(key).isSet());
  const root = routing.at("alb", "rootService");
  const rooted = !routing.at("alb").isSet() || root.isSet();
  const paired = ping !== undefined && pong !== undefined && ping !== pong;
  if (paired && routed && rooted) return;
  const missing = [
    ...(ping === undefined ? [served(rollout, pair.at("pingService"), "ping")] : []),
    ...(pong === undefined || pong === ping ? [served(rollout, pair.at("pongService"), "pong")] : []),
    ...(rooted ? [] : [served(rollout, root, "root")]),
  ];
  yield violation(rollout, {
    at: pair.path,
    got: "a pair that Argo Rollouts refuses",
    expected: "two different Services, beside istio, or alb with its rootService",
    fix: routed ? together(missing) : unpaired(rollout, canary),
  });
}

/** A name in the field, and the Service of that name. */
function served(rollout: Resource, field: Field, part: string): Remedy {
  const name = `${named(objectName(rollout))}-${part}`;
  const service = serviceFor(rollout, name);
  return together([set(field, name), ...(service === undefined ? [] : [service])]);
}

/** Routers without ping and pong have a Service for each version. */
function unpaired(rollout: Resource, canary: Field): Remedy {
  const services = ["stable", "canary"].flatMap((part) => {
    const field = canary.at(`${part}Service`);
    return field.isSet() ? [] : [served(rollout, field, part)];
  });
  return together([remove(canary.at("pingPong")), ...services]);
}

function* checkWeights(rollout: Resource, canary: Field): Iterable<Finding> {
  const routing = canary.at("trafficRouting");
  const most = routing.at("maxTrafficWeight");
  if (!most.isSet() || routing.at("nginx").isSet() || routing.at("plugins").isSet()) return;
  yield violation(rollout, {
    at: most.path,
    got: "a largest weight for a router that has none, which Argo Rollouts refuses",
    expected: "it beside nginx or plugins, or nothing",
    fix: fix`${remove(most)}, and count weights to 100`,
  });
}

/** Each router takes one name or several. */
const oneOrSeveral = [
  ["istio", "virtualService", "virtualServices"],
  ["nginx", "stableIngress", "stableIngresses"],
  ["alb", "ingress", "ingresses"],
] as const;

function* checkNames(rollout: Resource, canary: Field): Iterable<Finding> {
  for (const [key, one, several] of oneOrSeveral) {
    const router = canary.at("trafficRouting", key);
    if (!router.isSet()) continue;
    const stated =
      Number(router.at(one).isSet()) +
      Number(
        router
          .at(several)
          .list()
          .some((name) => name.isSet()),
      );
    if (stated === 1 || (stated === 0 && !isComplete(rollout))) continue;
    yield violation(rollout, {
      at: router.path,
      got: stated === 0 ? `neither ${one} nor ${several}` : `${one} and ${several}`,
      expected: "exactly one of them: Argo Rollouts refuses anything else",
      fix:
        stated === 0
          ? `name one in ${one}, or several in ${several}`
          : either(remove(router.at(one)), remove(router.at(several))),
    });
  }
}

function* checkAffinity(rollout: Resource, canary: Field): Iterable<Finding> {
  const affinity = canary.at("antiAffinity");
  if (!affinity.isSet()) return;
  const preferred = affinity.at("preferredDuringSchedulingIgnoredDuringExecution");
  const required = affinity.at("requiredDuringSchedulingIgnoredDuringExecution");
  const weight = preferred.at("weight").number() ?? 0;
  const weighed = !preferred.isSet() || (weight >= 1 && weight <= most);
  if (preferred.isSet() !== required.isSet() && weighed) return;
  yield violation(rollout, {
    at: affinity.path,
    got: "an anti-affinity that Argo Rollouts refuses",
    expected: "preferred with a weight of 1 to 100, or required",
    fix: together([set(preferred.at("weight"), most), ...(required.isSet() ? [remove(required)] : [])]),
  });
}

const most = 100;
