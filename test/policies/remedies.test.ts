/** What a rule repairs it then accepts, and what it accepts it leaves alone. */
import { describe, expect, it } from "vitest";
import { Resource } from "../../policies/kit/reading/resource";
import { resolve } from "../../policies/kit/rule/settings";
import { rules } from "../../policies/rules";
import { specs } from "./specs";
import { but } from "./support/change";
import { type Case, type Given, sentences } from "./support/rule";

/** The bad cases of rules that repair, with the rule's own assignments made. */
const repaired = specs.flatMap(({ rule, bad }) =>
  Object.entries(bad).flatMap(([name, given]) => {
    const after = given.resources.map((resource) => mended(rule.id, resource, given));
    return after.some((resource, index) => resource !== given.resources[index])
      ? [[rule.id, name, rule, { ...given, resources: after }] as const]
      : [];
  }),
);

function mended(id: string, given: Given, { settings }: Case): Given {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined || rule.scope !== "resource" || rule.remedy === undefined) return given;
  const changes = rule.remedy(new Resource(given), resolve(rule.settings, settings) as never);
  return changes.length === 0
    ? given
    : but(given, Object.fromEntries(changes.map(({ path, value }) => [path.join("."), value])));
}

describe("a remedy", () => {
  it("of every rule that has one is in the cases, and changes nothing unless the configuration asks for it", () => {
    const able = rules.filter((rule) => rule.scope === "resource" && rule.remedy !== undefined);
    expect([...new Set(repaired.map(([id]) => id))].sort()).toEqual(able.map(({ id }) => id).sort());
    expect(new Set(able.map(({ level }) => level))).toEqual(new Set(["mandatory"]));
  });

  it.each(repaired)("of %s mends: %s", (_id, _name, rule, after) => {
    expect(sentences(rule, after)).toEqual([]);
  });
});
