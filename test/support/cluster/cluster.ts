/** A cluster for releases: Kubernetes' API server and controllers, Argo Rollouts' controller and Prometheus as they are; machines and gateway stand in. */
import { analysisTemplates } from "../../../components/delivery/analysis";
import { app } from "../../../components/delivery/app/app";
import type { AppPlatform, AppSpec } from "../../../components/delivery/app/spec";
import { type Applied, ApiServer, type Live } from "./api-server";
import { Application } from "./application";
import { Controllers } from "./controllers";
import { applyDefinitions } from "./definitions";
import { Gateway, type Version } from "./gateway";
import { Kubelets } from "./kubelet";
import { paced } from "./pace";
import { sync } from "./sync";

const SECOND_MS = 1000;

/** Ends one after the other, whatever one of them throws. @throws the first of these errors. */
async function ended(ends: readonly (() => Promise<void>)[]): Promise<void> {
  const [end, ...rest] = ends;
  if (end === undefined) return;
  try {
    await end();
  } finally {
    await ended(rest);
  }
}

/** How a version behaves. */
export interface Behaviour extends Version {
  /** Whether its pods ever get ready. */
  readonly getsReady: boolean;
}

/** What a cluster is made for. */
export interface ClusterSettings {
  /** How many times faster than rendered the manifests' durations pass. */
  readonly pace: number;
  /** Environment that applications are rendered for. */
  readonly platform: AppPlatform;
  /** How long a container takes until it answers, before {@link pace}. @unit seconds */
  readonly podStart: number;
  /** How a version behaves, by its image. */
  readonly behaviourOf: (image: string) => Behaviour;
}

/** Everything that runs for a test. */
export class Cluster {
  private constructor(
    private readonly server: ApiServer,
    readonly pace: number,
    readonly platform: AppPlatform,
    readonly gateway: Gateway,
    readonly controllers: Controllers,
    private readonly ends: readonly (() => Promise<void>)[],
  ) {}

  /** Starts everything. @throws Error with what did not come up; nothing of it stays. */
  static async start(settings: ClusterSettings): Promise<Cluster> {
    const ends: (() => Promise<void>)[] = [];
    try {
      return await Cluster.started(settings, ends);
    } catch (error) {
      await ended(ends);
      throw error;
    }
  }

  private static async started(
    { pace, platform, podStart, behaviourOf }: ClusterSettings,
    ends: (() => Promise<void>)[],
  ): Promise<Cluster> {
    const server = await ApiServer.start();
    ends.unshift(() => server.end());
    await applyDefinitions(server);
    const gateway = await Gateway.start(server, pace, behaviourOf);
    ends.unshift(() => gateway.end());
    const kubelets = new Kubelets(server, {
      startMs: (podStart * SECOND_MS) / pace,
      getsReady: (image) => behaviourOf(image).getsReady,
      gatewayPort: gateway.port,
    });
    ends.unshift(() => kubelets.end());
    const controllers = await Controllers.start(server.kubeconfig(), gateway.port, pace);
    ends.unshift(() => controllers.end());
    const cluster = new Cluster(server, pace, platform, gateway, controllers, ends);
    const { prometheusAddress } = controllers;
    const templates = analysisTemplates({ prometheusAddress, gatewayAddress: "http://istio-ingress" });
    await cluster.sync(templates as readonly Applied[]);
    return cluster;
  }

  /** A new application in a namespace of its own. */
  async application(name: string): Promise<Application> {
    const refusal = await this.server.refusal({ apiVersion: "v1", kind: "Namespace", metadata: { name } }, false);
    if (refusal !== undefined) throw new Error(refusal);
    return new Application(this, name);
  }

  async sync(objects: readonly Applied[]): Promise<void> {
    await sync(
      this.server,
      objects.map((object) => paced(object, this.pace)),
    );
  }

  /** Renders a spec and syncs it, as a merge does. */
  async release(spec: AppSpec): Promise<void> {
    const { everywhere, once } = app(spec, this.platform);
    await this.sync([...everywhere, ...once] as readonly Applied[]);
  }

  /** What is said of an application's Rollout, and what its gates have measured. */
  async explained(name: string): Promise<string> {
    const runs = await this.server.list(`/apis/argoproj.io/v1alpha1/namespaces/${name}/analysisruns`);
    const rollout = await this.rollout(name);
    return JSON.stringify([rollout?.status?.["message"], ...runs.map(({ status }) => status)]);
  }

  /** The Rollout of an application. */
  async rollout(name: string): Promise<Live | undefined> {
    const rollout = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata: { name, namespace: name } };
    return this.server.read(rollout);
  }

  /** Ends pods of an image at once, as a lost machine does. */
  async losePods(namespace: string, image: string, count: number): Promise<void> {
    for (const name of this.gateway.podsOf(namespace, image).slice(0, count))
      await this.server.change(
        "DELETE",
        `/api/v1/namespaces/${namespace}/pods/${name}?gracePeriodSeconds=0`,
        {},
        "json",
      );
  }

  /** Ends all of it. @throws Error with what went wrong behind the tests. */
  async end(): Promise<void> {
    await ended(this.ends);
  }
}
