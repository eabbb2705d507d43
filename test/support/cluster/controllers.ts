/** Programs that act on a cluster's objects: Kubernetes' controllers, Argo Rollouts' own, and the Prometheus that its gates query. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inSeconds } from "../../../components/core";
import { observabilityLimits } from "../../../components/core/limits/observability";
import { accepts, freePort, until } from "../../../tools/rehearsal/processes/wait";
import { Program } from "../../../tools/rehearsal/processes/program";
import { toolPath } from "../../../tools/setup/go-tools.cjs";

const programs = ["kube-controller-manager", "rollouts-controller", "prometheus"] as const;

type Name = (typeof programs)[number];

type Arguments = Readonly<Record<string, string | number | boolean>>;

/** Whether all are there; without them (no Go, or not built: `make api-server`) their tests are skipped by name. */
export const haveControllers = programs.every((name) => existsSync(toolPath(name)));

const START_MS = 60_000;
const SECOND_MS = 1000;
/** What an application's objects need of Kubernetes; there is no cloud, no volume, and no metrics that an autoscaler would follow beyond its minimum. */
const KUBERNETES = [
  ...[
    "replicaset",
    "deployment",
    "job",
    "disruption",
    "garbage-collector",
    "horizontal-pod-autoscaler",
    "namespace",
    "serviceaccount",
  ].map((name) => `${name}-controller`),
];

/** Programs that run together, and what they write. */
export class Controllers {
  private readonly running = new Map<Name, Program>();

  private constructor(
    private readonly folder: string,
    private readonly settings: Readonly<Record<Name, Arguments>>,
    private readonly ports: Readonly<Record<"prometheus" | "metrics", number>>,
  ) {}

  /**
   * Starts them.
   * @param kubeconfig file by which they connect.
   * @param metricsPort where Istio's metrics are read.
   * @param pace how many times more often than by the charts' setting they are read.
   */
  static async start(kubeconfig: string, metricsPort: number, pace: number): Promise<Controllers> {
    const folder = mkdtempSync(path.join(tmpdir(), "fridayproof-controllers-"));
    const [prometheus, metrics, health] = await Promise.all([freePort(), freePort(), freePort()]);
    const interval = `${(inSeconds(observabilityLimits.scrapeInterval) * SECOND_MS) / pace}ms`;
    const configuration = path.join(folder, "prometheus.json");
    writeFileSync(
      configuration,
      JSON.stringify({
        global: { scrape_interval: interval, scrape_timeout: interval },
        scrape_configs: [{ job_name: "gateway", static_configs: [{ targets: [`127.0.0.1:${metricsPort}`] }] }],
      }),
    );
    const made = new Controllers(
      folder,
      {
        "kube-controller-manager": {
          ...{ kubeconfig, "leader-elect": false, "secure-port": 0, controllers: KUBERNETES.join(",") },
        },
        // Its version of Istio's kinds is the program's default, as with the chart's values.
        "rollouts-controller": {
          ...{ kubeconfig, "leader-elect": false, metricsPort: metrics, healthzPort: health },
        },
        prometheus: {
          ...{ "config.file": configuration, "storage.tsdb.path": path.join(folder, "tsdb") },
          "web.listen-address": `127.0.0.1:${prometheus}`,
        },
      },
      { prometheus, metrics },
    );
    try {
      for (const name of programs) await made.start(name);
    } catch (error) {
      await made.end();
      throw error;
    }
    return made;
  }

  /** Where the gates find Prometheus. */
  get prometheusAddress(): string {
    return `http://127.0.0.1:${this.ports.prometheus}`;
  }

  /** Starts one, and waits until it answers; again where it was ended. */
  async start(name: Name): Promise<void> {
    const args = Object.entries(this.settings[name]).map(([key, value]) => `--${key}=${value}`);
    const program = new Program({ program: toolPath(name), args, cwd: this.folder });
    this.running.set(name, program);
    if (name === "kube-controller-manager") return;
    const port = name === "prometheus" ? this.ports.prometheus : this.ports.metrics;
    await until(
      `${name} runs`,
      () => accepts(port),
      () => program.output,
      START_MS,
    );
  }

  /** Ends one, as a lost machine does. */
  async kill(name: Name): Promise<void> {
    const program = this.running.get(name);
    program?.send("SIGKILL");
    await program?.ended;
  }

  async end(): Promise<void> {
    for (const program of this.running.values()) await program.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
