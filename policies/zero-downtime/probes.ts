/** Rules about probes: traffic only reaches pods that are ready, and overload does not restart them. */
import type { Field } from "../kit/field";
import { nameOr, type Finding, violation } from "../kit/finding";
import { containers, podSpec, replicated } from "../kit/kubernetes";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";

/** Whoever listens says when it is ready. */
export const readinessProbe = resourceRule({
  id: "readiness-probe",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A container that listens on a port and has no readiness probe.",
  prevents: "Requests reach a pod that is still starting.",
  source: "EKS best practices, Load balancing, readiness probes",
  settings: {},
  kinds: replicated,
  limits: "A container counts as listening when it declares ports.",
  examples: {
    bad: "{ name: web, ports: [{ containerPort: 8080 }] }",
    good: "{ name: web, ports: [{ containerPort: 8080 }], readinessProbe: { httpGet: { path: /ready, port: 8080 } } }",
  },
  check: (workload) =>
    eachPart(workload, containers(podSpec(workload)), function* (container) {
      if (container.at("ports").list().length === 0) return;
      const probe = container.at("readinessProbe");
      if (probe.members().some(([key, handler]) => handlers.includes(key) && handler.isSet())) return;
      yield violation(workload, {
        at: probe.path,
        got: probe.isSet() ? "a probe that checks nothing" : "nothing",
        wanted: "a probe that fails until the container can serve",
        fix: `add readinessProbe to container ${nameOr(container.at("name").text(), "(unnamed)")}`,
      });
    }),
});

const handlers = ["httpGet", "tcpSocket", "exec", "grpc"];

/** Being busy is no reason to be killed. */
export const probesDistinct = resourceRule({
  id: "probes-distinct",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A liveness probe that asks the same as the readiness probe.",
  prevents: "Overload makes readiness fail as it should, and liveness then restarts the whole fleet.",
  source: "kube-score, pod-probes-identical",
  settings: {},
  kinds: replicated,
  examples: {
    bad: "livenessProbe and readinessProbe: { httpGet: { path: /ready, port: 8080 } }",
    good: "livenessProbe: { httpGet: { path: /alive, port: 8080 } }",
  },
  check: (workload) => eachPart(workload, containers(podSpec(workload)), (container) => judgePair(workload, container)),
});

function* judgePair(workload: Resource, container: Field): Iterable<Finding> {
  const liveness = container.at("livenessProbe");
  const readiness = container.at("readinessProbe");
  const asked = question(liveness, container);
  if (asked === undefined || asked !== question(readiness, container)) return;
  yield violation(workload, {
    at: liveness.path,
    got: "the same question as the readiness probe",
    wanted: "a question that only a broken process fails",
    fix: "point livenessProbe at an endpoint that checks nothing but the process itself, or drop it",
  });
}

/** What a probe asks, spelled one way: ports by number, paths without doubled or trailing slashes. */
function question(probe: Field, container: Field): string | undefined {
  const asks = (...parts: readonly unknown[]): string => JSON.stringify(parts);
  const [http, tcp, grpc] = [probe.at("httpGet"), probe.at("tcpSocket"), probe.at("grpc")];
  if (http.isSet()) {
    const parts = (http.at("path").text() ?? "").split("/").filter((part) => part !== "");
    return asks("http", portNumber(http.at("port"), container), parts);
  }
  if (tcp.isSet()) return asks("tcp", portNumber(tcp.at("port"), container));
  if (grpc.isSet()) return asks("grpc", portNumber(grpc.at("port"), container), grpc.at("service").text() ?? "");
  const command = probe.at("exec", "command").texts();
  return command.length === 0 ? undefined : asks("exec", command);
}

function portNumber(port: Field, container: Field): string | undefined {
  const given = port.text();
  const named = container
    .at("ports")
    .list()
    .find((candidate) => candidate.at("name").text() === given);
  return named?.at("containerPort").text() ?? given;
}
