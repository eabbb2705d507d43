/** What the restricted Pod Security Standard allows, control by control, as of Kubernetes 1.36. */
import type { Field } from "../kit/reading/field";
import { valueText } from "../kit/finding/finding";
import { type Pods, podSetting } from "../kit/kubernetes/pods";
import { either, fix, type Remedy, remove, set } from "../kit/finding/remedy";

/** One field that the standard forbids. */
export interface Breach {
  readonly field: Field;
  readonly got: string;
  readonly expected: string;
  readonly fix: Remedy;
}

/** Types of SELinux domains; `user` and `role` may not be stated at all. Since Kubernetes 1.31 with `container_engine_t`. */
const domains = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/** Kernel parameters that stay within a pod. Since Kubernetes 1.32 with the two buffers of TCP. */
const namespacedSysctls = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
];

const volumeTypes = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

const profiles = ["RuntimeDefault", "Localhost"];
const handlers = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];
const appArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

/** Whether the pod runs on Windows, where Linux has nothing to restrict. */
export function isWindows(pods: Pods): boolean {
  return podSetting(pods, "os", "name").text() === "windows";
}

/** Forbidden fields of the pod spec. */
export function* podBreaches(pods: Pods): Generator<Breach> {
  for (const key of ["hostNetwork", "hostPID", "hostIPC"]) {
    const field = podSetting(pods, key);
    if (field.flag() === true) yield { field, got: "true", expected: "false", fix: remove(field) };
  }
  for (const level of pods.levels) for (const volume of level.at("volumes").list()) yield* volumeBreaches(volume);
  const context = podSetting(pods, "securityContext");
  yield* contextBreaches(context);
  for (const parameter of context.at("sysctls").list()) {
    const field = parameter.at("name");
    const name = field.textOrEmpty();
    if (!namespacedSysctls.includes(name.replaceAll("/", ".")))
      yield {
        field,
        got: "a kernel parameter of the node",
        expected: "one that stays within the pod",
        fix: remove(parameter),
      };
  }
  for (const [key, field] of pods.template.at("metadata", "annotations").members())
    if (key.startsWith(appArmorAnnotation) && !/^(runtime\/default|localhost\/.*|)$/.test(field.textOrEmpty()))
      yield {
        field,
        got: "no AppArmor profile",
        expected: "runtime/default",
        fix: fix`${remove(field)}: the runtime's own profile then holds`,
      };
}

function* volumeBreaches(volume: Field): Generator<Breach> {
  for (const [type, field] of volume.members()) {
    if (type === "name" || volumeTypes.includes(type) || !field.isSet()) continue;
    yield {
      field,
      got: type === "hostPath" ? "a folder of the node" : "a disk or share that the pod reaches by itself",
      expected: type === "hostPath" ? "no hostPath" : "a persistentVolumeClaim",
      fix: either(
        fix`${remove(field)} and ${set(volume.at("persistentVolumeClaim"), { claimName: "files" })}, with the claim that holds them`,
        fix`${remove(field)} and ${set(volume.at("emptyDir"), {})} where nothing has to stay`,
      ),
    };
  }
}

/** Forbidden fields of a container. */
export function* containerBreaches(container: Field): Generator<Breach> {
  const context = container.at("securityContext");
  const privileged = context.at("privileged");
  if (privileged.flag() === true) yield { field: privileged, got: "true", expected: "false", fix: remove(privileged) };
  const mount = context.at("procMount");
  if (!["Default", "", undefined].includes(mount.text()))
    yield { field: mount, got: "an unmasked /proc", expected: "Default", fix: remove(mount) };
  const added = context.at("capabilities", "add");
  const extra = added.texts().filter((capability) => capability !== "NET_BIND_SERVICE");
  if (extra.length > 0)
    yield {
      field: added,
      got: extra.map(capabilityName).join(", "),
      expected: "at most NET_BIND_SERVICE",
      fix: added.texts().length > extra.length ? set(added, ["NET_BIND_SERVICE"]) : remove(added),
    };
  yield* contextBreaches(context);
  for (const port of container.at("ports").list()) {
    const field = port.at("hostPort");
    if ((field.number() ?? 0) !== 0)
      yield {
        field,
        got: "a port of the node",
        expected: "none",
        fix: fix`${remove(field)}; a Service reaches the pod`,
      };
  }
  for (const handler of handlers)
    for (const action of ["httpGet", "tcpSocket"]) {
      const field = container.at(...handler, action, "host");
      if (!["", undefined].includes(field.text()))
        yield {
          field,
          got: "another host than the pod",
          expected: "no host",
          fix: fix`${remove(field)}: the kubelet then calls the pod itself`,
        };
    }
}

