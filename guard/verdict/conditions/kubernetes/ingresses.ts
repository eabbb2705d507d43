/** Ingresses: hosts, paths, and annotations of the load balancer. */
import type { Resource } from "../../plans/change";
import { canonical } from "../../plans/difference";
import { isMap, isUnknown, listAt, textAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";

const ALB = "metadata.annotations.alb.ingress.kubernetes.io/";

/** A list in an annotation: JSON of ports, or names between commas. */
function annotated(values: Values | undefined, key: string): readonly string[] {
  const text = textAt(values, `${ALB}${key}`) ?? "";
  return text.trimStart().startsWith("[")
    ? (text.match(/\{[^}]*\}/g) ?? []).map((port) => port.replace(/\s/g, ""))
    : text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
}

/** Ports, certificates and the health check of an Ingress's load balancer. */
function ingressFront({ resource, path, row }: Context): Outcome {
  const key = path?.segments.at(-1)?.split("/").at(-1) ?? "";
  if (key === "healthcheck-path" || isUnknown(path?.after)) return unknown(row.when);
  const [old, next] = [annotated(resource.before, key), annotated(resource.after, key)];
  if (old.length === 0) return unknown(row.when);
  const lost = old.filter((item) => !next.includes(item));
  if (key === "certificate-arn" && lost.length === 0 && old[0] !== next[0])
    return degrades(
      `${next[0] ?? ""} is first, so it is the listener's default: clients without SNI, and hosts without a certificate of their own, get it. ${row.when}`,
    );
  if (lost.length === 0) return safe("existing entries stay, others are added");
  return key === "listen-ports" ? downtime(`${lost.join(", ")} is no longer served: ${row.when}`) : unknown(row.when);
}

/** Hosts and paths of an Ingress with their backends. */
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

/** Conditions about Ingresses. */
export const ingresses: Conditions = {
  ingressRules,
  ingressFront,
};
