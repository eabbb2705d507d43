/** What the process is given: environment variables, checked as a whole before anything is started. */
import type { FaultSettings } from "./faults";
import { sampleLimits } from "./limits/sample";
import { type OrderColumns, orderColumns } from "./order-columns";
import { type Format, formats } from "./sessions/formats";
import { currentSessions } from "./sessions/history";
import type { SessionSettings } from "./sessions/sessions";

/** Whether an instance can serve without it. */
export type Need = "required" | "optional";

/** What the service depends on. */
export const dependencyNames = ["postgres", "redis", "prices", "disk"] as const;

/** Name of a dependency. */
export type DependencyName = (typeof dependencyNames)[number];

/** The whole configuration of one instance. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly colour: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly pricesUrl: string;
  readonly diskFolder: string;
  readonly needs: Readonly<Record<DependencyName, Need>>;
  readonly sessions: SessionSettings;
  readonly orderColumns: OrderColumns;
  /** The agent of AWS AppConfig; without it every flag has its default. */
  readonly flagsUrl: string | undefined;
  readonly checkPeriodMs: number;
  readonly drainWaitMs: number;
  readonly drainEndMs: number;
  /** What a rehearsal makes this version do wrong. */
  readonly faults: FaultSettings;
}

/** A full disk, or a database without which nothing can be stored, makes it unready; without the others it serves less. */
const defaultNeeds: Readonly<Record<DependencyName, Need>> = {
  postgres: "required",
  disk: "required",
  redis: "optional",
  prices: "optional",
};

type Variables = Readonly<Record<string, string | undefined>>;

class Reader {
  readonly problems: string[] = [];

  constructor(private readonly variables: Variables) {}

  text(name: string, fallback?: string): string {
    const value = this.variables[name] ?? fallback;
    if (value === undefined || value === "") this.problems.push(`${name}: got nothing; allowed: a text; fix: Set it.`);
    return value ?? "";
  }

  number(name: string, fallback: number, most = Number.MAX_SAFE_INTEGER): number {
    const given = this.variables[name];
    const value = given === undefined ? fallback : Number(given);
    if (given?.trim() !== "" && Number.isFinite(value) && value >= 0 && value <= most) return value;
    this.problems.push(
      `${name}: got "${given}"; allowed: a number from 0 to ${most}; fix: Correct it, or leave it out.`,
    );
    return fallback;
  }

  oneOf<V extends string>(name: string, fallback: V, values: readonly V[]): V {
    const given = this.variables[name] ?? fallback;
    const found = values.find((value) => value === given);
    if (found === undefined)
      this.problems.push(`${name}: got "${given}"; allowed: ${values.join(", ")}; fix: Correct it, or leave it out.`);
    return found ?? fallback;
  }

  /** `name=value` pairs between commas, over defaults. */
  pairs<K extends string, V extends string>(name: string, defaults: Readonly<Record<K, V>>, values: readonly V[]) {
    const result: Record<K, V> = { ...defaults };
    for (const pair of (this.variables[name] ?? "").split(",").filter((part) => part !== "")) {
      const [key = "", value = ""] = pair.split("=");
      if (Object.hasOwn(defaults, key) && values.includes(value as V)) result[key as K] = value as V;
      else {
        const allowed = `${Object.keys(defaults).join(", ")}, each with = and ${values.join(" or ")}`;
        this.problems.push(`${name}: got "${pair}"; allowed: ${allowed}; fix: Correct it, or leave it out.`);
      }
    }
    return result;
  }

  formats(name: string, fallback: readonly Format[]): readonly Format[] {
    const given = this.variables[name];
    if (given === undefined) return fallback;
    const values = given.split(",").map(Number);
    if (values.every((one) => formats.includes(one as Format))) return values as readonly Format[];
    const fix = "Correct it, or leave it out: then the release's own history decides.";
    this.problems.push(`${name}: got "${given}"; allowed: ${formats.join(", ")}, with commas; fix: ${fix}`);
    return fallback;
  }
}

function sessionsOf(reader: Reader): SessionSettings {
  const { reads, writes } = currentSessions();
  const [format = writes] = reader.formats("SESSION_WRITES", [writes]);
  return {
    reads: reader.formats("SESSION_READS", reads),
    writes: format,
    keys: reader.text("SESSION_KEYS").split(","),
  };
}

function faultsOf(reader: Reader): FaultSettings {
  return {
    errors: reader.number("FAULT_ERRORS", 0, 1),
    postErrors: reader.number("FAULT_POST_ERRORS", 0, 1),
    delayMs: reader.number("FAULT_DELAY_MS", 0),
    crashAfter: reader.number("FAULT_CRASH_AFTER", 0),
    leakBytes: reader.number("FAULT_LEAK_BYTES", 0),
  };
}

/** The configuration. @throws Error with every variable that is wrong. */
export function configOf(variables: Variables): Config {
  const reader = new Reader(variables);
  const { port, checkPeriod, drainWait, drainEnd } = sampleLimits;
  const largestPort = 65_535;
  const config: Config = {
    host: reader.text("HOST", "0.0.0.0"),
    port: reader.number("PORT", port.value, largestPort),
    version: reader.text("VERSION", "dev"),
    colour: reader.text("COLOUR", "none"),
    databaseUrl: reader.text("DATABASE_URL"),
    redisUrl: reader.text("REDIS_URL"),
    pricesUrl: reader.text("PRICES_URL"),
    diskFolder: reader.text("DISK_FOLDER", "/tmp"),
    needs: reader.pairs("DEPENDENCIES", defaultNeeds, ["required", "optional"]),
    sessions: sessionsOf(reader),
    orderColumns: reader.oneOf("ORDER_COLUMNS", "both", orderColumns),
    flagsUrl: variables["FLAGS_URL"],
    checkPeriodMs: reader.number("CHECK_PERIOD_MS", checkPeriod.value),
    drainWaitMs: reader.number("DRAIN_WAIT_MS", drainWait.value),
    drainEndMs: reader.number("DRAIN_END_MS", drainEnd.value),
    faults: faultsOf(reader),
  };
  if (reader.problems.length > 0)
    throw new Error(
      `the environment of the sample is wrong:\n${reader.problems.map((line) => `  ${line}`).join("\n")}`,
    );
  return config;
}
