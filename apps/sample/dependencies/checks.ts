/** Checks each dependency in the background, one check at a time, whatever the probes do. */
import { type DependencyName, dependencyNames, type Need } from "../config";
import { sampleLimits } from "../limits/sample";
import { afterCheck, type HealthByName, type Readiness, readinessOf, unknownHealth } from "./health";

/** One dependency: `check` rejects when it is not there, by a time-out of its own client. */
export interface Dependency {
  check(): Promise<void>;
  end(): Promise<void>;
}

/** Every dependency. */
export type Dependencies = Readonly<Record<DependencyName, Dependency>>;

const PERCENT = 100;

/** The checks of one instance. */
export class Checks {
  private health: HealthByName;
  private readonly timers = new Map<DependencyName, NodeJS.Timeout>();
  private ended = false;

  constructor(
    private readonly dependencies: Dependencies,
    needs: Readonly<Record<DependencyName, Need>>,
    private readonly periodMs: number,
  ) {
    const rows = dependencyNames.map((name) => [name, unknownHealth(needs[name])] as const);
    this.health = Object.fromEntries(rows) as HealthByName;
  }

  /** The last results, without a new check. */
  get state(): Readiness & { readonly dependencies: HealthByName } {
    return { ...readinessOf(this.health, sampleLimits.checkFailures.value), dependencies: this.health };
  }

  /** Starts the checks. Nothing waits for the first results: until they are there the instance is not ready. */
  start(): void {
    for (const name of dependencyNames) void this.check(name);
  }

  private async check(name: DependencyName): Promise<void> {
    const problem = await this.dependencies[name].check().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message || error.name : String(error)),
    );
    this.health = { ...this.health, [name]: afterCheck(this.health[name], problem) };
    if (this.ended) return;
    // The next check only after the result of this one: giving up on a slow peer does not stop what it does.
    this.timers.set(
      name,
      setTimeout(() => void this.check(name), this.pause()),
    );
  }

  private pause(): number {
    const spread = sampleLimits.checkSpread.value / PERCENT;
    return this.periodMs * (1 - Math.random() * spread);
  }

  /** Ends the checks and their connections. */
  async end(): Promise<void> {
    this.ended = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.allSettled(Object.values(this.dependencies).map((one) => one.end()));
  }
}
