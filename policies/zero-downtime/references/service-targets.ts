/** What a Service leads to besides the pods that serve: pods of jobs, and an address that is no name. */
import { isIP } from "node:net";
import type { Field } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { objectName } from "../../kit/kubernetes/kubernetes";
import { example, named, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import type { DeclaredPods } from "../../kit/kubernetes/inventory";
import { manifestKind, types } from "../../kit/reading/types";

/** Kinds whose pods end. */
const ending = [types.job, types.cronJob, types.scaledJob, types.analysisTemplate] as const;

/** A job's pod without a probe is ready at once: until it ends it gets its share of the requests, and answers none. */
export function* checkEnding(service: Resource, selector: Field, pods: readonly DeclaredPods[]): Iterable<Finding> {
  const taken = pods.find(({ owner }) => owner.is(...ending));
  const [key] = selector.members().map(([label]) => label);
  if (taken === undefined || key === undefined || pods.every(({ owner }) => owner.is(...ending))) return;
  const { owner } = taken;
  const label = taken.pods.template.at("metadata", "labels", key);
  yield violation(service, {
    at: selector.path,
    got: `the pods of the ${manifestKind(owner.type)} ${nameOr(objectName(owner), "of no form")} as well, which end and answer nobody`,
    expected: "pods that serve",
    fix: example(set(label, `${named(objectName(owner))}-job`, owner), "other labels of its own"),
  });
}

/** Source: Kubernetes, Services, ExternalName: digits and dots are read as a name, which no server has. */
export function* checkExternal(service: Resource): Iterable<Finding> {
  const field = service.at("spec", "externalName");
  if (isIP(field.textOrEmpty()) === 0) return;
  yield violation(service, {
    at: field.path,
    got: "an address, which is read as a name that nobody has",
    expected: "the name of a host",
    fix: "name the host, or declare a Service without a selector and an EndpointSlice with the address",
  });
}
