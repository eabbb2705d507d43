/** The newest versions that owners list, put into the lock file's text: pure, so that a test needs no network. */
import { parse } from "yaml";

/** One version that moves. */
export interface Proposal {
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** Whether its first number rises: such a release may break what it brings. */
  readonly isMajor: boolean;
}

/** What `helm show chart` and `aws eks describe-addon-versions` wrote, by the path of the lock's entry. */
export type Answers = Readonly<Record<string, string>>;

interface ChartEntry {
  version: string;
  appVersion: string;
  digest: string;
  source: string;
  date: string;
}

interface AddonEntry {
  version: string;
  proof: string;
  source: string;
  seen?: string;
  date: string;
}

/** The lock file, as far as it is moved. */
export interface Movable {
  readonly charts: Record<string, ChartEntry>;
  readonly kubernetes: Record<string, { readonly addons: Record<string, AddonEntry> }>;
}

const numbers = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).map(Number);

/** Whether one version is newer than another, by its numbers from the left. */
export function isNewer(one: string, other: string): boolean {
  const [left, right] = [numbers(one), numbers(other)];
  const at = left.findIndex((number, index) => number !== (right[index] ?? -1));
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? -1);
}

function proposal(path: string, from: string, to: string): Proposal {
  return { path, from, to, isMajor: (numbers(to)[0] ?? 0) > (numbers(from)[0] ?? 0) };
}

/** The newest release of a chart. @throws Error for what is no Chart.yaml. */
function chartIn(path: string, text: string): { readonly version: string; readonly appVersion: string } {
  const { version, appVersion } = (parse(text) ?? {}) as { readonly version?: unknown; readonly appVersion?: unknown };
  if (typeof version === "string" && /^v?\d+\.\d+\.\d+$/.test(version))
    return { version, appVersion: typeof appVersion === "string" ? appVersion : "" };
  throw new Error(`${path}: helm named no released version: got ${JSON.stringify(version)}.`);
}

/** The newest version of an add-on. @throws Error where none is listed. */
function addonIn(path: string, text: string): string {
  const { addons = [] } = JSON.parse(text) as {
    readonly addons?: readonly { readonly addonVersions?: readonly { readonly addonVersion: string }[] }[];
  };
  const versions = addons.flatMap(({ addonVersions = [] }) => addonVersions.map(({ addonVersion }) => addonVersion));
  const [first, ...more] = versions;
  if (first === undefined) throw new Error(`${path}: EKS lists no version.`);
  return more.reduce((newest, version) => (isNewer(version, newest) ? version : newest), first);
}

/** Moves the lock in place; an entry that is newest already, or that nobody could prove yet, stays. @returns what moved. */
export function moved(lock: Movable, answers: Answers, day: string): readonly Proposal[] {
  const charts = Object.entries(lock.charts).flatMap(([name, entry]) => {
    const path = `charts.${name}`;
    const answer = answers[path];
    const newest = answer === undefined ? undefined : chartIn(path, answer);
    if (newest === undefined || !isNewer(newest.version, entry.version)) return [];
    const result = proposal(path, entry.version, newest.version);
    const source = entry.source.replaceAll(entry.version, newest.version);
    lock.charts[name] = { ...entry, ...newest, digest: "unresolved", source, date: day };
    return [result];
  });
  const addons = Object.entries(lock.kubernetes).flatMap(([minor, { addons: own }]) =>
    Object.entries(own).flatMap(([name, entry]) => {
      const path = `kubernetes.${minor}.addons.${name}`;
      const answer = answers[path];
      const newest = answer === undefined ? undefined : addonIn(path, answer);
      if (newest === undefined || entry.version === "unresolved" || !isNewer(newest, entry.version)) return [];
      const { source } = entry;
      own[name] = { version: newest, proof: "published", source, date: day };
      return [proposal(path, entry.version, newest)];
    }),
  );
  return [...charts, ...addons];
}

/** What moves, as Markdown. */
export function proposalText(proposals: readonly Proposal[]): string {
  if (proposals.length === 0) return "Every version of the lock file is the newest.\n";
  const rows = proposals.map(
    ({ path, from, to, isMajor }) => `| ${path} | ${from} | ${to} | ${isMajor ? "yes" : ""} |`,
  );
  return `| entry | locked | newest | major |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
}
