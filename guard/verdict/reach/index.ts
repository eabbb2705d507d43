/** What changes do to each other: moves that nobody wrote down, users that keep what goes, rights that a name does not carry. */
import type { Resource } from "../plans/change";
import type { Finding } from "../change/finding";
import { changes, type PlanIndex } from "../plans/plan-index";
import { lostMoves } from "./lost-moves";

const ROLE = "aws:iam/role:Role";
const ENTRY = "aws:eks/accessEntry:AccessEntry";

function add(found: Map<string, Finding[]>, address: string, finding: Finding): void {
  const known = found.get(address);
  if (known === undefined) found.set(address, [finding]);
  else known.push(finding);
}

/** A role that is made anew is another principal, although its ARN is the same: EKS keeps the role's id with an entry. */
function brokenEntries(index: PlanIndex): readonly (readonly [string, Finding])[] {
  const made = index.ofType(ROLE).filter(({ operation }) => operation === "replace");
  return made.flatMap((role) =>
    index
      .usersOf(role.address, ENTRY)
      .filter((entry) => !changes(entry))
      .map((entry): readonly [string, Finding] => [
        entry.address,
        {
          verdict: "DEGRADES",
          reason: `the role ${role.address} is made anew under the same ARN: EKS stores the id of the old one with this entry, so it no longer works, though the plan shows nothing.`,
          seconds: [60, 3600],
          who: "that role",
          safer: "Replace the entry in the same run.",
          source: "docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html",
          evidence: "summary",
        },
      ]),
  );
}

/** Whoever stays as it is keeps the old one, which goes at the end of the run. */
function leftBehind(index: PlanIndex): readonly (readonly [string, Finding])[] {
  const replaced = index.plan.resources.filter(
    ({ operation, order, custom }) => custom && operation === "replace" && order === "create-first",
  );
  return replaced.flatMap((resource) => {
    const behind = index.plan.uses
      .filter(({ used, property }) => used === resource.address && property !== undefined && property !== "provider")
      .flatMap(({ user }) => index.byAddress.get(user) ?? []);
    const staying = [...new Set(behind)].filter((user: Resource) => user.operation === "none" && user.custom);
    const [first] = staying;
    if (first === undefined) return [];
    return [
      [
        resource.address,
        {
          verdict: "DEGRADES",
          reason: `${first.address} does not change and keeps the old one, which is deleted at the end of the run.`,
          who: first.address,
        } satisfies Finding,
      ] as const,
    ];
  });
}

/** Findings that need more than one change to be seen, by address. */
export function reachFindings(index: PlanIndex): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const [address, finding] of [...brokenEntries(index), ...leftBehind(index), ...lostMoves(index.plan.resources)])
    add(found, address, finding);
  return found;
}