function capabilityName(capability: string): string {
  return /^[A-Z][A-Z_]{1,30}$/.test(capability) ? capability : valueText(capability);
}

/** Fields that a pod's security context and a container's have in common. */
function* contextBreaches(context: Field): Generator<Breach> {
  const windows = context.at("windowsOptions", "hostProcess");
  if (windows.flag() === true)
    yield {
      field: windows,
      got: "true",
      expected: "false",
      fix: fix`${remove(windows)}: it is the node's own process`,
    };
  const appArmor = context.at("appArmorProfile", "type");
  if (appArmor.isSet() && !profiles.includes(appArmor.textOrEmpty()))
    yield {
      field: appArmor,
      got: "no AppArmor profile",
      expected: "RuntimeDefault",
      fix: set(appArmor, "RuntimeDefault"),
    };
  const seLinux = context.at("seLinuxOptions");
  const domain = seLinux.at("type");
  if (!domains.includes(domain.textOrEmpty()))
    yield {
      field: domain,
      got: "a domain beyond containers",
      expected: "container_t",
      fix: fix`${remove(domain)}: the runtime's own domain then holds`,
    };
  for (const key of ["user", "role"]) {
    const field = seLinux.at(key);
    if (field.textOrEmpty() !== "")
      yield { field, got: "an SELinux identity of its own", expected: "none", fix: remove(field) };
  }
}

/** One setting that each container must have, from its own security context or the pod's. */
export interface Demand {
  /** The setting as a manifest writes it. */
  readonly words: string;
  /** Where the pod may state it for all of its containers; absent where each container must. */
  readonly podKey?: string;
  /** What satisfies it. */
  readonly value: unknown;
  /** Whether it applies only to Linux. */
  readonly linuxOnly: boolean;
  readonly field: (context: Field) => Field;
  readonly holds: (field: Field) => boolean;
  /** Whether a stated value violates it. Otherwise the setting is missing. */
  readonly got: (field: Field) => string;
}

/** Settings without which a pod is not restricted. */
export const demands: readonly Demand[] = [
  {
    words: "runAsNonRoot: true",
    value: true,
    podKey: "runAsNonRoot",
    linuxOnly: false,
    field: (context) => context.at("runAsNonRoot"),
    holds: (field) => field.flag() === true,
    got: () => "false",
  },
  {
    words: "seccompProfile.type: RuntimeDefault",
    value: "RuntimeDefault",
    podKey: "seccompProfile",
    linuxOnly: true,
    field: (context) => context.at("seccompProfile", "type"),
    holds: (field) => profiles.includes(field.textOrEmpty()),
    got: () => "no filter of system calls",
  },
  {
    words: "allowPrivilegeEscalation: false",
    value: false,
    linuxOnly: true,
    field: (context) => context.at("allowPrivilegeEscalation"),
    holds: (field) => field.flag() === false,
    got: () => "true",
  },
  {
    words: "capabilities.drop: [ALL]",
    value: ["ALL"],
    linuxOnly: true,
    field: (context) => context.at("capabilities", "drop"),
    holds: (field) => field.texts().includes("ALL"),
    got: () => "some",
  },
];
