/** Argo CD's own settings: ConfigMaps that it finds by their names, in whatever namespace it is installed. */
import type { Field } from "../reading/field";
import { objectName } from "../kubernetes/kubernetes";
import type { Resource } from "../reading/resource";
import { types } from "../reading/types";

/** Names of the ConfigMaps that decide what Argo CD does. Source: argo-cd, common/common.go. */
export type ArgoConfigName = "argocd-cm" | "argocd-cmd-params-cm" | "argocd-rbac-cm";

/** The settings of the resource when it is that ConfigMap.
 * @throws UnknownRead when a preview hides its name. */
export function argoConfig(resource: Resource, name: ArgoConfigName): Field | undefined {
  return resource.is(types.configMap) && objectName(resource) === name ? resource.at("data") : undefined;
}
