/** `preview --json` has Pulumi's keys, and one of ours with what a person reads beside them. */
import { expect, it } from "vitest";
import { planDocument } from "../../cli/stack/plan-document";
import { change, runResult } from "../sandbox/display/result";

const finding = {
  policy: "no-evil",
  pack: "house",
  packVersion: "1.0.0",
  level: "mandatory",
  urn: "urn:pulumi:dev::lab::aws:ec2/vpc:Vpc::net",
  message: "Nothing evil.\nit is evil",
  remediated: false,
} as const;

const facts = (more: Parameters<typeof runResult>[0]) => planDocument("dev", runResult(more)).fridayproof;

it("keeps the document of the real command line", () => {
  const result = runResult({ changeSummary: { create: 1 } });
  const { fridayproof: _ours, ...document } = planDocument("dev", result);
  expect(document).toEqual(result.plan);
});

it.each([
  ["no changes", { changeSummary: { same: 3 } }],
  ["changes", { changeSummary: { same: 3, update: 1 } }],
  ["changes", { changeSummary: { update: 1 }, findings: [{ ...finding, level: "advisory" as const }] }],
  ["changes", { changeSummary: { update: 1 }, exitCode: 7 }],
  ["refused", { changeSummary: { update: 1 }, findings: [finding], exitCode: 1 }],
  ["failed", { exitCode: 1, diagnostics: [{ severity: "error", message: "no" }] as const }],
])("has the outcome '%s' for %j", (outcome, more) => {
  expect(facts(more).outcome).toBe(outcome);
});

it("names findings, drift, how much was checked and what the change costs", () => {
  const drift = { urn: finding.urn, type: "aws:ec2/vpc:Vpc", was: {} };
  const checked = { rules: 68, resources: 3 };
  expect(facts({ findings: [finding], drifts: [drift], checked, changes: [change("create", "net")] })).toEqual({
    format: 1,
    outcome: "refused",
    findings: [
      { rule: "no-evil", urn: finding.urn, level: "mandatory", blocks: true, message: "Nothing evil.\nit is evil" },
    ],
    checked,
    drift: [finding.urn],
    costs: { currency: "USD", before: 0, after: 0 },
  });
});
