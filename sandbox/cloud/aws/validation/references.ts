/** Rules: what an input refers to must exist, in the region where it is looked up. */
import { AWS_TYPES } from "../object/entry";
import type { ResourceContext } from "../object/resource-context";
import { readTable } from "../../tables/tables";
import { CloudError } from "../../../protocol/provider";
import { classOf, serviceOf } from "../../../property/urn";
import { ruleOf, messageFor, type ValidationRule } from "./rule";

/** One entry of `kinds.yaml`. */
interface Kind {
  readonly type: string;
  /** Another type that may hold it. */
  readonly or?: string;
  /** Output that the reference gives; the id when absent. */
  readonly by?: string;
  readonly scope?: "global" | "any";
  /** Only texts that match are references to this account. */
  readonly match?: string;
  readonly code: string;
  readonly message: string;
}

/** Scopes of the objects with this id or output. */
function whereIs(ctx: ResourceContext, { type, or, by }: Kind, value: string): string[] {
  const { account } = ctx.caller;
  const candidates = [...account.all(type), ...(or === undefined ? [] : account.all(or))];
  const named = candidates.filter(({ id, outputs }) => (by === undefined ? id : outputs[by]) === value);
  return named.map(({ scope }) => scope);
}

function missing(ctx: ResourceContext, kind: Kind, path: string): string | undefined {
  const here = kind.scope === "global" ? "global" : ctx.region;
  for (const value of ctx.texts(path)) {
    if (value === "" || (kind.match !== undefined && !new RegExp(kind.match).test(value))) continue;
    const scopes = whereIs(ctx, kind, value);
    if (scopes.includes(here) || (kind.scope === "any" && scopes.length > 0)) continue;
    const elsewhere = scopes.length > 0 ? ` (in ${here}; it is in ${scopes.join(", ")})` : "";
    return messageFor(ctx, kind.message, { value }) + elsewhere;
  }
  return undefined;
}

/** Why a call about an object that is not there fails: the service's message where others refer to such a one. */
export function goneError(ctx: ResourceContext): CloudError {
  const kind = Object.values(readTable<Record<string, Kind>>("aws/validation/kinds.yaml")).find(
    ({ type }) => type === ctx.type,
  );
  if (kind === undefined)
    return new CloudError("ResourceNotFoundException", `${classOf(ctx.type)} ${ctx.id} does not exist`);
  const value = kind.by === undefined || kind.by === "keyId" ? ctx.id : ctx.arn;
  return new CloudError(kind.code, messageFor(ctx, kind.message, { value }));
}

/** One rule for each reference of each type's entry. */
export function referenceRules(): ValidationRule[] {
  const kinds = readTable<Record<string, Kind>>("aws/validation/kinds.yaml");
  const sources = readTable<Record<string, string>>("aws/validation/sources.yaml");
  return Object.entries(AWS_TYPES).flatMap(([type, { references = {} }]) =>
    Object.entries(references).map(([path, name]) => {
      const kind = kinds[name];
      if (kind === undefined)
        throw new Error(`${type}: references.${path} is "${name}"; known kinds are ${Object.keys(kinds).join(", ")}`);
      const source = sources[serviceOf(type)] ?? "";
      return ruleOf(`reference ${path}`, type, { code: kind.code, source }, (ctx) => missing(ctx, kind, path));
    }),
  );
}
