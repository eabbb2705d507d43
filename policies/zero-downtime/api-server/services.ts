/** What the API server has against a Service. Source: pkg/apis/core/validation, ValidateService. */
import type { Field } from "../../kit/reading/field";
import { type Violation, nameOr } from "../../kit/finding/finding";
import { example, fix, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { calledBy, isPort } from "./containers";
import { duplicatesIn } from "./duplicates";

/** Faults of the Service's ports and of what it says of its address. */
export function* serviceViolations(service: Resource): Iterable<Violation> {
  const spec = service.at("spec");
  const all = spec.at("ports").list();
  const headless = spec.at("clusterIP").text() === "None";
  const outside = spec.at("type").text() === "ExternalName";
  if (all.length === 0 && !headless && !outside && service.at("spec").isSet())
    yield {
      at: spec.at("ports").path,
      got: "no port",
      expected: "a port: the API refuses a Service with an address and none",
      fix: example(set(spec.at("clusterIP"), "None"), "state the ports"),
    };
  if (headless && spec.at("type").text() === "LoadBalancer")
    yield {
      at: spec.at("clusterIP").path,
      got: "None, of a load balancer",
      expected: "an address: the API refuses it otherwise",
      fix: remove(spec.at("clusterIP")),
    };
  yield* familyViolations(spec, headless);
  yield* nearnessViolations(spec);
  yield* portViolations(all);
}

/** Ways in which callers are led to near pods. Source: validateServiceTrafficDistribution. */
const distributions: readonly string[] = ["PreferClose", "PreferSameZone", "PreferSameNode"];

/**
 * Families of addresses, of which a cluster of EKS has one. Each family of the list has to be the cluster's, whatever the
 * policy says; a headless Service without a selector takes no address, and may name both.
 * Source: EKS user guide, IPv6; validateServiceClusterIPsRelatedFields; initIPFamilyFields.
 */
function* familyViolations(spec: Field, headless: boolean): Iterable<Violation> {
  const [policy, families] = [spec.at("ipFamilyPolicy"), spec.at("ipFamilies")];
  const [first, second] = families.list();
  const twice = first !== undefined && second !== undefined && first.text() === second.text();
  if (twice)
    yield {
      at: second.path,
      got: "the same family twice",
      expected: "each family once: the API refuses it otherwise",
      fix: remove(second),
    };
  if (headless && spec.at("selector").members().length === 0) return;
  const both = second !== undefined && !twice;
  if (policy.text() === "RequireDualStack") {
    const prefer = set(policy, "PreferDualStack");
    yield {
      at: policy.path,
      got: "addresses of both families",
      expected: "one family, or PreferDualStack: a cluster of EKS has one, and refuses it",
      fix: both ? fix`${prefer} and ${remove(families)}` : prefer,
    };
  } else if (both)
    yield {
      at: families.path,
      got: "both families",
      expected: "one family, or no list: a cluster of EKS has one, and refuses the other whatever the policy",
      fix: remove(families),
    };
}

/** How callers are led to near pods. */
function* nearnessViolations(spec: Field): Iterable<Violation> {
  const nearness = spec.at("trafficDistribution");
  if (nearness.isSet() && !distributions.includes(nearness.textOrEmpty()))
    yield {
      at: nearness.path,
      got: "an unknown value",
      expected: `${distributions.join(" or ")}: the API refuses others`,
      fix: example(remove(nearness), "the one that is meant"),
    };
}

function* portViolations(all: readonly Field[]): Iterable<Violation> {
  for (const port of all) {
    const [name, number] = [port.at("name"), port.at("port").number()];
    if (all.length > 1 && name.textOrEmpty() === "")
      yield {
        at: name.path,
        got: "nothing, beside other ports",
        expected: "a name: the API refuses several ports without",
        fix: example(set(name, calledBy(number)), "what it is for"),
      };
    if (number !== undefined && !isPort(number))
      yield {
        at: port.at("port").path,
        got: String(number),
        expected: "1 to 65535: the API refuses others",
        fix: example(remove(port), "state the port that callers use"),
      };
  }
  for (const { again, key } of duplicatesIn(all, (one) => one.at("name").text()))
    yield {
      at: again.at("name").path,
      got: `a second port ${nameOr(key, "of one name")}`,
      expected: "a name for each port: the API refuses it otherwise",
      fix: example(set(again.at("name"), calledBy(again.at("port").number())), "what it is for"),
    };
  const keyOf = (one: Field): string => `${one.at("port").textOrEmpty()} ${one.at("protocol").text() ?? "TCP"}`;
  for (const { again } of duplicatesIn(all, keyOf))
    yield {
      at: again.at("port").path,
      got: "a port that the Service has already",
      expected: "each port once: the API refuses it otherwise",
      fix: example(remove(again), "state another port"),
    };
}
