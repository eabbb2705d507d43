/**
 * What a preview hides never hides what it shows: a known fault stays, told or undecided, and what is right is never
 * refused because one of its values is not known yet.
 */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../policies/kit/finding/finding";
import { unknownSentinels } from "../../policies/kit/reading/value";
import { specs } from "./specs";
import { type Case, findingsOf, type Given } from "./support/rule";
import type { Spec } from "./support/spec";

type Path = readonly (string | number)[];
const [UNKNOWN = ""] = unknownSentinels;

/** Every path of a value, parents included. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  const inner = Array.isArray(value)
    ? [...value.entries()]
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [];
  return [path, ...inner.flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replaced(item, rest, by) : item));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

interface Place {
  readonly resource: number;
  readonly path: Path;
}

function placesOf({ resources }: Case, chosen: (value: unknown) => boolean): readonly Place[] {
  return resources.flatMap(({ props }, resource) =>
    pathsOf(props)
      .filter((path) => path.length > 0 && chosen(valueAt(props, path)))
      .map((path) => ({ resource, path })),
  );
}

function changed(base: Case, { resource, path }: Place, change: (value: unknown) => unknown): Case {
  const one = (given: Given, index: number): Given =>
    index === resource ? { ...given, props: replaced(given.props, path, change(valueAt(given.props, path))) } : given;
  return { ...base, resources: base.resources.map(one), context: { preview: true, ...base.context } };
}

/** Leaves, and the objects and lists above them: a program may make either of what is not known yet. */
const isKnown = (value: unknown): boolean => value !== UNKNOWN;
const isItems = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
const violations = (all: readonly Finding[]): readonly Finding[] => all.filter(({ kind }) => kind === "violation");
const isOpen = (all: readonly Finding[]): boolean => all.some(({ kind }) => kind === "unknown");
/** As the preview tells it: without notices at places where a hidden value cannot break the rule. */
const isReported = ({ quietAt }: Spec["rule"], all: readonly Finding[]): boolean =>
  all.some(({ kind, at = "" }) => kind === "unknown" && quietAt?.test(at) !== true);
/** Who is told where; the place inside of a list moves with the list. */
const keyOf = ({ resource, at = "" }: Finding): string => `${resource.name} ${at.replaceAll(/\[\d+\]/g, "[]")}`;
const part = (key: string | number): string => {
  if (typeof key === "number") return `[${key}]`;
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `["${key}"]`;
};
const written = (path: Path): string => path.map(part).join("").replace(/^\./, "");
const seen = (given: Case): Case => ({ ...given, context: { preview: true, ...given.context } });

type Property = "never silent" | "beside hidden items" | "nothing refused";
/**
 * Rules that are silent at some places whose known value is a fault, because a value that a preview hides cannot be that
 * one: a program makes it of something that does not exist yet.
 */
const cannotBe: Readonly<Record<string, string>> = {
  "data-tier": "a password that is not known is made by another resource, never written by hand",
  "iam-no-wildcards": "a Resource that is not known is the ARN of what the program makes, never *",
  "iam-trust-and-reach": "so it is, and an unknown Principal is one role's ARN, never everybody",
  "node-versions-pinned": "a template's version that is not known is a number; $Latest is written by hand",
  "replica-self-contained": "an id, ARN or name that is not known is of what the replica makes in its own region",
};

/** Places at which a rule refuses although a preview hides the object or the list as a whole, and why that is right. */
const decidedAbout: Readonly<Record<string, { readonly at: RegExp; readonly because: string }>> = {
  "multi-az": {
    at: /^(subnetIds|vpcZoneIdentifiers)$/,
    because:
      "a list that is hidden as a whole was made from the subnets that it is linked to; an id of another stack beside them would leave the list itself known",
  },
};

/** Lists whose items mean something only together, by their order, their weights or their names: beside a hidden one they are left open. */
const decidesAsOne = /(^|\.)(steps|backendRefs|parameters)$/;

/** What does not hold of the rule. */
function failures(property: Property, { rule, good, bad }: Spec): readonly string[] {
  if (property === "nothing refused")
    return Object.entries(good).flatMap(([name, base]) =>
      placesOf(base, isKnown)
        .filter(
          (place) =>
            violations(
              findingsOf(
                rule,
                changed(base, place, () => UNKNOWN),
              ),
            ).length > 0,
        )
        .map((place) => `${name} at ${written(place.path)}`),
    );
  return Object.entries(bad).flatMap(([name, base]) => {
    const before = violations(findingsOf(rule, seen(base)));
    const places = property === "never silent" ? placesOf(base, isKnown) : placesOf(base, isItems);
    const holds = property === "never silent" ? staysOrOpens : staysBeside;
    return places
      .filter((place) => !holds(rule, base, place, before))
      .map((place) => `${name} at ${written(place.path)}`);
  });
}

function staysOrOpens(rule: Spec["rule"], base: Case, place: Place, before: readonly Finding[]): boolean {
  const after = findingsOf(
    rule,
    changed(base, place, () => UNKNOWN),
  );
  return isReported(rule, after) || violations(after).length >= before.length;
}

function staysBeside(rule: Spec["rule"], base: Case, place: Place, before: readonly Finding[]): boolean {
  const [owner, list] = [base.resources[place.resource]?.name, written(place.path)];
  const inside = before.filter(({ resource, at = "" }) => resource.name === owner && at.startsWith(`${list}[`));
  if (inside.length === 0) return true;
  const after = findingsOf(
    rule,
    changed(base, place, (items) => [UNKNOWN, ...(items as readonly unknown[])]),
  );
  const reported = new Set(violations(after).map(keyOf));
  return inside.every((finding) => reported.has(keyOf(finding))) || (decidesAsOne.test(list) && isOpen(after));
}

describe.each(specs.map((spec) => [spec.rule.id, spec] as const))("%s", (id, spec) => {
  it.each(["never silent", "beside hidden items", "nothing refused"] as const)("in a preview: %s", (property) => {
    const all = failures(property, spec);
    const decided = property === "nothing refused" ? decidedAbout[id]?.at : undefined;
    const found = all.filter((failure) => decided?.test(failure.slice(failure.lastIndexOf(" at ") + 4)) !== true);
    if (decided !== undefined) expect(found.length).toBeLessThan(all.length);
    if (property === "never silent" && cannotBe[id] !== undefined) {
      const places = found.map((failure) => failure.slice(failure.lastIndexOf(" at ") + 4));
      expect(places.filter((place) => spec.rule.quietAt?.test(place) !== true)).toEqual([]);
      expect(places).not.toEqual([]);
    } else expect(found).toEqual([]);
  });
});
