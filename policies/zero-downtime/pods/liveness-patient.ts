/** Rule liveness-patient. */
import { probeLimits } from "../../limits/probes";
import { counted } from "@fridayproof/components/core";
import type { Field } from "../../kit/reading/field";
import { type Violation, type Finding, portText, violation } from "../../kit/finding/finding";
import { type Container, containersIn } from "../../kit/kubernetes/pods";
import { callsOtherHost, cannotFail, handlerOf, leavesPod, toleranceOf } from "../../kit/kubernetes/probe";
import { add, copy, either, example, fix, named, type Remedy, remove, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachPart, eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { readService, servicesOf } from "../../kit/network/serving";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { podSpec, running } from "../../kit/kubernetes/workloads";
import { isPort } from "../api-server/containers";

/** Nobody is restarted for being slow. */
export const livenessPatient = stackRule({
  id: "liveness-patient",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A liveness probe that kills a process while it starts, before readiness has taken it out of service, or for the fault of another.",
  prevents: "Slow nodes and busy minutes become restarts of the whole fleet, and a release that never comes up.",
  source: "Kubernetes, configure liveness, readiness and startup probes, protect slow starting containers",
  settings: {
    startCoveredFor: quantity(probeLimits.startCoveredFor, "lower", { minimum: 1 }),
    startAtLeast: quantity(probeLimits.startAtLeast, "lower", { minimum: 1 }),
  },
  limits:
    "How long a process takes to start is not written here: the bound is what Kubernetes gives by default. An undeclared port may be served all the same, so that a number blocks nothing.",
  examples: {
    bad: "livenessProbe: { httpGet: …, periodSeconds: 5, failureThreshold: 2 }   # killed after 10 s of starting",
    good: "startupProbe: { httpGet: …, periodSeconds: 5, failureThreshold: 24 }, livenessProbe: { httpGet: … }",
  },
  *check(stack, values) {
    yield* reportUnreadable(stack.of(types.service), readService);
    yield* eachResource(stack.of(...running), (workload) => {
      const containers = containersIn(podSpec(workload));
      const ports = portsOf(stack, workload, containers);
      const staying = containers.filter(({ part }) => part === "main" || part === "sidecar");
      return eachPart(workload, staying, function* ({ field }) {
        for (const problem of violationsOf(field, values)) yield violation(workload, { ...problem, alone: true });
        yield* checkPorts(workload, field, ports);
      });
    });
  },
});

interface Patience {
  readonly startCoveredFor: number;
  readonly startAtLeast: number;
}

type LocatedViolation = Violation & { readonly at: string };

/** What is wrong with how the container is restarted. */
function* violationsOf(container: Field, patience: Patience): Iterable<LocatedViolation> {
  const [startup, liveness] = [container.at("startupProbe"), container.at("livenessProbe")];
  if (!liveness.isSet()) return;
  const start = violationOfStart(startup, liveness, patience);
  const early = violationOfPatience(container.at("readinessProbe"), liveness, start) ?? start;
  if (early !== undefined) yield early;
  for (const probe of [startup, liveness]) yield* refused(probe);
  if (cannotFail(liveness)) yield useless(liveness);
  if (callsOtherHost(liveness)) yield foreign(liveness);
  const timeout = liveness.at("timeoutSeconds");
  const { failures } = toleranceOf(liveness);
  const usual = probeLimits.probeTimeoutByDefault.value;
  const strict = timeout.isSet() || failures < probeLimits.probeFailuresByDefault.value;
  if (!strict || (timeout.number() ?? usual) > usual) return;
  yield {
    at: timeout.path,
    got: timeout.isSet() ? `${usual} s or less` : `nothing, which means ${usual} s`,
    expected: `more than ${usual} s`,
    fix: fix`${set(timeout, probeLimits.probeTimeoutPatient.value)} or more: a pause of the garbage collector is no death`,
    advisory: true,
  };
}

/** A restart mends no other process: while a database is away, every pod is restarted, again and again. */
function foreign(liveness: Field): LocatedViolation {
  return {
    at: liveness.path,
    got: "a check of another host, whose fault restarts this process",
    expected: "a check of the process itself",
    fix: example(remove(liveness), "check the process alone"),
  };
}

/** Liveness acts after readiness: first no more requests, then, if nothing helps, a restart. */
function violationOfPatience(
  readiness: Field,
  liveness: Field,
  start: LocatedViolation | undefined,
): LocatedViolation | undefined {
  if (!readiness.isSet() || cannotFail(readiness)) return undefined;
  const [own, other] = [toleranceOf(liveness), toleranceOf(readiness)];
  const [killed, out] = [own.failures * own.period, other.failures * other.period];
  if (killed >= out) return undefined;
  return {
    at: liveness.path,
    got: `a restart after ${counted(own.failures, "failure")}, ${own.period} s apart, where readiness takes ${out} s`,
    expected: `at least ${out} s`,
    fix: fix`${set(liveness.at("failureThreshold"), Math.ceil(out / own.period))}${start === undefined ? "" : fix`; ${start.fix}`}`,
  };
}

/** Until the startup probe succeeds no other one acts; without it the liveness probe kills a container that has not started yet. */
function violationOfStart(startup: Field, liveness: Field, patience: Patience): LocatedViolation | undefined {
  const covers = startup.isSet() && handlerOf(startup) !== undefined && !cannotFail(startup);
  const probe = covers ? startup : liveness;
  const { failures, period, delay } = toleranceOf(probe);
  const until = delay + failures * period;
  if (until >= patience.startCoveredFor) return undefined;
  const tries = Math.ceil((patience.startCoveredFor - delay) / period);
  const enough = set(startup.at("failureThreshold"), tries);
  return {
    at: probe.path,
    got: `${until} s to start before the process is killed`,
    expected: `at least ${patience.startCoveredFor} s`,
    fix: example(covers ? enough : together([copy(liveness, startup), enough]), "what the slowest start takes"),
    advisory: until >= patience.startAtLeast,
  };
}

/** The API takes one success only. */
function* refused(probe: Field): Iterable<LocatedViolation> {
  const field = probe.at("successThreshold");
  const successes = field.number() ?? 1;
  if (successes === 1) return;
  yield { at: field.path, got: String(successes), expected: "1: the API refuses others", fix: remove(field) };
}

function useless(liveness: Field): LocatedViolation {
  return {
    at: liveness.path,
    got: "a command that always succeeds",
    expected: "a check that a broken process fails",
    fix: remove(liveness),
    advisory: true,
  };
}

/** Ports of the whole pod: what its containers declare and Services lead to. */
type Ports = ReadonlySet<string>;

function portsOf(stack: Stack, workload: Resource, containers: readonly Container[]): Ports {
  const declared = containers.flatMap(({ field }) => field.at("ports").list());
  const led = servicesOf(stack, workload).flatMap((service) => service.at("spec", "ports").list());
  const numbers = [
    ...declared.map((port) => port.at("containerPort")),
    ...led.map((port) => (port.at("targetPort").isSet() ? port.at("targetPort") : port.at("port"))),
  ];
  return new Set(numbers.map((port) => port.textOrEmpty()));
}

/** Ports of the container's probes, each once, with every field that states it. */
function* checkPorts(workload: Resource, container: Field, all: Ports): Iterable<Finding> {
  const ports = ["startupProbe", "livenessProbe", "readinessProbe"].flatMap((key) =>
    ["httpGet", "tcpSocket", "grpc"]
      .map((handler) => container.at(key, handler))
      .filter((handler) => !leavesPod(handler))
      .map((handler) => handler.at("port")),
  );
  for (const port of new Set(ports.map((field) => field.text()))) {
    const fields = ports.filter((field) => field.text() === port);
    if (port !== undefined) yield* checkPort(workload, container, fields, all);
  }
}

/** A named port is one of the container's own; a number may be a port of another container of the pod. */
function* checkPort(workload: Resource, container: Field, fields: readonly Field[], all: Ports): Iterable<Finding> {
  const [first] = fields;
  if (first === undefined) return;
  const port = first.textOrEmpty();
  const own = container.at("ports").list();
  const [at, expected] = [fields.at(-1)?.path ?? first.path, "a port of the container"];
  if (!isPort(Number(port))) {
    if (own.some((one) => one.at("name").text() === port)) return;
    const got = `${portText(port)}, which the container does not declare`;
    yield violation(workload, { at, got, expected, fix: ownPort(container, fields, port) });
  } else if (own.length > 0 && !all.has(port)) {
    const got = `port ${port}, which no container of the pod declares`;
    const fix = declaredIn(container, fields, Number(port));
    yield violation(workload, { at, got, expected, fix, advisory: true });
  }
}

/** Declares the probed port in the container, or sets the probes to a port that it declares. */
function declaredIn(container: Field, fields: readonly Field[], port: number): Remedy {
  const declared = add(container.at("ports"), { containerPort: port });
  const number = container.at("ports").list()[0]?.at("containerPort").number();
  return number === undefined ? declared : either(declared, together(fields.map((field) => set(field, number))));
}

/** Stands for the port that only the program's own settings say. */
const usualPort = 8080;

/** Sets the probes to a port that the container declares; where it declares none, one is added. */
function ownPort(container: Field, fields: readonly Field[], port: string): Remedy {
  const [first] = container.at("ports").list();
  const [name, number] = [first?.at("name").text(), first?.at("containerPort").number()];
  const safeName = name !== undefined && named(name) === name ? name : number;
  if (safeName === undefined && !Number.isNaN(Number(port)))
    return example(
      together([
        add(container.at("ports"), { containerPort: usualPort }),
        ...fields.map((field) => set(field, usualPort)),
      ]),
      "the port that it listens on",
    );
  if (safeName === undefined)
    return fix`${add(container.at("ports"), { name: named(port), containerPort: usualPort })}, with the port that it listens on`;
  // Probes by gRPC take numbers alone.
  const changes = fields.map((field) => set(field, field.path.endsWith("grpc.port") ? (number ?? safeName) : safeName));
  return example(together(changes), "another of the container's ports");
}
