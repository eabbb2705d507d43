/** What the API server has against a container. Source: pkg/apis/core/validation, validateContainers and what it calls. */
import type { Field } from "../../kit/reading/field";
import { type Violation, nameOr } from "../../kit/finding/finding";
import { type Container, type Pods, podSetting } from "../../kit/kubernetes/pods";
import { example, add, fix, named, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";
import { volumesOf } from "./pods";
import { duplicatesIn } from "./duplicates";

type Check = (container: Container, pods: Pods, owner: Resource) => Iterable<Violation>;

/** Volumes that the containers may mount: the pod's own, and a StatefulSet's claims. */
function mountable(pods: Pods, owner: Resource): ReadonlySet<string> {
  const claims = owner.is(types.statefulSet) ? owner.at("spec", "volumeClaimTemplates").list() : [];
  const names = [
    ...volumesOf(pods).map((volume) => volume.at("name")),
    ...claims.map((claim) => claim.at("metadata", "name")),
  ];
  return new Set(names.map((name) => name.textOrEmpty()));
}

const mounts: Check = function* ({ field }, pods, owner) {
  const [folders, devices] = [field.at("volumeMounts").list(), field.at("volumeDevices").list()];
  if (folders.length + devices.length === 0) return;
  const names = mountable(pods, owner);
  for (const mount of [...folders, ...devices]) {
    const name = mount.at("name").textOrEmpty();
    if (names.has(name)) continue;
    yield {
      at: mount.at("name").path,
      got: `a volume ${nameOr(name, "of a name that it cannot have")}, which the pod has not`,
      expected: "a volume of the pod: the API refuses it otherwise",
      fix: devices.includes(mount)
        ? example(remove(mount), "declare its claim as a volume")
        : example(
            add(pods.levels[0].at("volumes"), { name: named(name), emptyDir: {} }),
            "what the volume is to hold, or correct the name",
          ),
    };
  }
};

const mountPaths: Check = function* ({ field }) {
  for (const { again } of duplicatesIn(field.at("volumeMounts").list(), (one) => one.at("mountPath").text()))
    yield {
      at: again.at("mountPath").path,
      got: "a path at which something else is mounted",
      expected: "a path for each mount: the API refuses it otherwise",
      fix: example(remove(again), "mount it elsewhere"),
    };
};

/** Names of ports: IANA's form. Source: validation.IsValidPortName. */
const portName = /^(?=.{1,15}$)(?!.*--)(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const lastPort = 65_535;

/** Whether the number can be a port. */
export function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= lastPort;
}

const ports: Check = function* ({ field }) {
  const all = field.at("ports").list();
  for (const port of all) {
    const number = port.at("containerPort");
    const name = port.at("name");
    const stated = number.number();
    if (stated !== undefined && !isPort(stated))
      yield {
        at: number.path,
        got: String(stated),
        expected: `1 to ${lastPort}: the API refuses others`,
        fix: example(remove(port), "state the port on which the container listens"),
      };
    else if (name.isSet() && !portName.test(name.textOrEmpty()))
      yield {
        at: name.path,
        got: "what is no name of a port",
        expected: "15 lower-case letters, digits and single dashes at most, and a letter: the API refuses others",
        fix: fix`${set(name, calledBy(stated))}, and so wherever the port is named`,
      };
  }
  for (const { again, key } of duplicatesIn(all, (one) => one.at("name").text()))
    yield {
      at: again.at("name").path,
      got: `a second port ${nameOr(key, "of one name")}`,
      expected: "a name for each port: the API refuses it otherwise",
      fix: example(set(again.at("name"), calledBy(again.at("containerPort").number())), "what it is for"),
    };
};

/** A name for a port of which nothing but its number is known. */
export function calledBy(number: number | undefined): string {
  return number !== undefined && isPort(number) ? `port-${number}` : "port";
}

/** Server-side apply refuses a key twice in a list of type map; otherwise the last one wins. */
const environment: Check = function* ({ field }) {
  const all = field.at("env").list();
  for (const { first, again, key } of duplicatesIn(all, (one) => one.at("name").text()))
    yield {
      at: again.at("name").path,
      got: `a variable${/^[A-Z][A-Z0-9_]{0,40}$/.test(key) ? ` ${key}` : ""} that is stated before`,
      expected: "each variable once: server-side apply refuses it, and elsewhere the last one wins",
      fix: fix`${remove(first)}, which the later one overrides`,
    };
  for (const one of all) {
    const [value, from] = [one.at("value"), one.at("valueFrom")];
    if (value.textOrEmpty() === "" || !from.isSet()) continue;
    yield {
      at: from.path,
      got: "valueFrom beside a value",
      expected: "one of them: the API refuses both",
      fix: example(remove(value), "valueFrom"),
    };
  }
};

const kinds = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

function handlersOf(owner: Field): readonly Field[] {
  return owner
    .members()
    .filter(([key, handler]) => kinds.includes(key) && handler.isSet())
    .map(([, handler]) => handler);
}

/** A readiness probe without a target is reported by readiness-probe. */
const handlers: Check = function* ({ field }) {
  const [readiness, liveness, startup] = ["readinessProbe", "livenessProbe", "startupProbe"].map((key) =>
    field.at(key),
  ) as [Field, Field, Field];
  const hooks = ["preStop", "postStart"].map((key) => field.at("lifecycle", key));
  for (const owner of [readiness, liveness, startup, ...hooks]) {
    const [, other] = handlersOf(owner);
    if (other === undefined) continue;
    yield {
      at: owner.path,
      got: `${handlersOf(owner).length} handlers`,
      expected: "one: the API refuses more",
      fix: example(remove(other), "the other one"),
    };
  }
  for (const probe of [liveness, startup]) {
    if (!probe.isSet() || handlersOf(probe).length > 0) continue;
    yield {
      at: probe.path,
      got: "a probe without a handler",
      expected: "httpGet, tcpSocket, grpc or exec: the API refuses it otherwise",
      fix: example(remove(probe), "give it a handler"),
    };
  }
  const grace = readiness.at("terminationGracePeriodSeconds");
  if (grace.number() === undefined) return;
  yield {
    at: grace.path,
    got: "a grace period of a probe that ends no container",
    expected: "none: the API refuses it",
    fix: remove(grace),
  };
};

const counts = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"];

/** Nothing and zero mean the default. */
const negatives: Check = function* ({ field }) {
  for (const probe of ["readinessProbe", "livenessProbe", "startupProbe"].map((key) => field.at(key)))
    for (const count of counts.map((key) => probe.at(key))) {
      const value = count.number() ?? 0;
      if (value >= 0) continue;
      yield { at: count.path, got: String(value), expected: "0 or more: the API refuses others", fix: remove(count) };
    }
};

/** Source: validateContainerResourceClaims. */
const claims: Check = function* ({ field }, pods) {
  const stated = field.at("resources", "claims").list();
  if (stated.length === 0) return;
  const own = podSetting(pods, "resourceClaims")
    .list()
    .map((claim) => claim.at("name").text());
  for (const claim of stated)
    if (!own.includes(claim.at("name").text()))
      yield {
        at: claim.at("name").path,
        got: "a device that the pod does not claim",
        expected: "a name among spec.resourceClaims: the API refuses it otherwise",
        fix: example(remove(claim), "declare the claim in the pod"),
      };
};

/** Every check of a container. */
export const containerChecks: readonly Check[] = [mounts, mountPaths, ports, environment, handlers, negatives, claims];
