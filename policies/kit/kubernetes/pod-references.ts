/** References of pods: configuration, Secrets, claims and the service account. */
import type { Field } from "../reading/field";
import { type Pods, podSetting } from "./pods";
import { type ResourceType, types } from "../reading/types";

/** One name in a pod's spec. */
export interface Named {
  readonly type: ResourceType;
  readonly field: Field;
  /** Whether the pod starts without the object. */
  readonly optional: boolean;
  /** Volume through which it is read; undefined for the environment and the account. */
  readonly volume?: string;
}

/** All references of the pods.
 * @throws UnknownRead @throws MalformedRead */
export function namedBy(pods: Pods): readonly Named[] {
  return [...environmentOf(pods), ...volumesOf(pods), ...accountOf(pods)];
}

function named(type: ResourceType, holder: Field, key: string, volume?: string): readonly Named[] {
  const field = holder.at(key);
  if (!field.isSet()) return [];
  const optional = holder.at("optional").flag() ?? false;
  return [{ type, field, optional, ...(volume === undefined ? {} : { volume }) }];
}

function environmentOf({ containers }: Pods): readonly Named[] {
  return containers.flatMap(({ field }) => [
    ...field
      .at("envFrom")
      .list()
      .flatMap((source) => [
        ...named(types.configMap, source.at("configMapRef"), "name"),
        ...named(types.opaqueSecret, source.at("secretRef"), "name"),
      ]),
    ...field
      .at("env")
      .list()
      .map((entry) => entry.at("valueFrom"))
      .flatMap((source) => [
        ...named(types.configMap, source.at("configMapKeyRef"), "name"),
        ...named(types.opaqueSecret, source.at("secretKeyRef"), "name"),
      ]),
  ]);
}

/** Volumes of the pod, with the sources of projected ones. */
function volumesOf({ levels }: Pods): readonly Named[] {
  return levels
    .flatMap((level) => level.at("volumes").list())
    .flatMap((volume) => {
      const name = volume.at("name").textOrEmpty();
      return [
        ...named(types.configMap, volume.at("configMap"), "name", name),
        ...named(types.opaqueSecret, volume.at("secret"), "secretName", name),
        ...named(types.persistentVolumeClaim, volume.at("persistentVolumeClaim"), "claimName", name),
        ...volume
          .at("projected", "sources")
          .list()
          .flatMap((source) => [
            ...named(types.configMap, source.at("configMap"), "name", name),
            ...named(types.opaqueSecret, source.at("secret"), "name", name),
          ]),
      ];
    });
}

function accountOf(pods: Pods): readonly Named[] {
  const field = podSetting(pods, "serviceAccountName");
  const name = field.text();
  return name === undefined || name === "default" ? [] : [{ type: types.serviceAccount, field, optional: false }];
}

/** Volumes that some container mounts with a `subPath`: the kubelet never updates those. */
export function mountedInPart({ containers }: Pods): ReadonlySet<string> {
  const mounts = containers.flatMap(({ field }) => field.at("volumeMounts").list());
  const parts = mounts.filter((mount) => mount.at("subPath").isSet() || mount.at("subPathExpr").isSet());
  return new Set(parts.map((mount) => mount.at("name").textOrEmpty()));
}
