/** Notes about the run as a whole: total duration, combined effects, protections that are removed. */
import type { ChangeVerdict } from "../change/finding";
import type { Note, Resource } from "../plans/change";
import type { PlanIndex } from "../plans/plan-index";
import { GUARDS } from "../plans/guards";
import { durationText } from "./duration";

type Seconds = readonly [number, number];

/** Most names in a note. */
const MAX_NAMES = 4;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).join(", ");
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown;
}

function secondsOf({ findings }: ChangeVerdict): Seconds | null | undefined {
  return findings[0]?.seconds;
}

/** The critical path: times of dependent changes add up, of parallel ones the longest counts. A cycle is followed once. */
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
  if (endless.length > 0) return [{ text: `total duration: until it is reverted (${listed(endless)}).` }];
  const [low, high] = criticalPath(worst, index);
  if (high === 0) return [];
  const timed = durationText([low, high]);
  const text = `total duration: ${timed}; dependent changes are added up, others run in parallel.`;
  return [{ text }];
}

/** Changes that degrade at the same time on one path: their combined effect is not known. */
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
      // A neighbour is used by the change, or uses the same resource.
      const other = addresses.has(used.address) ? used.address : firstUsers.get(used.address);
      if (other !== undefined && other !== address) beside.add(address).add(other);
      else if (!used.type.startsWith("pulumi:")) firstUsers.set(used.address, address);
    }
  const both = worse.filter(({ address }) => beside.has(address));
  if (both.length < 2) return [];
  return [
    {
      text: `together: ${listed(both.map(({ address }) => address))} degrade in the same run and on the same path. Each is assessed separately; their combined effect is not known. Apply them one run after the other.`,
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
    : [{ text: `protections removed: ${listed(gone)}. The next deletion or replacement is no longer refused.` }];
}

/** Notes on the run as a whole. @param changes the worst first. */
export function runNotes(changes: readonly ChangeVerdict[], index: PlanIndex): readonly Note[] {
  return [...duration(changes, index), ...overlap(changes, index), ...removedProtections(index.plan)];
}
