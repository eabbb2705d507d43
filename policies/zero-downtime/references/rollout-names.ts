/** What a Rollout names of its traffic: Argo Rollouts refuses it while one of them is missing. */
import { danglingReference } from "../../kit/kubernetes/dangling-references";
import type { Field } from "../../kit/reading/field";
import type { Finding } from "../../kit/finding/finding";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import type { Resource, Stack } from "../../kit/reading/resource";
import { inventoryOf } from "../../kit/kubernetes/inventory";
import { type ResourceType, types } from "../../kit/reading/types";
import { serviceFor } from "../../kit/kubernetes/workload-fixes";

/** Services, routes and rules that the Rollout's strategy names. */
export function* checkRollout(stack: Stack, rollout: Resource): Iterable<Finding> {
  const own = namespaceOf(rollout);
  for (const [kind, field] of namesOf(rollout)) {
    const { name, namespace } = withNamespace(field.textOrEmpty(), kind, own);
    const missing = kind === types.service ? serviceFor(rollout, name) : undefined;
    const instead = kind === types.ingress ? behindTheGateway : undefined;
    yield* danglingReference(inventoryOf(stack), rollout, { type: kind, namespace, name, field, missing, instead });
  }
}

/** An Ingress bypasses the gateway: the fix declares no other one. */
const behindTheGateway = "route through the gateway (trafficRouting.istio), which needs no Ingress";

/** A VirtualService may be named with its namespace, `shop.istio-ingress` (Argo Rollouts, utils/istio). */
function withNamespace(
  text: string,
  type: ResourceType,
  own: string,
): { readonly name: string; readonly namespace: string } {
  const name = text.replace(/\.cluster\.local$/, "").replace(/\.svc$/, "");
  const dot = type === types.virtualService ? name.lastIndexOf(".") : -1;
  return dot < 0 ? { name, namespace: own } : { name: name.slice(0, dot), namespace: name.slice(dot + 1) };
}

/** Fields that name the Services whose selectors Argo Rollouts writes: each has one version's pods. */
export function selectingServices(rollout: Resource): readonly Field[] {
  const [canary, blueGreen] = [rollout.at("spec", "strategy", "canary"), rollout.at("spec", "strategy", "blueGreen")];
  return [
    canary.at("stableService"),
    canary.at("canaryService"),
    canary.at("pingPong", "pingService"),
    canary.at("pingPong", "pongService"),
    blueGreen.at("activeService"),
    blueGreen.at("previewService"),
  ];
}

function namesOf(rollout: Resource): readonly (readonly [ResourceType, Field])[] {
  const routing = rollout.at("spec", "strategy", "canary", "trafficRouting");
  const services = [...selectingServices(rollout), routing.at("alb", "rootService")];
  const virtual = [routing.at("istio", "virtualService"), ...routing.at("istio", "virtualServices").list()].map((one) =>
    one.at("name"),
  );
  const ingresses = ["alb", "nginx"].flatMap((router) =>
    ["ingress", "stableIngress", "ingresses", "stableIngresses"].flatMap((key) => {
      const field = routing.at(router, key);
      return field.shape() === "list" ? field.list() : [field];
    }),
  );
  const all: readonly (readonly [ResourceType, readonly Field[]])[] = [
    [types.service, services],
    [types.virtualService, virtual],
    [types.destinationRule, [routing.at("istio", "destinationRule", "name")]],
    [types.ingress, ingresses],
  ];
  return all.flatMap(([kind, fields]) => fields.map((field) => [kind, field] as const));
}
