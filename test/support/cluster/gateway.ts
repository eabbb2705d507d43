/** Stands in for the gateway: sends requests where the cluster's VirtualServices, Services and ready pods say, and counts them as Istio does. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { ApiServer, Live } from "./api-server";

const LOOK_MS = 100;
const SECOND_MS = 1000;
const PERCENT = 100;
const NO_POD = 503;
/** Upper bounds of a histogram of durations. @unit milliseconds */
const BOUNDS = [1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500] as const;
const LATENCY_MS = 20;

/** How a version answers. */
export interface Version {
  /** Share of answers with status 500. */
  readonly errors: number;
}

interface Route {
  readonly name?: string;
  readonly match?: readonly unknown[];
  readonly route: readonly { readonly destination: { readonly host: string }; readonly weight?: number }[];
}

/** What happened to a request. */
export interface Answered {
  readonly status: number;
  /** Image that answered; empty where no pod was ready. */
  readonly image: string;
}

const isReady = (pod: Live): boolean =>
  pod.metadata["deletionTimestamp"] === undefined &&
  ((pod.status?.["conditions"] ?? []) as readonly { readonly type: string; readonly status: string }[]).some(
    ({ type, status }) => type === "Ready" && status === "True",
  );

/** Image of a pod's first container. */
const imageOf = (pod: Live): string =>
  ((pod.spec?.["containers"] ?? []) as readonly { readonly image: string }[])[0]?.image ?? "";

const labelsOf = ({ metadata }: Live): Readonly<Record<string, string>> =>
  (metadata["labels"] ?? {}) as Readonly<Record<string, string>>;

/** The gateway of a cluster. */
export class Gateway {
  /** Statuses of visitors' requests, by application. */
  readonly visits = new Map<string, Map<number, number>>();
  private readonly visitors = new Map<string, number>();
  private readonly silent = new Set<string>();
  private readonly requests = new Map<string, number>();
  private readonly durations = new Map<string, number>();
  private routes: readonly Live[] = [];
  private services: readonly Live[] = [];
  private pods: readonly Live[] = [];
  private ending = false;
  private readonly loops: readonly Promise<void>[];

  private constructor(
    private readonly server: ApiServer,
    private readonly pace: number,
    private readonly versionOf: (image: string) => Version,
    private readonly http: Server,
  ) {
    http.on("request", (request, response) => this.answer(request, response));
    this.loops = [this.look(), this.visit()];
  }

  /** @param pace how many times more requests a second arrive than visitors send. */
  static async start(server: ApiServer, pace: number, versionOf: (image: string) => Version): Promise<Gateway> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    return new Gateway(server, pace, versionOf, http);
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  /** From now on so many visitors come to an application. @param rps requests a second */
  comes(application: string, rps: number): void {
    this.visitors.set(application, rps);
  }

  /** From now on nothing of an application is measured. */
  silence(application: string): void {
    this.silent.add(application);
  }

  /** Names of the pods of an image. */
  podsOf(application: string, image: string): readonly string[] {
    const own = this.pods.filter((pod) => pod.metadata.namespace === application && imageOf(pod) === image);
    return own.map(({ metadata }) => metadata.name);
  }

