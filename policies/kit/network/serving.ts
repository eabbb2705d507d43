/** Serving pods: the containers behind Services, and the pods behind routes; a declared port alone proves little. */
import { Field, valueOr } from "../reading/field";
import { type Labels, labelsOf, namespaceOf, objectName } from "../kubernetes/kubernetes";
import { type Container, containersIn } from "../kubernetes/pods";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { SelectorIndex } from "../kubernetes/selector-index";
import { types } from "../reading/types";
import { podSpec, podTemplate, readSelector } from "../kubernetes/workloads";

/** Ports for monitoring and probes alone: no user's request is lost when they close. */
const watching = /(^|-)(metrics|prometheus|prom|exporter|telemetry|monitoring|healthz?|livez?|readyz?|probes?)(-|$)/;
const scrapedPort = "prometheus.io/port";

const services = perStack(
  (stack) =>
    new SelectorIndex(
      stack.of(types.service).flatMap((resource) =>
        valueOr(() => {
          const equal = resource.at("spec", "selector");
          if (equal.members().length === 0) return [];
          const selector = new Field({ matchLabels: equal.value() }, equal.path);
          for (const [, value] of equal.members()) value.text();
          return [{ resource, namespace: namespaceOf(resource), selector }];
        }, []),
      ),
    ),
);

/** The Services that lead to pods of these labels. */
export function servicesFor(stack: Stack, namespace: string, labels: Labels): readonly Resource[] {
  return services(stack).picking(namespace, labels);
}

/** The Services that lead to the workload's pods. */
export function servicesOf(stack: Stack, workload: Resource): readonly Resource[] {
  return servicesFor(stack, namespaceOf(workload), labelsOf(podTemplate(workload)));
}

/** Reads everything that decides which pods a Service selects. */
export function readService(service: Resource): unknown {
  const spec = service.at("spec");
  return [
    namespaceOf(service),
    spec
      .at("selector")
      .members()
      .map(([, value]) => value.text()),
    portsOf(service),
  ];
}

/** Reads the name of the Service too: routes and the API server name it.
 * @throws UnknownRead @throws MalformedRead */
export function readNamedService(service: Resource): unknown {
  return [readService(service), objectName(service)];
}

/** A Service's port: its name, and the container port by number or name. */
interface Reached {
  readonly name: string;
  readonly target: string;
}

const monitors = perStack(
  (stack) =>
    new SelectorIndex(
      stack.of(types.serviceMonitor).flatMap((resource) =>
        valueOr(() => {
          const selector = resource.at("spec", "selector");
          readSelector(selector);
          return [{ resource, namespace: namespaceOf(resource), selector }];
        }, []),
      ),
    ),
);

/** Reads everything that decides whether only Prometheus reads the Service, where a monitor is declared.
 * @throws UnknownRead @throws MalformedRead */
export function readScraped(stack: Stack, service: Resource): unknown {
  if (stack.of(types.serviceMonitor).length === 0) return undefined;
  return service.at("spec", "clusterIP").text() === "None" ? labelsOf(service.props) : undefined;
}

/** Reads the Services and ports of a monitor.
 * @throws UnknownRead @throws MalformedRead */
export function readMonitor(monitor: Resource): unknown {
  readSelector(monitor.at("spec", "selector"));
  const endpoints = monitor.at("spec", "endpoints").list();
  return [namespaceOf(monitor), endpoints.map((endpoint) => endpoint.at("port").text())];
}

/**
 * Whether only Prometheus reads the Service: it has no address of its own, and a monitor names each of its ports. Where
 * requests are balanced over an address, a monitored port may serve them as well.
 */
function isScraped(stack: Stack, service: Resource): boolean {
  if (service.at("spec", "clusterIP").text() !== "None") return false;
  const read = monitors(stack)
    .picking(namespaceOf(service), labelsOf(service.props))
    .flatMap((monitor) => valueOr(() => monitor.at("spec", "endpoints").list(), []))
    .map((endpoint) => valueOr(() => endpoint.at("port").text(), undefined));
  const ports = service.at("spec", "ports").list();
  return ports.length > 0 && ports.every((port) => read.includes(port.at("name").textOrEmpty()));
}

function portsOf(service: Resource): readonly Reached[] {
  return service
    .at("spec", "ports")
    .list()
    .map((port) => {
      const target = port.at("targetPort").text() ?? port.at("port").textOrEmpty();
      return { name: port.at("name").textOrEmpty(), target };
    })
    .filter(({ name, target }) => !watching.test(name) && !watching.test(target));
}

/** Whether the Service is a load balancer of its own: its requests do not pass the gateway. */
function isEntrance(service: Resource): boolean {
  return service.at("spec", "type").text() === "LoadBalancer";
}

