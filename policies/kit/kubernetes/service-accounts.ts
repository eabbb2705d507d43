/** Pods that call the API server: those whose service account gets rights from some binding. */
import { valueOr } from "../reading/field";
import { namespaceOf } from "./kubernetes";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { types } from "../reading/types";
import { podSpec } from "./workloads";

/** Service accounts that the binding names, as namespace/name.
 * @throws UnknownRead @throws MalformedRead */
export function readBinding(binding: Resource): readonly string[] {
  return binding
    .at("subjects")
    .list()
    .filter((subject) => subject.at("kind").text() === "ServiceAccount")
    .map((subject) => `${subject.at("namespace").text() ?? namespaceOf(binding)}/${subject.at("name").textOrEmpty()}`);
}

const bound = perStack(
  (stack) =>
    new Set(
      stack
        .of(types.clusterRoleBinding, types.roleBinding)
        .flatMap((binding) => valueOr(() => readBinding(binding), [])),
    ),
);

/** Whether the pods run as a service account that a binding of the stack names, and get its token. */
export function callsApiServer(stack: Stack, workload: Resource): boolean {
  if (podSpec(workload).at("automountServiceAccountToken").flag() === false) return false;
  const name = podSpec(workload).at("serviceAccountName").text() ?? "default";
  return bound(stack).has(`${namespaceOf(workload)}/${name}`);
}
