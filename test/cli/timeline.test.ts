/** `timeline`: from files and from the sandbox's states, with exit codes for pipelines. */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { row, state, urnOf, VPC } from "../guard/timeline/support";
import { fridayproof, temporaryFolder } from "./support";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const NODES = "aws:eks/nodeGroup:NodeGroup";

function file(name: string, document: unknown): string {
  const at = path.join(temporaryFolder(), name);
  writeFileSync(at, JSON.stringify(document));
  return at;
}

it("prints times with their label, and a picture beside them", async () => {
  const at = file("state.json", state([row(VPC, "vpc")]));
  const svg = `${at}.svg`;
  const { code, stdout, stderr } = await fridayproof(["timeline", at, "--svg", svg]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n")[0]).toMatch(
    /^prod from nothing: 0:1\d \(p50\), SIMULATED: no time of it was measured, and none is an RTO$/,
  );
  expect(readFileSync(svg, "utf8")).toMatch(/^<svg /);
});

it("is one object with --json, the same for a seed", async () => {
  const at = file("state.json", state([row(VPC, "vpc")]));
  const run = async (seed: string) => (await fridayproof(["timeline", at, "--json", "--seed", seed])).stdout;
  const first = await run("1");
  expect(JSON.parse(first)).toMatchObject({ label: "SIMULATED", stack: "prod", seed: 1, makespan: 12 });
  expect(await run("1")).toBe(first);
  expect(await run("2")).not.toBe(first.replace('"seed": 1', '"seed": 2'));
});

it("ends with 3 where pods would run before their nodes, and with 1 for what is no file of Pulumi", async () => {
  const early = state([row(NODES, "nodes"), row(RELEASE, "argo", [], { chart: "argo-cd" })]);
  expect((await fridayproof(["timeline", file("early.json", early)])).code).toBe(3);
  const late = state([row(NODES, "nodes"), row(RELEASE, "argo", [urnOf(NODES, "nodes")], { chart: "argo-cd" })]);
  expect((await fridayproof(["timeline", file("late.json", late)])).code).toBe(0);
  const other = file("other.json", { version: 4, deployment: {} });
  expect(await fridayproof(["timeline", other])).toEqual({
    code: 1,
    stdout: "",
    stderr: `fridayproof: ${other}: the state has version 4; allowed: 3. What another version means by its members is not known here.\n`,
  });
});
