/** What in the lock file asks for somebody's eyes: unproven versions, ends of support, rows nobody looked at for long. */
import { lockLimits } from "./limits/lock";
import { daysBetween, millisecondsPerDay } from "../components/core/day";
import { inSeconds } from "../components/core/units";

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

type Row = Readonly<Record<string, unknown>>;

const UNRESOLVED = "unresolved";
const MILLISECONDS = 1000;

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);

function days(limit: Parameters<typeof inSeconds>[0]): number {
  return (inSeconds(limit) * MILLISECONDS) / millisecondsPerDay;
}

/** Every object of the file with its path, outermost first. */
function* rowsOf(value: unknown, path: string): Generator<readonly [string, Row]> {
  if (!isRow(value)) return;
  yield [path, value];
  for (const [key, inner] of Object.entries(value)) yield* rowsOf(inner, path === "" ? key : `${path}.${key}`);
}

function unproven([path, row]: readonly [string, Row]): LockFinding[] {
  const missing = Object.entries(row).filter(([key, value]) => value === UNRESOLVED && key !== "proof");
  return missing.map(([key]) => ({
    level: key === "digest" ? "note" : "warning",
    path: `${path}.${key}`,
    text:
      key === "digest" ? "the digest is unresolved: the version alone pins it" : "unresolved: nothing may use it yet",
  }));
}

function observed([path, row]: readonly [string, Row]): LockFinding[] {
  if (row["proof"] !== "observed") return [];
  const where = typeof row["seen"] === "string" ? `at ${row["seen"]}` : "in public configurations of running clusters";
  return [{ level: "note", path, text: `seen ${where}, not on its owner's list: ${String(row["source"])}` }];
}

function stale([path, row]: readonly [string, Row], today: string): LockFinding[] {
  const { date } = row;
  if (typeof date !== "string" || daysBetween(date, today) <= days(lockLimits.rowAge)) return [];
  return [{ level: "warning", path, text: `looked up ${daysBetween(date, today)} days ago, on ${date}: look again` }];
}

function support([path, row]: readonly [string, Row], today: string): LockFinding[] {
  const end = row["standardSupportEnds"];
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
  const rows = [...rowsOf(lock, "")];
  const all = rows.flatMap((row) => [...support(row, today), ...unproven(row), ...observed(row), ...stale(row, today)]);
  const order: readonly LockLevel[] = ["error", "warning", "note"];
  return [...all].sort((left, right) => order.indexOf(left.level) - order.indexOf(right.level));
}

/** One command that a person with network and credentials runs for a row, and the row. */
export interface LockUpdate {
  readonly path: string;
  readonly command: string;
}

function versionOf(row: unknown): string {
  const kubectl = isRow(row) ? row["kubectl"] : undefined;
  return isRow(kubectl) ? String(kubectl["version"]) : "VERSION";
}

/** What would look every row up again, in the order of the file. */
export function lockUpdates(lock: unknown): readonly LockUpdate[] {
  const { kubernetes = {}, charts = {} } = isRow(lock) ? lock : {};
  const minors = Object.entries(isRow(kubernetes) ? kubernetes : {}).flatMap(([minor, row]) => {
    const addons = isRow(row) && isRow(row["addons"]) ? Object.keys(row["addons"]) : [];
    const base = `kubernetes.${minor}`;
    return [
      { path: base, command: `aws eks describe-cluster-versions --cluster-versions ${minor}` },
      {
        path: `${base}.ami`,
        command: `aws ssm get-parameter --name /aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/x86_64/standard/recommended/release_version`,
      },
      {
        path: `${base}.kubectl`,
        command: `crane digest registry.k8s.io/kubectl:v${versionOf(row)}`,
      },
      ...addons.map((addon) => ({
        path: `${base}.addons.${addon}`,
        command: `aws eks describe-addon-versions --kubernetes-version ${minor} --addon-name ${addon}`,
      })),
    ];
  });
  const charted = Object.entries(isRow(charts) ? charts : {}).map(([name, row]) => {
    const { repository, chart } = isRow(row) ? row : {};
    const text = String(repository);
    const command = text.startsWith("oci://")
      ? `helm show chart ${text}`
      : `helm show chart ${String(chart)} --repo ${text}`;
    return { path: `charts.${name}`, command };
  });
  return [...minors, ...charted];
}
