/** Manifests whose durations are divided, so that a release of half an hour is seen in minutes; counts and shares stay as they are. */

const DURATIONS = new Set(["interval", "initialDelay", "duration", "history"]);
const SECONDS_MS = 1000;

/** `120s` as `12000ms`: Prometheus takes no fractions. */
const shorter = (seconds: string, pace: number): string => `${Math.round((Number(seconds) * SECONDS_MS) / pace)}ms`;

const inQuery = (query: string, pace: number): string =>
  query.replace(/(?<=[[:])(\d+)s(?=[\]:])/g, (_, seconds: string) => shorter(seconds, pace));

function string(key: string, value: string, pace: number): string {
  if (key === "query") return inQuery(value, pace);
  const [, seconds] = /^(\d+)s$/.exec(value) ?? [];
  return seconds !== undefined && (DURATIONS.has(key) || key === "value") ? shorter(seconds, pace) : value;
}

/** The requests of a load take as long as everything else. */
function rates(command: readonly unknown[], pace: number): readonly unknown[] {
  const after = command.indexOf("--rate") + 1;
  return command.map((word, index) =>
    after > 0 && index === after ? String(word).replace(/^\d+/, (rate) => String(Number(rate) * pace)) : word,
  );
}

function within(key: string, value: unknown, pace: number): unknown {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = key === "command" ? rates(value, pace) : value;
    return list.map((each) => within("", each, pace));
  }
  if (typeof value === "string") return string(key, value, pace);
  if (typeof value === "number") return /seconds/i.test(key) ? Math.ceil(value / pace) : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, within(name, inner, pace)]));
}

/** @param pace how many times faster; 1 leaves everything as it is rendered. */
export const paced = <T extends object>(object: T, pace: number): T =>
  pace === 1 ? object : (within("", object, pace) as T);
