/** Ports of Services with plain HTTP: a probe checks the same container port without TLS. */
import { type Field, valueOr } from "../../kit/reading/field";
import { labelsOf, namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { containersIn } from "../../kit/kubernetes/pods";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { readNamedService, servicesOf } from "../../kit/network/serving";
import { podSpec, podTemplate, running } from "../../kit/kubernetes/workloads";

const probes = ["readinessProbe", "livenessProbe", "startupProbe"];

/** Reads which ports of which pods the Service has.
 * @throws UnknownRead @throws MalformedRead */
export function readPorts(service: Resource): unknown {
  const ports = service.at("spec", "ports").list();
  return [readNamedService(service), ports.map((port) => port.at("port").text())];
}

/** Reads what decides which ports of which pods get probes in plain HTTP.
 * @throws UnknownRead @throws MalformedRead */
export function readPlainPorts(workload: Resource): unknown {
  return [namespaceOf(workload), labelsOf(podTemplate(workload)), plainProbePorts(workload)];
}

/** Container ports, by number and by name, that probes call in plain HTTP. */
function plainProbePorts(workload: Resource): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { field: container } of containersIn(podSpec(workload)))
    for (const get of probes.map((key) => container.at(key, "httpGet")))
      if (get.isSet() && get.at("scheme").text() !== "HTTPS")
        for (const name of namesOf(container, get.at("port").textOrEmpty())) found.add(name);
  return found;
}

/** The port under its number and its name. */
function namesOf(container: Field, port: string): readonly string[] {
  const declared = container
    .at("ports")
    .list()
    .map((one) => [one.at("containerPort").textOrEmpty(), one.at("name").textOrEmpty()]);
  return [port, ...(declared.find((names) => names.includes(port)) ?? [])];
}

const byService = perStack((stack) => {
  const found = new Map<string, Set<string>>();
  for (const workload of stack.of(...running)) {
    const probed = valueOr(() => plainProbePorts(workload), new Set<string>());
    if (probed.size === 0) continue;
    for (const service of valueOr(() => servicesOf(stack, workload), []))
      for (const [key, port] of valueOr(() => portsOf(service, probed), [])) {
        const same = found.get(key) ?? new Set();
        found.set(key, same.add(port));
      }
  }
  return found;
});

function portsOf(service: Resource, probed: ReadonlySet<string>): readonly (readonly [string, string])[] {
  const key = `${namespaceOf(service)}/${objectName(service)}`;
  return service
    .at("spec", "ports")
    .list()
    .filter((port) => probed.has(port.at("targetPort").text() ?? port.at("port").textOrEmpty()))
    .map((port) => [key, port.at("port").textOrEmpty()] as const);
}

/** The Service's own ports with plain HTTP. */
export function plainPorts(stack: Stack, service: string): ReadonlySet<string> {
  return byService(stack).get(service) ?? new Set();
}
