/** What in the lock file needs a look: unproven versions, ends of support, entries nobody looked at for long. */
import { daysBetween, inSeconds, millisecondsPerDay } from "@fridayproof/components/core";
import { lockLimits } from "./limits/lock";

/** How much it matters: an error ends the check with a failure. */
export type LockLevel = "error" | "warning" | "note";

/** One thing found. */
export interface LockFinding {
  readonly level: LockLevel;
  /** Where in the file, such as `kubernetes.1.35.addons.coredns`. */
  readonly path: string;
  /** Whole sentence without a full stop. */
  readonly text: string;
}

type Entry = Readonly<Record<string, unknown>>;

const UNRESOLVED = "unresolved";
const MILLISECONDS = 1000;

const isObject = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function days(limit: Parameters<typeof inSeconds>[0]): number {
  return (inSeconds(limit) * MILLISECONDS) / millisecondsPerDay;
}

/** Every object of the file with its path, outermost first. */
function* entriesOf(value: unknown, path: string): Generator<readonly [string, Entry]> {
  if (!isObject(value)) return;
  yield [path, value];
  for (const [key, inner] of Object.entries(value)) yield* entriesOf(inner, path === "" ? key : `${path}.${key}`);
}

function unproven([path, entry]: readonly [string, Entry]): LockFinding[] {
  const missing = Object.entries(entry).filter(([key, value]) => value === UNRESOLVED && key !== "proof");
  return missing.map(([key]) => ({
    level: key === "digest" ? "note" : "warning",
    path: `${path}.${key}`,
    text:
      key === "digest" ? "the digest is unresolved: the version alone pins it" : "unresolved: nothing may use it yet",
  }));
}

function observed([path, entry]: readonly [string, Entry]): LockFinding[] {
  if (entry["proof"] !== "observed") return [];
  const where =
    typeof entry["seen"] === "string" ? `at ${entry["seen"]}` : "in public configurations of running clusters";
  return [{ level: "note", path, text: `seen ${where}, not on its owner's list: ${String(entry["source"])}` }];
}

function stale([path, entry]: readonly [string, Entry], today: string): LockFinding[] {
  const { date } = entry;
  if (typeof date !== "string" || daysBetween(date, today) <= days(lockLimits.rowAge)) return [];
  return [{ level: "warning", path, text: `looked up ${daysBetween(date, today)} days ago, on ${date}: look again` }];
}

function support([path, entry]: readonly [string, Entry], today: string): LockFinding[] {
  const end = entry["standardSupportEnds"];
  if (typeof end !== "string" || end === UNRESOLVED) return [];
  const left = daysBetween(today, end);
  if (left < 0) {
    return [
      {
        level: "error",
        path,
        text: `standard support ended on ${end}: every hour of a cluster costs six times as much`,
      },
    ];
  }
  if (left > days(lockLimits.supportNotice)) return [];
  return [
    { level: "warning", path, text: `standard support ends on ${end}, in ${left} days: bring up the next generation` },
  ];
}

/**
 * Everything found, errors first.
 * @param lock the lock file's content.
 * @param today `YYYY-MM-DD`.
 */
export function lockFindings(lock: unknown, today: string): readonly LockFinding[] {
  const entries = [...entriesOf(lock, "")];
  const all = entries.flatMap((entry) => [
    ...support(entry, today),
    ...unproven(entry),
    ...observed(entry),
    ...stale(entry, today),
  ]);
  const order: readonly LockLevel[] = ["error", "warning", "note"];
  return [...all].sort((left, right) => order.indexOf(left.level) - order.indexOf(right.level));
}

/** One command that a person with network and credentials runs for a entry, and the entry. */
export interface LockUpdate {
  readonly path: string;
  readonly command: string;
}

function versionOf(entry: unknown): string {
  const kubectl = isObject(entry) ? entry["kubectl"] : undefined;
  return isObject(kubectl) ? String(kubectl["version"]) : "VERSION";
}

/** What would look every entry up again, in the order of the file. */
export function lockUpdates(lock: unknown): readonly LockUpdate[] {
  const { kubernetes = {}, charts = {} } = isObject(lock) ? lock : {};
  const minors = Object.entries(isObject(kubernetes) ? kubernetes : {}).flatMap(([minor, entry]) => {
    const addons = isObject(entry) && isObject(entry["addons"]) ? Object.keys(entry["addons"]) : [];
    const base = `kubernetes.${minor}`;
    return [
      { path: base, command: `aws eks describe-cluster-versions --cluster-versions ${minor}` },
      {
        path: `${base}.ami`,
        command: `aws ssm get-parameter --name /aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/x86_64/standard/recommended/release_version`,
      },
      {
        path: `${base}.kubectl`,
        command: `crane digest registry.k8s.io/kubectl:v${versionOf(entry)}`,
      },
      ...addons.map((addon) => ({
        path: `${base}.addons.${addon}`,
        command: `aws eks describe-addon-versions --kubernetes-version ${minor} --addon-name ${addon}`,
      })),
    ];
  });
  const charted = Object.entries(isObject(charts) ? charts : {}).map(([name, entry]) => {
    const { repository, chart } = isObject(entry) ? entry : {};
    const text = String(repository);
    const command = text.startsWith("oci://")
      ? `helm show chart ${text}`
      : `helm show chart ${String(chart)} --repo ${text}`;
    return { path: `charts.${name}`, command };
  });
  return [...minors, ...charted];
}
