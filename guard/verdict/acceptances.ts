/** Accepted changes: they lower the exit code, never the printed verdict. */
import { type RowSchema, rowProblem } from "./expiring-rows";
import type { Verdict } from "./effects/row";
import { type ChangeVerdict, rankOf } from "./change/finding";
import { PlanError } from "./plans/plan-error";
import { isMap } from "./plans/values";

/** One accepted change: of one resource, one operation or path, up to one verdict, until one day. */
export interface Acceptance {
  /** Name in the report and on the command line. */
  readonly name: string;
  /** Logical address: URN or Terraform's address, or the end of a URN from `::` on. */
  readonly address: string;
  /** The type as the plan names it. */
  readonly type: string;
  /** The operation, or a path that changes. */
  readonly change: string;
  /** The order of a replacement; another order is not covered. */
  readonly order?: "create-first" | "delete-first";
  /** The worst verdict that is covered. */
  readonly verdict: Exclude<Verdict, "SAFE">;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

const VERDICTS = ["DEGRADES", "DOWNTIME", "UNKNOWN"];

const ACCEPTANCE: RowSchema = {
  strings: ["name", "address", "type", "change", "reason", "owner"],
  others: ["order", "verdict"],
  problem({ verdict, order }, at) {
    if (!VERDICTS.includes(String(verdict))) return `${at}.verdict: allowed: ${VERDICTS.join(", ")}`;
    return order === undefined || ["create-first", "delete-first"].includes(String(order))
      ? undefined
      : `${at}.order: allowed: create-first, delete-first`;
  },
};

/** Reads a file of acceptances. @throws PlanError naming the first member that is wrong. */
export function readAcceptances(document: unknown): readonly Acceptance[] {
  const rows = isMap(document) ? document["acceptances"] : document;
  if (!Array.isArray(rows))
    throw new PlanError(
      "the acceptances are no list: write [{ name, address, type, change, verdict, reason, owner, expires }].",
    );
  const problem = rows
    .map((row, index) => rowProblem(row, `acceptances[${index}]`, ACCEPTANCE))
    .find((found) => found !== undefined);
  if (problem !== undefined) throw new PlanError(`${problem}. Correct the file of acceptances.`);
  const names = rows.map((row) => String((row as Acceptance).name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new PlanError(`two acceptances have the name "${twice}": a name stands for one.`);
  return rows as readonly Acceptance[];
}

function isAbout(acceptance: Acceptance, change: ChangeVerdict): boolean {
  const isSame =
    change.address === acceptance.address ||
    (acceptance.address.startsWith("::") && change.address.endsWith(acceptance.address));
  if (!isSame || acceptance.type !== change.planType) return false;
  if (acceptance.order !== undefined && acceptance.order !== change.order) return false;
  const paths = change.findings.filter(({ verdict }) => verdict !== "SAFE").map(({ path }) => path);
  return (
    acceptance.change === change.operation || (paths.length > 0 && paths.every((path) => path === acceptance.change))
  );
}

function isStrongEnough(acceptance: Acceptance, { verdict, servingPath }: ChangeVerdict): boolean {
  return rankOf(verdict, servingPath) <= rankOf(acceptance.verdict, servingPath);
}

/** Result of applying the acceptances of a run. */
export interface Accepted {
  readonly changes: readonly ChangeVerdict[];
  /** Messages about acceptances that are expired, unused or too weak. */
  readonly remarks: readonly string[];
}

/** Marks the changes that an acceptance covers. @param today `YYYY-MM-DD`, so that the same input gives the same answer. */
export function accept(changes: readonly ChangeVerdict[], acceptances: readonly Acceptance[], today: string): Accepted {
  const standing = acceptances.filter(({ expires }) => expires >= today);
  const remarks = acceptances
    .filter(({ expires }) => expires < today)
    .map(({ name, expires, owner }) => `acceptance "${name}" of ${owner} expired on ${expires}: it covers nothing.`);
  const used = new Set<string>();
  const marked = changes.map((change) => {
    if (change.verdict === "SAFE") return change;
    const about = standing.filter((acceptance) => isAbout(acceptance, change));
    const [covering] = about.filter((acceptance) => isStrongEnough(acceptance, change));
    for (const { name } of about) used.add(name);
    for (const { name, verdict } of covering === undefined ? about : [])
      remarks.push(
        `acceptance "${name}" covers ${verdict}, and ${change.address} is ${change.verdict}: it is not covered.`,
      );
    return covering === undefined ? change : { ...change, acceptedBy: covering.name };
  });
  for (const { name, owner } of standing)
    if (!used.has(name)) remarks.push(`acceptance "${name}" of ${owner} is about no change of this plan: take it out.`);
  return { changes: marked, remarks: remarks.sort() };
}