  /** How many pods take requests, by image. */
  readyPods(application: string): Readonly<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const pod of this.pods)
      if (pod.metadata.namespace === application && "rollouts-pod-template-hash" in labelsOf(pod) && isReady(pod))
        found[imageOf(pod)] = (found[imageOf(pod)] ?? 0) + 1;
    return found;
  }

  /** Images that a Service selects, whether ready or not. */
  imagesOf(application: string, service: string): readonly string[] {
    const selected = this.selected(application, service).map(imageOf);
    return [...new Set(selected)];
  }

  /** Percent of the visitors that the second destination of the primary route gets. */
  weightOf(application: string): number | undefined {
    return this.primaryOf(application)?.route[1]?.weight;
  }

  async end(): Promise<void> {
    this.ending = true;
    await Promise.all(this.loops);
    await new Promise((resolve) => this.http.close(resolve));
  }

  private async look(): Promise<void> {
    while (!this.ending) {
      const [routes, services, pods] = await Promise.all([
        this.server.list("/apis/networking.istio.io/v1/virtualservices"),
        this.server.list("/api/v1/services"),
        this.server.list("/api/v1/pods"),
      ]);
      [this.routes, this.services, this.pods] = [routes, services, pods];
      await pause(LOOK_MS);
    }
  }

  private async visit(): Promise<void> {
    const owed = new Map<string, number>();
    let last = Date.now();
    while (!this.ending) {
      const now = Date.now();
      for (const [application, rps] of this.visitors) {
        const due = (owed.get(application) ?? 0) + (rps * this.pace * (now - last)) / SECOND_MS;
        owed.set(application, due % 1);
        for (let sent = 0; sent < Math.floor(due); sent++) this.count(application, this.send(application, false));
      }
      last = now;
      await pause(LOOK_MS);
    }
  }

  private count(application: string, { status }: Answered): void {
    const counts = this.visits.get(application) ?? new Map<number, number>();
    this.visits.set(application, counts.set(status, (counts.get(status) ?? 0) + 1));
  }

  private httpOf(application: string): readonly Route[] {
    const own = this.routes.find(({ metadata }) => metadata.namespace === application);
    return (own?.spec?.["http"] ?? []) as readonly Route[];
  }

  private primaryOf(application: string): Route | undefined {
    return this.httpOf(application).find(({ name }) => name === "primary");
  }

  private selected(application: string, service: string): readonly Live[] {
    const own = this.services.find(({ metadata }) => metadata.namespace === application && metadata.name === service);
    const selector = Object.entries((own?.spec?.["selector"] ?? {}) as Readonly<Record<string, string>>);
    return this.pods.filter(
      (pod) => pod.metadata.namespace === application && selector.every(([key, value]) => labelsOf(pod)[key] === value),
    );
  }

  private send(application: string, preview: boolean): Answered {
    const routes = this.httpOf(application);
    const route = preview ? routes.find(({ match }) => match !== undefined) : this.primaryOf(application);
    let left = Math.random() * PERCENT;
    const chosen = route?.route.find(({ weight = PERCENT }) => (left -= weight) < 0);
    const host = chosen?.destination.host ?? "";
    const ready = this.selected(application, host.split(".")[0] ?? "").filter(isReady);
    const pod = ready[Math.floor(Math.random() * ready.length)];
    const image = pod === undefined ? "" : imageOf(pod);
    const isError = image !== "" && Math.random() < this.versionOf(image).errors;
    const status = image === "" ? NO_POD : isError ? 500 : 200;
    if (this.silent.has(application)) return { status, image };
    const key = `reporter="source",destination_service="${host}"`;
    const request = `istio_requests_total{${key},response_code="${status}"}`;
    this.requests.set(request, (this.requests.get(request) ?? 0) + 1);
    this.durations.set(key, (this.durations.get(key) ?? 0) + 1);
    return { status, image };
  }

  private answer({ url = "", headers }: IncomingMessage, response: ServerResponse): void {
    if (url === "/metrics") {
      // Prometheus 3 takes no metrics without their type.
      response.setHeader("content-type", "text/plain; version=0.0.4").end(this.metrics());
      return;
    }
    const [application = ""] = (headers.host ?? "").split(".");
    response.writeHead(this.send(application, headers["x-preview"] === "true").status).end();
  }

  private metrics(): string {
    const name = "istio_request_duration_milliseconds";
    const isMeasured = ([key]: readonly [string, number]): boolean =>
      ![...this.silent].some((application) => key.includes(`.${application}.svc.`));
    const histogram = [...this.durations]
      .filter(isMeasured)
      .flatMap(([key, count]) => [
        ...BOUNDS.map((bound) => `${name}_bucket{${key},le="${bound}"} ${bound < LATENCY_MS ? 0 : count}`),
        ...[`${name}_bucket{${key},le="+Inf"} ${count}`, `${name}_sum{${key}} ${count * LATENCY_MS}`],
        `${name}_count{${key}} ${count}`,
      ]);
    const requests = [...this.requests].filter(isMeasured).map(([key, count]) => `${key} ${count}`);
    return [
      ...["# TYPE istio_requests_total counter", ...requests],
      ...[`# TYPE ${name} histogram`, ...histogram],
      "",
    ].join("\n");
  }
}
