/** Two Applications that deploy the same path to the same namespace: each sync takes the objects' tracking id from the other. */
import { valueOr } from "../kit/reading/field";
import { type Finding, nameOr, violation } from "../kit/finding/finding";
import { objectName } from "../kit/kubernetes/kubernetes";
import { drop } from "../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../kit/reading/resource";
import { types } from "../kit/reading/types";

/** Source and destination of the application, as one key.
 * @throws UnknownRead @throws MalformedRead */
export function readDelivery(one: Resource): string | undefined {
  const spec = one.at("spec");
  const [source, to] = [spec.at("source"), spec.at("destination")];
  const path = source.at("path").text();
  // A chart's objects carry the name of the application, as its release.
  if (path === undefined || source.at("chart").isSet()) return undefined;
  const rendering = ["helm", "kustomize", "directory", "plugin"].map((key) => source.at(key).value());
  const destination = [to.at("server").text() ?? to.at("name").text(), to.at("namespace").text()];
  return JSON.stringify([source.at("repoURL").text(), path.replace(/^\.?\/|\/$/g, ""), destination, rendering]);
}

const byDelivery = perStack((stack) => {
  const found = new Map<string, Resource>();
  for (const one of stack.of(types.application)) {
    const key = valueOr(() => readDelivery(one), undefined);
    if (key !== undefined && !found.has(key)) found.set(key, one);
  }
  return found;
});

/** Reports an Application whose objects another one deploys too. */
export function* checkTwin(stack: Stack, one: Resource): Iterable<Finding> {
  const key = readDelivery(one);
  const first = key === undefined ? undefined : byDelivery(stack).get(key);
  if (first === undefined || first === one || objectName(first) === objectName(one)) return;
  yield violation(one, {
    at: "spec.source.path",
    got: `the folder that ${nameOr(
      valueOr(() => objectName(first), undefined),
      "another application",
    )} deploys to the same namespace`,
    expected: "one application for each object",
    fix: drop(one),
  });
}
