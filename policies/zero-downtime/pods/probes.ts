/** Rules about probes: traffic only reaches pods that are ready, and overload does not restart them. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { probeLimits } from "../../limits/probes";
import { counted } from "@fridayproof/components/core";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Violation, nameOr, type Finding, violation } from "../../kit/finding/finding";
import { containersIn } from "../../kit/kubernetes/pods";
import { either, example, fix, type Remedy, remove, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, eachResource, resourceRule, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { cannotFail, handlerOf, toleranceOf } from "../../kit/kubernetes/probe";
import { readMonitor, readScraped, readService, servingContainers, servicesOf } from "../../kit/network/serving";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { podSpec, running } from "../../kit/kubernetes/workloads";

/** Whoever serves says when it is ready. */
export const readinessProbe = stackRule({
  id: "readiness-probe",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A container that serves and has no readiness probe, or one that cannot fail in time, and a Service that sends to pods that are not ready.",
  prevents: "Requests reach a pod that is still starting, or one that stopped answering.",
  source: "EKS best practices, Load balancing, readiness probes",
  settings: { noticedWithin: quantity(probeLimits.readinessNoticedWithin, "higher", { minimum: 1 }) },
  limits:
    "A container serves when a Service leads to it. Where no Service is in sight, one that declares a port for requests does, if its object states a namespace.",
  examples: {
    bad: "{ name: web, ports: [{ containerPort: 8080 }] }   # behind a Service",
    good: "{ name: web, ports: [{ containerPort: 8080 }], readinessProbe: { httpGet: { path: /ready, port: 8080 } } }",
  },
  *check(stack, { noticedWithin }) {
    yield* reportUnreadable(stack.of(types.service), (service) => [readService(service), readScraped(stack, service)]);
    yield* reportUnreadable(stack.of(types.serviceMonitor), readMonitor);
    yield* eachResource(stack.of(...running), (workload) =>
      eachPart(workload, servingContainers(stack, workload), (container) =>
        checkReadiness(workload, container, noticedWithin),
      ),
    );
    const serving = new Set(stack.of(...running).flatMap((one) => valueOr(() => servicesOf(stack, one), [])));
    yield* eachResource([...serving], checkUnready);
  },
});

/** A Service with an address sends to every pod that it names; peers that find each other by name use one without. */
function* checkUnready(service: Resource): Iterable<Finding> {
  const field = service.at("spec", "publishNotReadyAddresses");
  if (field.flag() !== true || service.at("spec", "clusterIP").text() === "None") return;
  yield violation(service, {
    at: field.path,
    got: "true: pods get requests despite a failing readiness probe",
    expected: "false, or a Service without an address (clusterIP: None) for peers",
    fix: remove(field),
  });
}

function* checkReadiness(workload: Resource, container: Field, within: number): Iterable<Finding> {
  // The injector of the mesh fills in the proxy with its image and its probe.
  if (container.at("image").text() === "auto") return;
  const probe = container.at("readinessProbe");
  const problem = violationOfReadiness(probe, within);
  if (problem === undefined) return;
  const name = nameOr(container.at("name").text(), "(unnamed)");
  yield violation(workload, {
    at: probe.path,
    expected: "a probe that fails until the container can serve",
    fix: example(set(probe, handlerFor(container)), `another check that container ${name} can serve`),
    ...problem,
  });
}

/** A check of the server behind the container's first port. */
function handlerFor(container: Field): unknown {
  const [port] = container.at("ports").list();
  const number = port?.at("containerPort").number() ?? trafficLimits.gatewayPort.value;
  const name = port?.at("name").text() ?? "";
  if (/^grpc/.test(name)) return { grpc: { port: number } };
  return /^(|.*http.*|web|www)$/.test(name)
    ? { httpGet: { path: "/ready", port: number } }
    : { tcpSocket: { port: number } };
}

