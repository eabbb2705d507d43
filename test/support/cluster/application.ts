/** An application in a cluster of tests, and what stood of its releases from one change to the next. */
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { AppSpec } from "../../../components/delivery/app/spec";
import type { Cluster } from "./cluster";

const LOOK_MS = 100;
const SECOND_MS = 1000;

/** What stands of an application at a moment. */
export interface Moment {
  /** Since its first sync, by the clock. @unit seconds */
  readonly at: number;
  /** Percent of the visitors that the second Service gets. */
  readonly weight: number;
  /** Images of the pods that each Service selects. */
  readonly stable: readonly string[];
  readonly canary: readonly string[];
  /** Of the Rollout as it was synced last; empty until its controller has seen that. */
  readonly phase: string;
  readonly step: number;
  /** Ready pods by image. */
  readonly pods: Readonly<Record<string, number>>;
}

interface Status {
  readonly phase?: string;
  readonly currentStepIndex?: number;
  readonly observedGeneration?: string;
}

/** An application whose releases are followed. */
export class Application {
  /** What stood, from one change to the next. */
  readonly moments: Moment[] = [];
  private readonly begun = Date.now();

  constructor(
    private readonly cluster: Cluster,
    readonly name: string,
  ) {}

  /** Since its first sync, by the clock. @unit seconds */
  get clock(): number {
    return (Date.now() - this.begun) / SECOND_MS;
  }

  /** Syncs a spec, as a merge does. @returns when, by {@link clock} */
  async sync(spec: AppSpec): Promise<number> {
    await this.cluster.release(spec);
    return this.clock;
  }

  /**
   * Follows it until a moment that fits.
   * @param within at most so long, in the time of the manifests; @unit seconds
   * @throws Error with what the gates have measured.
   */
  async until(what: string, fits: (moment: Moment) => boolean, within: number): Promise<Moment> {
    const end = this.clock + within / this.cluster.pace;
    for (;;) {
      const moment = await this.look();
      if (fits(moment)) return moment;
      if (this.clock > end)
        throw new Error(`${this.name}: ${what}: not within ${within} s. ${await this.cluster.explained(this.name)}`);
      await pause(LOOK_MS);
    }
  }

  /** Follows it for a while, in the time of the manifests. @unit seconds */
  async follow(seconds: number): Promise<void> {
    for (const end = this.clock + seconds / this.cluster.pace; this.clock < end; await pause(LOOK_MS))
      await this.look();
  }

  private async look(): Promise<Moment> {
    const { gateway } = this.cluster;
    const rollout = await this.cluster.rollout(this.name);
    const { phase = "", currentStepIndex = 0, observedGeneration } = (rollout?.status ?? {}) as Status;
    const isSeen = observedGeneration === String(rollout?.metadata["generation"]);
    const moment: Moment = {
      at: this.clock,
      weight: gateway.weightOf(this.name) ?? 0,
      stable: gateway.imagesOf(this.name, this.name),
      canary: gateway.imagesOf(this.name, `${this.name}-canary`),
      phase: isSeen ? phase : "",
      step: currentStepIndex,
      pods: gateway.readyPods(this.name),
    };
    const last = this.moments.at(-1);
    if (last === undefined || !isDeepStrictEqual({ ...last, at: 0 }, { ...moment, at: 0 })) this.moments.push(moment);
    return moment;
  }
}
