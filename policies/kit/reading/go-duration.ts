/** Durations as Argo Rollouts reads them: Go's syntax, and for pauses a bare number of seconds too. */
import { type Field, MalformedRead } from "./field";

const secondsPer: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Seconds of a duration of Go, such as "1h30m"; undefined where it is none: Go has no days. Source: time.ParseDuration. */
export function goSeconds(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  const signed = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)[a-zµμ]+)+)$/.exec(text);
  if (signed === null) return undefined;
  const [, sign, rest = ""] = signed;
  const parts = [...rest.matchAll(/(\d+\.?\d*|\.\d+)([a-zµμ]+)/g)];
  const seconds = parts.map(([, amount, unit]) => Number(amount) * (secondsPer[unit ?? ""] ?? NaN));
  const sum = seconds.reduce((total, one) => total + one, 0);
  if (Number.isNaN(sum)) return undefined;
  return sign === "-" ? -sum : sum;
}

/** A pause's seconds; undefined for a pause without end. Source: Argo Rollouts, RolloutPause.DurationSeconds.
 * @throws UnknownRead @throws MalformedRead where Argo Rollouts rejects it. */
export function pauseSeconds(pause: Field): number | undefined {
  const field = pause.at("duration");
  const text = field.text();
  if (text === undefined) return undefined;
  const seconds = /^[+-]?\d+$/.test(text) ? Number(text) : goSeconds(text);
  if (seconds !== undefined && seconds >= 0) return seconds;
  throw new MalformedRead(field.path, "a text", "a duration such as 30s, which Argo Rollouts reads");
}
