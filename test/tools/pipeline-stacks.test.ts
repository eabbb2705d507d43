/** The pipelines' lists of stacks, held against the environments that there are. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it, test } from "vitest";
import { environments } from "../../stacks/environments/environments";
import { pipelineFiles, stackLists, withStack } from "../../tools/generate/pipeline-stacks";
import { deployedStacks } from "../support/deployed-stacks";

const textOf = (file: string): string => readFileSync(path.resolve(__dirname, "../..", file), "utf8");
/** The replica follows the next morning, in a run of its own. */
const replicas = environments.filter(({ role }) => role === "replica").map(({ name }) => name);

test("a merge deploys the foundation first, then each environment of profile production that is no replica", () => {
  const [first, ...rest] = deployedStacks;
  const expected = environments.filter(({ profile, role }) => profile === "production" && role !== "replica");
  expect(first).toBe("foundation");
  expect([...rest].sort()).toEqual(expected.map(({ name }) => name).sort());
  expect(rest.indexOf("staging")).toBeLessThan(rest.indexOf("prod"));
});

test.each(pipelineFiles)("%s has the same stacks in the same order in each list", (file) => {
  const lists = stackLists(textOf(file));
  expect(lists).toHaveLength(2);
  for (const list of lists) expect(list.filter((stack) => !replicas.includes(stack))).toEqual(deployedStacks);
});

describe("a stack more", () => {
  it.each(pipelineFiles)("comes after the other one in each list of %s, and nothing else changes", (file) => {
    const text = withStack(textOf(file), "another", "staging");
    for (const list of stackLists(text)) expect(list.slice(list.indexOf("staging"))[1]).toBe("another");
    expect(text.replaceAll(', "another"', "").replaceAll(", another", "")).toBe(textOf(file));
  });

  it("is refused where there is no list, or none with the other stack", () => {
    expect(() => withStack("on: push", "another", "prod")).toThrow(
      new Error("no list of stacks that begins with foundation"),
    );
    expect(() => withStack("[foundation, prod]", "another", "staging")).toThrow(
      new Error("a list of stacks without staging"),
    );
  });
});
