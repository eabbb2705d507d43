/** Stands in for scheduler and kubelets: binds pods, reports them as running and ready, runs the commands of Jobs, removes what is deleted. */
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { ApiServer, Live } from "./api-server";

const ZONES = ["a", "b", "c"] as const;
const LOOK_MS = 150;

/** How the machines behave. */
export interface Machines {
  /** How long a container takes until it answers. @unit milliseconds */
  readonly startMs: number;
  /** Whether a container of this image ever gets ready. */
  readonly getsReady: (image: string) => boolean;
  /** Where `curl` finds the gateway. */
  readonly gatewayPort: number;
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
}

const containersOf = (pod: Live): readonly Container[] => pod.spec?.["containers"] as readonly Container[];
const isOfJob = ({ metadata }: Live): boolean =>
  ((metadata["ownerReferences"] ?? []) as readonly { readonly kind: string }[]).some(({ kind }) => kind === "Job");

/** The status of a pod whose containers are in this state. */
function statusOf(pod: Live, phase: string, ready: boolean, state: object): object {
  const now = new Date().toISOString();
  const condition = (type: string, holds: boolean): object => ({
    ...{ type, status: holds ? "True" : "False", lastTransitionTime: now },
  });
  return {
    status: {
      ...{ phase, startTime: pod.status?.["startTime"] ?? now, podIP: "10.0.0.1" },
      containerStatuses: containersOf(pod).map(({ name, image }) => ({
        ...{ name, image, imageID: image, ready, started: true, restartCount: 0, state },
      })),
      conditions: [
        condition("Initialized", true),
        condition("PodScheduled", true),
        condition("ContainersReady", ready),
        condition("Ready", ready),
      ],
    },
  };
}

/** All machines of a cluster. */
export class Kubelets {
  /** What is being done for which pod; each pod is served once at a time. */
  private readonly busy = new Map<string, Promise<void>>();
  private readonly started = new Set<string>();
  private readonly loop: Promise<void>;
  private ending = false;
  private next = 0;

  constructor(
    private readonly server: ApiServer,
    private readonly machines: Machines,
  ) {
    this.loop = this.run();
  }

  /** @throws Error with what went wrong meanwhile. */
  async end(): Promise<void> {
    this.ending = true;
    await this.loop;
    await Promise.all(this.busy.values());
  }

  private async run(): Promise<void> {
    for (const zone of ZONES) {
      const metadata = { name: `node-${zone}`, labels: { "topology.kubernetes.io/zone": zone } };
      await this.server.change("POST", "/api/v1/nodes", { apiVersion: "v1", kind: "Node", metadata }, "json");
    }
    while (!this.ending) {
      for (const pod of await this.server.list("/api/v1/pods")) this.serve(pod);
      await pause(LOOK_MS);
    }
  }

  private serve(pod: Live): void {
    const id = String(pod.metadata["uid"]);
    if (this.busy.has(id)) return;
    const done = this.step(pod, id).finally(() => this.busy.delete(id));
    this.busy.set(id, done);
    // Whoever ends the machines meets what went wrong.
    done.catch(() => undefined);
  }

  private async step(pod: Live, id: string): Promise<void> {
    const { namespace = "", name } = pod.metadata;
    const where = `/api/v1/namespaces/${namespace}/pods/${name}`;
    if (pod.metadata["deletionTimestamp"] !== undefined) {
      await this.server.change("DELETE", `${where}?gracePeriodSeconds=0`, {}, "json");
    } else if (pod.spec?.["nodeName"] === undefined) {
      const zone = ZONES[this.next++ % ZONES.length] ?? "";
      const target = { kind: "Node", name: `node-${zone}` };
      const binding = { apiVersion: "v1", kind: "Binding", metadata: { name, namespace }, target };
      await this.server.change("POST", `${where}/binding`, binding, "json");
    } else if (!this.started.has(id)) {
      this.started.add(id);
      await (isOfJob(pod) ? this.runJob(pod, where) : this.startPod(pod, where));
    }
  }

  private async startPod(pod: Live, where: string): Promise<void> {
    const running = { running: { startedAt: new Date().toISOString() } };
    const status = async (ready: boolean): Promise<boolean> =>
      this.server.change("PATCH", `${where}/status`, statusOf(pod, "Running", ready, running));
    await status(false);
    await pause(this.machines.startMs);
    if (containersOf(pod).every(({ image }) => this.machines.getsReady(image))) await status(true);
  }

  private async runJob(pod: Live, where: string): Promise<void> {
    const startedAt = new Date().toISOString();
    await this.server.change("PATCH", `${where}/status`, statusOf(pod, "Running", true, { running: { startedAt } }));
    const exitCode = await this.exitCodeOf(containersOf(pod)[0]?.command ?? []);
    const terminated = { exitCode, startedAt, finishedAt: new Date().toISOString() };
    const phase = exitCode === 0 ? "Succeeded" : "Failed";
    await this.server.change("PATCH", `${where}/status`, statusOf(pod, phase, false, { terminated }));
  }

  /** Runs the command itself; names of the cluster lead to the gateway. */
  private exitCodeOf([program = "", ...args]: readonly string[]): Promise<number> {
    if (program !== "curl") throw new Error(`no machine of this test has ${program}`);
    const child = spawn(program, ["--connect-to", `::127.0.0.1:${this.machines.gatewayPort}`, ...args], {
      stdio: "ignore",
    });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => resolve(code ?? 1));
    });
  }
}
