/** Certificates and TLS policies of listeners. */
import type { Resource } from "../../plans/change";
import { changes } from "../../plans/plan-index";
import { listAt, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named, usersOf, withArn } from "../core/related";

const CERTIFICATE = "aws:acm/certificate:Certificate";

function namesOf(certificate: Resource | undefined): readonly string[] {
  const values = certificate?.after ?? certificate?.before;
  return [textAt(values, "domainName"), ...listAt(values, "subjectAlternativeNames")].filter(
    (name): name is string => typeof name === "string",
  );
}

function matchesHost(names: readonly string[], host: string): boolean {
  return names.some(
    (name) => name === host || (name.startsWith("*.") && host.split(".").slice(1).join(".") === name.slice(2)),
  );
}

function certificateSwap({ index, before, after, resource, row }: Context): Outcome {
  const next =
    withArn(index, CERTIFICATE, after) ??
    index.usedBy(resource.address, "certificateArn").find(({ type }) => type === CERTIFICATE);
  const old = withArn(index, CERTIFICATE, before);
  if (next === undefined) return unknown(`${row.when} (the new certificate is not in this plan)`);
  if (
    changes(next) &&
    textAt(next.before, "status") === undefined &&
    index.usedBy(resource.address).every(({ type }) => !type.includes("certificateValidation"))
  )
    return unknown(`${row.when} (the new certificate is created in this plan and nothing waits for its validation)`);
  const missing = old === undefined ? undefined : namesOf(old).filter((host) => !matchesHost(namesOf(next), host));
  if (missing === undefined) return degrades(`${row.when} (the hosts of the old one are not in this plan)`);
  return missing.length === 0
    ? safe("the new certificate names every host of the old one; connections stay")
    : downtime(`the new certificate does not name ${missing.join(", ")}`);
}

function certificateCovers(context: Context): Outcome {
  const { resource, row } = context;
  const missing = namesOf({ ...resource, after: undefined }).filter(
    (host) => !matchesHost(namesOf({ ...resource, before: undefined }), host),
  );
  if (missing.length > 0) return downtime(`${row.when} (the new one does not name ${missing.join(", ")})`);
  const behind = usersOf(context).filter((user) => !changes(user));
  return behind.length > 0
    ? degrades(`${row.when} (${named(behind)} keeps the old one)`)
    : safe("every name of the old one is in the new one, and it is validated before it is used");
}

/** Another certificate beside the listener's own, or another listener for it. */
function certificateMoves(context: Context): Outcome {
  const { resource, row } = context;
  const [old, next] = [valueAt(resource.before, "certificateArn"), valueAt(resource.after, "certificateArn")];
  if (old === next) return downtime(`the same certificate: the deletion at the end removes it. ${row.when}`);
  return certificateSwap({ ...context, before: old, after: next });
}

const ORDER_OF_TLS = [
  /2015|2016-08|TLS-1-0|^$/,
  /TLS-1-1|2017-01|FS-2018/,
  /TLS-1-2|FS-1-1|FS-1-2|TLS13-1-[01]/,
  /TLS13-1-2/,
  /TLS13-1-3/,
];

function tlsRank(policy: unknown): number {
  const at = ORDER_OF_TLS.findLastIndex((pattern) => typeof policy === "string" && pattern.test(policy));
  return at;
}

/** Conditions about certificates and TLS. */
export const certificates: Conditions = {
  certificateSwap,
  certificateCovers,
  certificateMoves,
  tlsStricter: ({ before, after, row }) => {
    const [old, next] = [tlsRank(before), tlsRank(after)];
    return old >= 0 && next >= 0 && next < old
      ? safe("the new policy accepts every client of the old one")
      : degrades(row.when);
  },
};
