/** Exemptions: a named resource may break a named rule, for a reason, by an owner, until a day. */
import type { Resource } from "./resource";

/** One row of a rule's `exemptions` setting. */
export interface Exemption {
  /** `<type token>::<name>`; `*` stands for any characters within the name. */
  readonly resource: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

const separator = "::";
const patternForm = /^[A-Za-z0-9.:/-]+::[A-Za-z0-9._/*-]+$/;

/** What is wrong with the row itself, or undefined. */
export function exemptionFault(row: Exemption): string | undefined {
  if (row.resource.includes("**")) return "** would exempt everything: name the resource";
  if (!patternForm.test(row.resource)) return "the resource must be <type token>::<name>, with * in the name only";
  const name = row.resource.slice(row.resource.lastIndexOf(separator));
  if (name.replaceAll(/[:*]/g, "") === "") return "a bare * would exempt a whole type: name the resource";
  if (!isDay(row.expires)) return "expires must be a day, YYYY-MM-DD";
  if (row.reason.trim() === "" || row.owner.trim() === "") return "reason and owner must be given";
  return undefined;
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
  );
}

/** Whether the row has run out: it holds through its last day, UTC. */
export function isExpired(row: Exemption, now: Date): boolean {
  return now.toISOString().slice(0, row.expires.length) > row.expires;
}

/**
 * Whether the row names the resource: by its name in the program or, for Kubernetes, by `namespace/name` of the object;
 * where the object states no namespace, as those of the whole cluster do not, also by its name alone.
 */
export function covers(row: Exemption, resource: Resource): boolean {
  const split = row.resource.lastIndexOf(separator);
  if (row.resource.slice(0, split) !== resource.type) return false;
  const form = new RegExp(
    `^${row.resource
      .slice(split + separator.length)
      .split("*")
      .map(escape)
      .join("[^/]*")}$`,
  );
  return names(resource).some((name) => form.test(name));
}

function escape(part: string): string {
  return part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The names under which an exemption may know the resource. */
function names(resource: Resource): readonly string[] {
  const plain = (key: string): string | undefined => {
    try {
      return resource.at("metadata", key).text();
    } catch {
      // Unknown or malformed metadata: the resource is known by its name in the program alone.
      return undefined;
    }
  };
  const object = resource.type.startsWith("kubernetes:") ? plain("name") : undefined;
  if (object === undefined) return [resource.name];
  const namespace = plain("namespace");
  return [resource.name, `${namespace ?? "default"}/${object}`, ...(namespace === undefined ? [object] : [])];
}
