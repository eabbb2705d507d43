/** The file of a new environment: what it has of its own, and nothing of a change that its pattern is in the middle of. */
import { expect, test } from "vitest";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { environmentText, inputOf } from "../../tools/generate/environment-file";

test("a change that the pattern is in the middle of, and its applications, stay where they are", () => {
  const like: EnvironmentInput = {
    ...dev,
    retiringZones: ["use1-az1"],
    freezeOverride: "for the time of a test",
    shiftReason: { weights: { blue: 100, green: 0 }, reason: "for the time of a test" },
    gitOps: { ...dev.gitOps, applications: ["shop"], apex: "shop" },
  };
  const choices = {
    name: "qa",
    region: "eu-west-1",
    zones: ["a", "b"],
    cidr: "10.40.0.0/16",
    domain: "qa.example.com",
  };
  const made = inputOf(choices, like);
  expect(made).toMatchObject({ retiringZones: [], freezeOverride: undefined, shiftReason: undefined });
  expect(made.gitOps).toEqual({ ...like.gitOps, applications: [], apex: undefined });
  const rows =
    "  gitOps: { ...dev.gitOps, applications: [], apex: undefined },\n  retiringZones: [],\n  shiftReason: undefined,\n  freezeOverride: undefined,\n";
  expect(environmentText(made, like)).toContain(rows);
});
