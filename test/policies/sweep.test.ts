/**
 * Mutates every rule's fixtures at every property: nothing throws, what a preview hides is said, and neither a text in
 * place of a number, nor a secret envelope, nor another spelling of the type changes a verdict.
 */
import { describe, expect, it } from "vitest";
import { types } from "../../policies/kit/reading/types";
import { SECRET, SIGNATURE, unknownSentinels } from "../../policies/kit/reading/value";
import { specs } from "./specs";
import { type Case, type Given, reportedFindings, type ReportedFinding, sentences, urnOf } from "./support/rule";
import type { Spec } from "./support/spec";

type Path = readonly (string | number)[];
const [UNKNOWN = ""] = unknownSentinels;
const marker = "S3CR3T marker!";

/** Every path of a value, parents included. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  const inner = Array.isArray(value)
    ? [...value.entries()]
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [];
  return [...(path.length === 0 ? [] : [path]), ...inner.flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

/** A copy with another value at the path; undefined removes it. */
function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    const copy = value.map((item, index) => (index === key ? replaced(item, rest, by) : (item as unknown)));
    return by === undefined && rest.length === 0 ? copy.filter((_item, index) => index !== key) : copy;
  }
  const copy = { ...(value as Record<string, unknown>) };
  const made = replaced(copy[String(key)], rest, by);
  if (made === undefined) delete copy[String(key)];
  else copy[String(key)] = made;
  return copy;
}

interface Place {
  readonly resource: number;
  readonly path: Path;
  readonly value: unknown;
}

function placesOf({ resources }: Case): readonly Place[] {
  return resources.flatMap(({ props }, resource) =>
    pathsOf(props).map((path) => ({ resource, path, value: valueAt(props, path) })),
  );
}

function mutated(base: Case, { resource, path }: Place, by: unknown): Case {
  const change = (given: Given, index: number): Given =>
    index === resource ? { ...given, props: replaced(given.props, path, by) } : given;
  return { ...base, resources: base.resources.map(change) };
}

/** Verdict without the text of messages: a number as text is shown alike, but its kind may be told differently. */
const verdict = (all: readonly ReportedFinding[]): string =>
  all
    .map(({ kind }) => kind)
    .sort()
    .join(" ");

const secret = (value: unknown): unknown => ({ [SIGNATURE]: SECRET, value });

/** The case under another spelling of each type: an alias, or the patch of a Kubernetes object. */
function respelled(base: Case, spell: (type: string) => string): Case {
  const rename = new Map(base.resources.map(({ type, name }) => [urnOf(type, name), urnOf(spell(type), name)]));
  const links = (given: Given): Given["links"] =>
    given.links &&
    Object.fromEntries(
      Object.entries(given.links).map(([key, urns]) => [key, urns.map((urn) => rename.get(urn) ?? urn)]),
    );
  return {
    ...base,
    resources: base.resources.map((given) => ({
      ...given,
      type: spell(given.type),
      links: links(given),
      dependencies: given.dependencies?.map((urn) => rename.get(urn) ?? urn),
    })),
  };
}

const spellings: Readonly<Record<string, string>> = {
  [types.loadBalancer]: "aws:alb/loadBalancer:LoadBalancer",
  [types.targetGroup]: "aws:applicationloadbalancing/targetGroup:TargetGroup",
  [types.listener]: "aws:elasticloadbalancingv2/listener:Listener",
};
const alias = (type: string): string => spellings[type] ?? type;
const patch = (type: string): string =>
  /^kubernetes:(?!helm\.sh)/.test(type) && !/(List|Patch)$/.test(type) ? `${type}Patch` : type;

const all = (spec: Spec): readonly (readonly [string, Case])[] => [
  ...Object.entries(spec.good),
  ...Object.entries(spec.bad),
];

/**
 * Each case with the places that no case of the rule before it had with the same value: cases differ in one field, and
 * what reads an envelope or prints a value is the same code in each of them.
 */
function ownPlaces(
  spec: Spec,
): readonly { readonly name: string; readonly base: Case; readonly places: readonly Place[] }[] {
  const seen = new Set<string>();
  return all(spec).map(([name, base]) => {
    const places = placesOf(base).filter(({ resource, path, value }) => {
      const key = JSON.stringify([base.resources[resource]?.type, path, value]);
      return seen.size !== seen.add(key).size;
    });
    return { name, base, places };
  });
}

describe.each(specs.map((spec) => [spec.rule.id, spec] as const))("%s", (id, spec) => {
  const [compliant] = Object.values(spec.good) as [Case];

  it("says what it could not see wherever it looks", () => {
    for (const place of placesOf(compliant)) {
      const removed = reportedFindings(spec.rule, mutated(compliant, place, undefined));
      const garbage = reportedFindings(
        spec.rule,
        mutated(compliant, place, typeof place.value === "object" ? 7.5 : { odd: [] }),
      );
      const unknown = reportedFindings(spec.rule, mutated(compliant, place, UNKNOWN));
      if (removed.length + garbage.length > 0) expect(unknown, `${id} at ${place.path.join(".")}`).not.toEqual([]);
    }
  });

  it("never throws and never accepts a bad case because one of its properties is unknown", () => {
    for (const [name, base] of Object.entries(spec.bad)) {
      for (const place of placesOf(base)) {
        const found = reportedFindings(spec.rule, mutated(base, place, UNKNOWN));
        // Where removing the property makes it right, hiding it may not.
        if (found.length === 0)
          expect(
            reportedFindings(spec.rule, mutated(base, place, undefined)),
            `${name} at ${place.path.join(".")}`,
          ).not.toEqual([]);
      }
    }
  });

  it("reads numbers and booleans from text", () => {
    for (const [name, base] of all(spec)) {
      const plain = verdict(reportedFindings(spec.rule, base));
      for (const place of placesOf(base)) {
        if (typeof place.value !== "number" && typeof place.value !== "boolean") continue;
        const found = reportedFindings(spec.rule, mutated(base, place, String(place.value)));
        expect(verdict(found), `${name} at ${place.path.join(".")}`).toBe(plain);
      }
    }
  });

  it("sees through secret envelopes", () => {
    for (const { name, base, places } of ownPlaces(spec)) {
      const plain = sentences(spec.rule, base);
      for (const place of places) {
        const found = sentences(spec.rule, mutated(base, place, secret(place.value)));
        expect(found, `${name} at ${place.path.join(".")}`).toEqual(plain);
      }
    }
  });

  it("never prints a value that is not known to be harmless", () => {
    for (const { base, places } of ownPlaces(spec)) {
      for (const place of places) {
        if (typeof place.value === "object") continue;
        for (const text of sentences(spec.rule, mutated(base, place, marker))) expect(text).not.toContain("S3CR3T");
      }
    }
  });

  it("knows every spelling of a type", () => {
    for (const [name, base] of all(spec)) {
      const plain = verdict(reportedFindings(spec.rule, base));
      expect(verdict(reportedFindings(spec.rule, respelled(base, alias))), `${name} under an alias`).toBe(plain);
      // A patch is a second owner, which single-owner says by itself.
      if (id !== "single-owner")
        expect(verdict(reportedFindings(spec.rule, respelled(base, patch))), `${name} as a patch`).toBe(plain);
    }
  });
});
