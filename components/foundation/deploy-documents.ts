/** What the deploy role may do: a document for each subject, and whether IAM takes them. */
import { policyJson, type Statement } from "../aws/iam";
import type { Problem } from "../core/checks";
import { foundationLimits } from "../core/limits/foundation";
import { foundationQuotas } from "../core/limits/foundation-quotas";
import { clusterStatements, keyStatements, roleStatements } from "./deploy-cluster";
import { dataStatements } from "./deploy-data";
import { flagStatements } from "./deploy-flags";
import { type DeployScope, networkStatements, trafficStatements } from "./deploy-network";
import { observationStatements } from "./deploy-observation";
import { shapeStatements } from "./read-permissions";
import { type StateScope, stateWriteStatements } from "./state-permissions";

/**
 * The deploy role's documents by subject: one would be longer than IAM takes. What names resources of a region grows with the
 * regions, so a subject has a document for every {@link foundationQuotas.regionsPerDocument} of them: `traffic`, `traffic-2`.
 */
export function deployDocuments(scope: DeployScope & StateScope, deployRoleArn: string): Record<string, string> {
  const regional = {
    network: networkStatements,
    traffic: trafficStatements,
    observation: observationStatements,
    cluster: (part: DeployScope & StateScope) => [...clusterStatements(part), ...keyStatements(part)],
  };
  const subjects: (readonly [string, readonly Statement[]])[] = [
    ...Object.entries(regional).flatMap(([name, statementsOf]) => byRegions(name, scope, statementsOf)),
    // Short subjects share a document: in many regions the role has as many documents as IAM attaches.
    ["roles", [...roleStatements(scope, deployRoleArn), ...flagStatements(scope)]],
    ["reading", [...shapeStatements(), ...stateWriteStatements(scope), ...dataStatements(scope)]],
  ];
  return Object.fromEntries(subjects.map(([name, statements]) => [name, policyJson(statements)]));
}

/** A subject's statements, a few regions at a time; what names no region stands in the first document alone. */
function byRegions<S extends DeployScope>(
  name: string,
  scope: S,
  statementsOf: (scope: S) => readonly Statement[],
): (readonly [string, readonly Statement[]])[] {
  const size = foundationQuotas.regionsPerDocument.value;
  const starts = scope.regions.flatMap((_, index) => (index % size === 0 ? [index] : []));
  const parts = starts.map((start) => statementsOf({ ...scope, regions: scope.regions.slice(start, start + size) }));
  const first = new Set((parts[0] ?? []).map((statement) => JSON.stringify(statement)));
  return parts.map((statements, index) => {
    const isOwn = (statement: Statement): boolean => index === 0 || !first.has(JSON.stringify(statement));
    return [index === 0 ? name : `${name}-${index + 1}`, statements.filter(isOwn)];
  });
}

/** What is wrong with the size of documents; IAM reports it only after half of them exist. */
export function documentProblems(documents: Readonly<Record<string, string>>): Problem[] {
  const { policySize, policiesPerRole } = foundationLimits;
  const tooLong = Object.entries(documents).filter(([, text]) => text.length > policySize.value);
  const count = Object.keys(documents).length;
  const fix = "Split the subject in components/foundation/deploy-documents.ts.";
  return [
    ...tooLong.map(([name, text]) => ({
      path: `documents.${name}`,
      got: `${text.length} characters`,
      allowed: `up to ${policySize.value}`,
      fix,
    })),
    ...(count > policiesPerRole.value
      ? [{ path: "documents", got: count, allowed: `up to ${policiesPerRole.value}`, fix: "Join two subjects." }]
      : []),
  ];
}
