/** What the deploy role may do: a document for each subject, and whether IAM takes them. */
import { policyJson, type Statement } from "../aws/iam";
import type { Problem } from "../core/checks";
import { foundationLimits } from "../core/limits/foundation";
import { clusterStatements, keyStatements, roleStatements } from "./deploy-cluster";
import { type DeployScope, networkStatements, trafficStatements } from "./deploy-network";
import { observationStatements } from "./deploy-observation";
import { shapeStatements } from "./read-permissions";
import { type StateScope, stateWriteStatements } from "./state-permissions";

/** The deploy role's documents by subject: one would be longer than IAM takes. */
export function deployDocuments(scope: DeployScope & StateScope, deployRoleArn: string): Record<string, string> {
  const subjects: Record<string, readonly Statement[]> = {
    network: networkStatements(scope),
    traffic: trafficStatements(scope),
    observation: observationStatements(scope),
    cluster: [...clusterStatements(scope), ...keyStatements(scope)],
    roles: roleStatements(scope, deployRoleArn),
    reading: [...shapeStatements(), ...stateWriteStatements(scope)],
  };
  return Object.fromEntries(Object.entries(subjects).map(([name, statements]) => [name, policyJson(statements)]));
}

/** What is wrong with the size of documents; IAM says it only after half of them exist. */
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
