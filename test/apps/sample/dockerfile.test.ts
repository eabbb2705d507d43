/** The sample's image: what would change under it, or run as root, or swallow SIGTERM, is not in its Dockerfile. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(__dirname, "../../..");
const text = readFileSync(path.join(ROOT, "apps/sample/Dockerfile"), "utf8");
const lines = text
  .replaceAll("\\\n", " ")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));
const all = (instruction: string): readonly string[] =>
  lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));

test("takes its images as arguments without a default, so that each build names a digest", () => {
  expect(all("FROM")).toEqual(["${NODE_IMAGE} AS build", "${RUNTIME_IMAGE}"]);
  expect(all("ARG")).toEqual(["NODE_IMAGE", "RUNTIME_IMAGE"]);
  expect(text.match(/IMAGE=\S+/g)?.every((given) => given.includes("@sha256:"))).toBe(true);
});

test("installs what the lock file says, without scripts, before the sources", () => {
  expect(all("RUN")[0]).toBe("npm ci --ignore-scripts --include-workspace-root --workspace=@fridayproof/sample");
  expect(lines.indexOf("COPY apps/sample apps/sample")).toBeGreaterThan(lines.findIndex((l) => l.startsWith("RUN")));
});

test("runs as a number that is not root, and as the first process", () => {
  expect(all("USER")).toEqual(["65532:65532"]);
  expect(JSON.parse(all("ENTRYPOINT")[0] ?? "")).toEqual(["/nodejs/bin/node", "/app/main.cjs"]);
});

test("copies what there is, and every workspace that npm ci wants to see", () => {
  const { workspaces } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    readonly workspaces: readonly string[];
  };
  const copied = all("COPY").filter((what) => !what.startsWith("--from"));
  for (const workspace of workspaces) expect(copied).toContain(`${workspace}/package.json ${workspace}/`);
  for (const source of copied.flatMap((what) => what.split(" ").slice(0, -1)))
    expect(existsSync(path.join(ROOT, source))).toBe(true);
});
