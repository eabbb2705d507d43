/** What Prometheus reads of an instance. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** Seconds; 0.5 is the bound of the platform's latency gate. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const MILLISECONDS = 1000;

/** The metrics of one instance. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests: Counter<"route" | "status">;
  private readonly durations: Histogram<"route">;

  /** @param ready whether the instance is ready, read at each scrape. */
  constructor(version: string, ready: () => boolean) {
    const registers = [this.registry];
    this.registry.setDefaultLabels({ version });
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Counter({
      name: "http_requests_total",
      help: "Requests with a response.",
      labelNames: ["route", "status"],
      registers,
    });
    this.durations = new Histogram({
      name: "http_request_duration_seconds",
      help: "From the request's headers to the end of the response.",
      labelNames: ["route"],
      buckets: BUCKETS,
      registers,
    });
    new Gauge({
      name: "sample_ready",
      help: "1 while the instance is ready.",
      registers,
      collect() {
        this.set(ready() ? 1 : 0);
      },
    });
  }

  /** Counts one response. */
  observe(route: string, status: number, milliseconds: number): void {
    this.requests.inc({ route, status: String(status) });
    this.durations.observe({ route }, milliseconds / MILLISECONDS);
  }

  /** The text that Prometheus reads. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
