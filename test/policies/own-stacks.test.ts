/** Our own environments, and what their users will make of them next, break none of our rules. */
import { describe, expect, it } from "vitest";
import { rules } from "../../policies/rules";
import { plainMap, type PropertyMap } from "../../sandbox/property/values";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { prod } from "../../stacks/environments/prod";
import { replicaChoice } from "../../stacks/environments/replica";
import { replicaOf } from "../../stacks/environments/replica-of";
import { staging } from "../../stacks/environments/staging";
import { foundation } from "../../stacks/account/foundation";
import { policyConfigText } from "../../tools/generate/policy-config";
import { foundationGraph } from "../support/foundation-account";
import { Standing } from "../support/change";
import type { Graph, GraphResource } from "../support/graph";
import { type Given, sentences } from "./support/rule";

const MINUTES_2 = 120_000;

/** As the engine hands a resource to the pack: its inputs to rules about one, what it became to rules about a stack. */
function given(resource: GraphResource, props: PropertyMap): Given {
  const { urn, type, name, parent, dependencies, propertyDependencies: links, protect, ignoreChanges } = resource;
  return { urn, type, name, props: plainMap(props), parent, dependencies, links, options: { protect, ignoreChanges } };
}

/** What the rules say of a made environment, with the settings that `make policy-files` writes for it. */
function findings({ resources }: Graph, environment: EnvironmentInput): readonly string[] {
  const config = JSON.parse(policyConfigText(environment)) as Readonly<
    Record<string, Readonly<Record<string, unknown>>>
  >;
  // What a rule mends by itself is no finding of a run, and what is disabled is never asked.
  const silent = rules.filter(({ id }) => /^(remediate|disabled)$/.test(String(config[id]?.["enforcementLevel"])));
  const reporting = rules.filter((rule) => !silent.includes(rule));
  return reporting.flatMap((rule) => {
    const props = rule.scope === "stack" ? "outputs" : "inputs";
    const seen = resources.map((resource) => given(resource, resource[props]));
    const sayings = sentences(rule, { resources: seen, settings: config[rule.id] ?? {} });
    return sayings.map((text) => `${rule.id} ${text}`);
  });
}

const shop = (environment: EnvironmentInput): EnvironmentInput => ({
  ...environment,
  gitOps: { ...environment.gitOps, applications: ["shop"] },
});
const slots = { blue: { kubernetes: "1.35" }, green: { kubernetes: "1.35" } };

const joined: EnvironmentInput = { ...prod, database: prod.database && { ...prod.database, recovery: "global" } };

const CASES: readonly (readonly [string, EnvironmentInput, readonly RegExp[]])[] = [
  ["dev", dev, [/^nat-per-az violation: blue-system-use1-az2-nodes /]],
  ["staging", staging, []],
  ["prod", prod, []],
  ["prod with its first application and a second slot", shop({ ...prod, slots, weights: { blue: 80, green: 20 } }), []],
];

describe("the rules", () => {
  it.each(CASES)(
    "find in %s what is known, and nothing else",
    async (_name, environment, expected) => {
      const { graph } = await Standing.of({ environment });
      const found = findings(graph, environment);
      expect(found).toEqual(expected.map((pattern): unknown => expect.stringMatching(pattern)));
    },
    MINUTES_2,
  );

  it(
    "find nothing in a pair whose database is joined by what the foundation makes, and a second update finds nothing to do",
    async () => {
      const legs = [joined, replicaOf(joined, replicaChoice)];
      let { account } = await foundationGraph({}, foundation, legs);
      for (const environment of legs) {
        const standing = await Standing.of({ environment }, account);
        expect(findings(standing.graph, environment)).toEqual([]);
        expect(await standing.plan({ environment })).toEqual([]);
        ({ account } = standing.graph);
      }
    },
    MINUTES_2,
  );
});
