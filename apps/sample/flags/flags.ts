/** Flags from a local cache, which polls AppConfig's agent twice a second: no request waits for it. */
import { sampleLimits } from "../limits/sample";
import { flagDefaults, type FlagName, flagsIn, type FlagValues } from "./flag-values";

/** Whom a flag may depend on. */
export interface Person {
  readonly userId: string;
  readonly country?: string;
  readonly segment?: string;
}

interface Answer {
  readonly at: number;
  readonly values: FlagValues;
}

/** The flags of one instance. */
export class Flags {
  private everybody: FlagValues = {};
  private readonly people = new Map<string, Answer>();
  private timer: NodeJS.Timeout | undefined;
  private problem: string | undefined;
  private ended = false;

  /** @param url of the profile at the agent: `http://localhost:2772/applications/a/environments/e/configurations/p`. */
  constructor(private readonly url: string | undefined) {}

  /** Why the last request failed; undefined when it did not. */
  get lastProblem(): string | undefined {
    return this.problem;
  }

  /** Starts to poll. */
  start(): void {
    void this.poll();
  }

  private async poll(): Promise<void> {
    if (this.url === undefined) return;
    this.everybody = await this.fetchValues(this.everybody);
    if (this.ended) return;
    this.timer = setTimeout(() => void this.poll(), sampleLimits.flagPoll.value);
  }

  private async fetchValues(before: FlagValues, person?: Person): Promise<FlagValues> {
    try {
      const context = Object.entries(person ?? {}).map(([key, value]) => `${key}=${value as string}`);
      const answer = await fetch(this.url ?? "", {
        signal: AbortSignal.timeout(sampleLimits.flagTimeout.value),
        headers: context.length === 0 ? {} : { Context: context.join(",") },
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`the agent answers ${answer.status}: ${text}`);
      const values = flagsIn(JSON.parse(text));
      this.problem = undefined;
      return values;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return before;
    }
  }

  /** Whether the flag is on for everybody: the kill switch. */
  enabled(name: FlagName): boolean {
    return (this.everybody[name] ?? flagDefaults[name]).enabled;
  }

  /** Whether it is on for this person; a response is cached as long as a poll lasts. */
  async enabledFor(name: FlagName, person: Person): Promise<boolean> {
    if (this.url === undefined) return flagDefaults[name].enabled;
    const key = JSON.stringify(person);
    const known = this.people.get(key);
    const fresh = known !== undefined && Date.now() - known.at < sampleLimits.flagPoll.value;
    const values = fresh ? known.values : await this.fetchValues(known?.values ?? {}, person);
    if (!fresh) this.remember(key, values);
    return (values[name] ?? flagDefaults[name]).enabled;
  }

  private remember(key: string, values: FlagValues): void {
    this.people.delete(key);
    this.people.set(key, { at: Date.now(), values });
    const [oldest] = this.people.keys();
    if (this.people.size > sampleLimits.flagPeople.value && oldest !== undefined) this.people.delete(oldest);
  }

  /** Ends the questions. */
  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }
}