/** The Service as namespace/name. */
function keyOf(reference: Field): string {
  return `${reference.at("namespace").textOrEmpty()}/${reference.at("name").textOrEmpty()}`;
}

/** Services that the API server calls: those of webhooks and of aggregated APIs. */
const calledByServer = perStack((stack) => {
  const hooks = stack
    .of(types.validatingWebhook, types.mutatingWebhook)
    .flatMap((configuration) => valueOr(() => configuration.at("webhooks").list(), []))
    .map((hook) => valueOr(() => keyOf(hook.at("clientConfig", "service")), undefined));
  const apis = stack.of(types.apiService).map((api) => valueOr(() => keyOf(api.at("spec", "service")), undefined));
  return new Set([...hooks, ...apis]);
});

/** Reads the Services that the API server calls because of the object.
 * @throws UnknownRead @throws MalformedRead */
export function readCalls(object: Resource): unknown {
  if (object.is(types.apiService)) return keyOf(object.at("spec", "service"));
  return object
    .at("webhooks")
    .list()
    .map((hook) => keyOf(hook.at("clientConfig", "service")));
}

/** Reads everything that decides whether the gateway may call the Service.
 * @throws UnknownRead @throws MalformedRead */
export function readBackend(service: Resource): unknown {
  return [readNamedService(service), isEntrance(service)];
}

/** Whether the platform's gateway may send requests to the Service, by what is known of its other callers. */
export function mayBeBehindGateway(stack: Stack, service: Resource): boolean {
  return !isEntrance(service) && !calledByServer(stack).has(`${namespaceOf(service)}/${objectName(service)}`);
}

/**
 * The containers that requests reach. Services decide; a container whose declared ports none of them names is reached
 * all the same where no other declares the port, because Kubernetes does not read declarations.
 */
export function servingContainers(stack: Stack, workload: Resource): readonly Field[] {
  const staying = containersIn(podSpec(workload)).filter(({ part }) => part === "main" || part === "sidecar");
  const reached = servicesOf(stack, workload).flatMap((service) =>
    valueOr(() => (isScraped(stack, service) ? [] : portsOf(service)), []),
  );
  if (reached.length > 0) return reachedBy(staying, new Set(reached.map(({ target }) => target)));
  return hasUnknownServices(stack, workload) ? declaring(workload, staying) : [];
}

function reachedBy(staying: readonly Container[], targets: ReadonlySet<string>): readonly Field[] {
  const named = staying.filter(({ field }) =>
    portsIn(field).some(
      (port) => targets.has(port.at("containerPort").textOrEmpty()) || targets.has(port.at("name").textOrEmpty()),
    ),
  );
  if (named.length > 0) return named.map(({ field }) => field);
  const mains = staying.filter(({ part }) => part === "main");
  const silent = mains.find(({ field }) => portsIn(field).length === 0) ?? mains[0];
  return silent === undefined ? [] : [silent.field];
}

/** Whether Services may be declared elsewhere: none is declared here, and the object states its namespace. */
function hasUnknownServices(stack: Stack, workload: Resource): boolean {
  return stack.of(types.service).length === 0 && workload.at("metadata", "namespace").isSet();
}

/** Containers that declare a port for requests. */
function declaring(workload: Resource, staying: readonly Container[]): readonly Field[] {
  const scraped = podTemplate(workload).at("metadata", "annotations", scrapedPort).text();
  const isForRequests = (port: Field): boolean =>
    !watching.test(port.at("name").textOrEmpty()) &&
    (scraped === undefined || port.at("containerPort").text() !== scraped);
  return staying.map(({ field }) => field).filter((container) => portsIn(container).some(isForRequests));
}

/** Names of ports with the protocol HTTP, as Istio and Kubernetes read them (`name` and `appProtocol`). */
const http = /^(https?2?|h2c?|grpc(-web)?|web|www|kubernetes\.io\/(h2c|wss?))(-|$)/;

/** Whether a port of the containers, or of a Service for them, has the name of an HTTP port. */
export function servesHttp(stack: Stack, workload: Resource, serving: readonly Field[]): boolean {
  const own = serving.flatMap((container) => portsIn(container).map((port) => port.at("name")));
  const called = servicesOf(stack, workload)
    .flatMap((service) => valueOr(() => service.at("spec", "ports").list(), []))
    .flatMap((port) => [port.at("name"), port.at("appProtocol")]);
  return [...own, ...called].some((field) => {
    const name = valueOr(() => field.text(), undefined) ?? "";
    return http.test(name) && !watching.test(name);
  });
}

function portsIn(container: Field): readonly Field[] {
  return container.at("ports").list();
}
