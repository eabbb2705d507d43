/** Notes about the run as a whole: total duration, combined effects, protections that are removed. */
import type { ChangeVerdict } from "../change/finding";
import type { Note, Resource } from "../plans/change";
import type { PlanIndex } from "../plans/plan-index";
import { GUARDS } from "../plans/guards";
import { durationText } from "./duration";

type Seconds = readonly [number, number];

/** Most names that a note has. */
const MAX_NAMES = 4;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).join(", ");
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown;
}

function secondsOf({ findings }: ChangeVerdict): Seconds | null | undefined {
  return findings[0]?.seconds;
}

/** In a row along uses the times add up; side by side the longest counts. A circle of uses is walked once. */
function criticalPath(worst: readonly ChangeVerdict[], index: PlanIndex): Seconds {
  const own = new Map(worst.map((change) => [change.address, secondsOf(change) ?? ([0, 0] as const)]));
  const known = new Map<string, Seconds>();
  const until = (address: string): Seconds => {
    const ready = known.get(address);
    if (ready !== undefined) return ready;
    known.set(address, [0, 0]);
    const before = index
      .usedBy(address)
      .filter((used) => own.has(used.address))
      .map((used) => until(used.address));
    const [low, high] = own.get(address) ?? [0, 0];
    const total: Seconds = [
      low + Math.max(0, ...before.map(([least]) => least)),
      high + Math.max(0, ...before.map(([, most]) => most)),
    ];
    known.set(address, total);
    return total;
  };
  const all = [...own.keys()].sort().map(until);
  return [Math.max(0, ...all.map(([low]) => low)), Math.max(0, ...all.map(([, high]) => high))];
}

function duration(changes: readonly ChangeVerdict[], index: PlanIndex): readonly Note[] {
  const worst = changes.filter(({ verdict }) => verdict === changes[0]?.verdict);
  const [first] = worst;
  if (first === undefined || worst.length < 2 || !["DOWNTIME", "DEGRADES"].includes(first.verdict)) return [];
  const endless = worst.filter((change) => secondsOf(change) === null).map(({ address }) => address);
  if (endless.length > 0) return [{ text: `how long, all together: until it is reverted (${listed(endless)}).` }];
  const [low, high] = criticalPath(worst, index);
  if (high === 0) return [];
  const timed = durationText([low, high]);
  const text = `how long, all together: ${timed}; changes that wait for each other are added up, others run side by side.`;
  return [{ text }];
}

/** Two that serve worse at the same time on one path: nobody has measured both at once. */
function overlap(changes: readonly ChangeVerdict[], index: PlanIndex): readonly Note[] {
  const worse = changes.filter(
    ({ verdict, servingPath, findings }) =>
      verdict === "DEGRADES" && servingPath && findings[0]?.who !== "the deployment run",
  );
  const addresses = new Set(worse.map(({ address }) => address));
  const beside = new Set<string>();
  const firstUsers = new Map<string, string>();
  for (const { address } of worse)
    for (const used of index.usedBy(address)) {
      // A neighbour is what it uses, or what uses the same.
      const other = addresses.has(used.address) ? used.address : firstUsers.get(used.address);
      if (other !== undefined && other !== address) beside.add(address).add(other);
      else if (!used.type.startsWith("pulumi:")) firstUsers.set(used.address, address);
    }
  const both = worse.filter(({ address }) => beside.has(address));
  if (both.length < 2) return [];
  return [
    {
      text: `together: ${listed(both.map(({ address }) => address))} serve worse in the same run and on the same path. Each is counted by itself; what all do at once, nobody has measured. Do them one run after the other.`,
    },
  ];
}

function removedProtections({ resources }: PlanIndex["plan"]): readonly Note[] {
  const gone = resources.flatMap(({ address, operation, before, after, unprotected }: Resource) => {
    if (operation !== "update") return [];
    const flags = GUARDS.filter((flag) => before?.[flag] === true && after?.[flag] === false);
    const all = [...flags, ...(unprotected === true ? ["protect"] : [])];
    return all.map((flag) => `${address} (${flag})`);
  });
  return gone.length === 0
    ? []
    : [{ text: `guards go: ${listed(gone)}. The next deletion or replacement is no longer refused.` }];
}

/** Notes on the run as a whole. @param changes the worst first. */
export function runNotes(changes: readonly ChangeVerdict[], index: PlanIndex): readonly Note[] {
  return [...duration(changes, index), ...overlap(changes, index), ...removedProtections(index.plan)];
}