function violationOfReadiness(
  probe: Field,
  within: number,
): (Partial<Violation> & { readonly got: string }) | undefined {
  if (!probe.isSet()) return { got: "nothing" };
  if (handlerOf(probe) === undefined) return { got: "a probe that checks nothing" };
  if (cannotFail(probe)) return { got: "a command that always succeeds" };
  const { failures, period } = toleranceOf(probe);
  if (failures * period <= within) return undefined;
  return {
    got: `${counted(failures, "failure")} of ${period} s each before traffic stops`,
    expected: `at most ${within} s`,
    fix: quicker(probe, period, within),
  };
}

/** As many failures as fit, or a shorter period where not even one does. */
function quicker(probe: Field, period: number, within: number): Remedy {
  const fitting = Math.floor(within / period);
  return fitting >= 1
    ? set(probe.at("failureThreshold"), fitting)
    : together([
        set(probe.at("failureThreshold"), 1),
        set(probe.at("periodSeconds"), Math.min(within, probeLimits.probePeriodByDefault.value)),
      ]);
}

/** Being busy is no reason to be killed. */
export const probesDistinct = resourceRule({
  id: "probes-distinct",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A liveness probe with the same check as the readiness probe.",
  prevents: "Overload makes readiness fail as it should, and liveness then restarts the whole fleet.",
  source: "kube-score, pod-probes-identical",
  settings: {},
  resourceTypes: running,
  examples: {
    bad: "livenessProbe and readinessProbe: { httpGet: { path: /ready, port: 8080 } }",
    good: "livenessProbe: { httpGet: { path: /alive, port: 8080 } }",
  },
  check: (workload) => eachPart(workload, containersIn(podSpec(workload)), ({ field }) => checkPair(workload, field)),
});

function* checkPair(workload: Resource, container: Field): Iterable<Finding> {
  const liveness = container.at("livenessProbe");
  const readiness = container.at("readinessProbe");
  const livenessKey = handlerKey(liveness, container);
  if (livenessKey === undefined || livenessKey !== handlerKey(readiness, container)) return;
  yield violation(workload, {
    at: liveness.path,
    got: "the same check as the readiness probe",
    expected: "a check that only a broken process fails",
    fix: another(liveness),
  });
}

/** Another path where there are paths; else no liveness probe at all. */
function another(liveness: Field): Remedy {
  const path = partsOf(liveness.at("httpGet", "path")).join("/") === "alive" ? "/livez" : "/alive";
  return liveness.at("httpGet").isSet()
    ? either(
        fix`${set(liveness.at("httpGet", "path"), path)}, an endpoint that checks nothing but the process itself`,
        remove(liveness),
      )
    : remove(liveness);
}

/** Target of a probe in one spelling: ports by number, paths by their parts. Each kind of probe has a form of its own. */
function handlerKey(probe: Field, container: Field): string | undefined {
  const keyOf = (...parts: readonly unknown[]): string => JSON.stringify(parts);
  const [http, tcp, grpc] = [probe.at("httpGet"), probe.at("tcpSocket"), probe.at("grpc")];
  if (http.isSet()) return keyOf(portNumber(http.at("port"), container), partsOf(http.at("path")));
  if (tcp.isSet()) return keyOf(portNumber(tcp.at("port"), container));
  if (grpc.isSet()) return keyOf(portNumber(grpc.at("port"), container), grpc.at("service").textOrEmpty());
  const command = probe.at("exec", "command").texts();
  return command.length === 0 ? undefined : keyOf(command);
}

/** A path without doubled or trailing slashes. */
function partsOf(path: Field): readonly string[] {
  return path
    .textOrEmpty()
    .split("/")
    .filter((part) => part !== "");
}

function portNumber(port: Field, container: Field): string | undefined {
  const stated = port.text();
  const named = container
    .at("ports")
    .list()
    .find((candidate) => candidate.at("name").text() === stated);
  return named?.at("containerPort").text() ?? stated;
}
