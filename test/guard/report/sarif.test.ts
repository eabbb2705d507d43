/** SARIF: a harmful change stands at the line that declares it, as code scanning reads it. */
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { sarifOf } from "../../../guard/report";
import { preview, urnOf } from "../verdict/support";
import { reportOn } from "./support";

const SITE = "app:index:Site";
const LB = "aws:lb/loadBalancer:LoadBalancer";

/** A balancer inside of a component: the program's line is the component's. */
const plan = preview(
  [
    { op: "same", type: SITE, name: "site", next: {} },
    {
      op: "delete",
      type: LB,
      name: "front",
      old: { name: "front" },
      state: { parent: urnOf(SITE, "site"), sourcePosition: "project:///components/site.ts#40,3" },
    },
  ],
  {
    fridayproof: {
      format: 1,
      outcome: "changes",
      findings: [
        { rule: "protect", urn: urnOf(LB, "front"), level: "advisory", blocks: false, message: "not protected" },
      ],
      drift: [],
    },
  },
).replace(
  `"newState":{"urn":"${urnOf(SITE, "site")}"`,
  `"newState":{"sourcePosition":"project:///stacks/prod.ts#12,5","urn":"${urnOf(SITE, "site")}"`,
);

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

const resultsOf = (text: string) => {
  const { runs } = sarifOf(reportOn({ prod: text })) as Log;
  return (runs[0]?.results ?? []).map(({ ruleId, level, message, locations }) => {
    const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
    return { ruleId, level, text: message.text, at: `${artifactLocation?.uri ?? ""}:${region?.startLine ?? 0}` };
  });
};

test("a part of a component stands where the program makes the component, with its verdict and its finding", () => {
  expect(resultsOf(plan)).toMatchObject([
    { ruleId: "verdict/DOWNTIME", level: "error", at: "stacks/prod.ts:12" },
    { ruleId: "policy/protect", level: "note", text: "prod: not protected", at: "stacks/prod.ts:12" },
  ]);
});

test("without the component's line it is the resource's own, and without any it is the project's file", () => {
  expect(resultsOf(plan.replace("project:///stacks/prod.ts#12,5", ""))[0]?.at).toBe("components/site.ts:40");
  expect(resultsOf(plan.replaceAll("project:///", ""))[0]?.at).toBe("Pulumi.yaml:1");
});

test("a plan that failed is an error", () => {
  expect(resultsOf("{}")).toEqual([
    {
      ruleId: "verdict/UNKNOWN",
      level: "error",
      text: expect.stringMatching(
        /^prod: This object is neither a plan of Terraform nor a preview of Pulumi/,
      ) as string,
      at: "Pulumi.yaml:1",
    },
  ]);
});

test("each rule of a result is described once", () => {
  const { runs } = sarifOf(reportOn({ prod: plan, dev: plan })) as Log;
  expect(runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(["policy/protect", "verdict/DOWNTIME"]);
});

test("is SARIF 2.1.0 by its own schema, for plans that hurt, that are harmless, and that cannot be read", () => {
  // The schema is of draft 4, which this reader does not know by name, and one of its patterns is none with the flag `u`.
  const { $schema: _draft, id: _id, ...rules } = schema as Record<string, unknown>;
  const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(rules);
  const harmless = preview([{ op: "create", type: LB, name: "new", next: { name: "new" } }]);
  const some: readonly Readonly<Record<string, string>>[] = [
    { prod: plan },
    { dev: harmless },
    { prod: plan, dev: harmless, qa: "{}" },
  ];
  for (const plans of some) {
    const log: unknown = JSON.parse(JSON.stringify(sarifOf(reportOn(plans))));
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  }
  expect(isSarif({ version: "2.1.0" })).toBe(false);
});
