/** New applications, and what is rendered from their specs: every file as planned, every bad request a sentence. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
// Specs are TypeScript, and read by `require`, as the command line does.
import "tsx/cjs";
import { expect, onTestFinished, test } from "vitest";
import type { NewApplicationRequest } from "../../cli/context/hook-types";
import { dev } from "../../stacks/environments/dev";
import { specOf } from "../../stacks/environments/application-specs";
import { platformOf, renderedFiles, staleFiles } from "../../tools/generate/applications";
import { newApplication } from "../../tools/generate/new-application";
import { releasePlan } from "../../tools/generate/release-plan";

const HOUSE = path.resolve(__dirname, "../..");
const image = (name: string): string => `registry.example.com/${name}@sha256:${"a".repeat(64)}`;
const request: NewApplicationRequest = {
  name: "shop",
  image: image("shop"),
  port: 8080,
  ready: "/ready",
  live: "/live",
  environment: "dev",
  curlImage: image("curl"),
};

/** A project with one environment's file, whose list is given. */
function project(list = "[]"): string {
  const root = mkdtempSync(path.join(tmpdir(), "applications-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(path.join(root, "stacks/environments"), { recursive: true });
  writeFileSync(path.join(root, "stacks/environments/dev.ts"), `export const dev = { applications: ${list} };\n`);
  return root;
}

function write(root: string, files: readonly { readonly file: string; readonly text: string }[]): void {
  for (const { file, text } of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing";
};

test("a new application is its spec, the image of its smoke tests and its name in the environment", () => {
  const { files, summary } = newApplication(request, project('["cart"]'));
  expect(files.map(({ file }) => file)).toEqual(["apps/shop.ts", "apps/images.json", "stacks/environments/dev.ts"]);
  expect(files[2]?.text).toBe('export const dev = { applications: ["cart", "shop"] };\n');
  expect(summary).toBe(`shop: ${image("shop")}, port 8080, in dev`);
});

test("what is written is read again, rendered, and planned", () => {
  const root = project();
  write(root, newApplication(request, root).files);
  expect(specOf(root, "shop")).toMatchObject({ name: "shop", port: 8080, readinessPath: "/ready" });
  const environment = { ...dev, gitOps: { ...dev.gitOps, applications: ["shop"] } };
  const rendered = renderedFiles(root, [environment]);
  expect(rendered.map(({ file }) => file)).toContain("gitops/dev/shop/rollout.yaml");
  write(root, [...rendered, { file: "gitops/dev/shop/old.yaml", text: "" }]);
  expect(staleFiles(root, rendered)).toEqual(["gitops/dev/shop/old.yaml"]);
  expect(releasePlan(root, "shop").timetable.liveBy).toBe(900);
});

test.each<[string, (root: string) => unknown, string]>([
  [
    "no image for smoke tests",
    (root) => newApplication({ ...request, curlImage: undefined }, root),
    '1 problem in apps/images.json:\n  curl: got nothing; allowed: an image with curl by digest, which smoke tests run: { "curl": "registry.example.com/curl@sha256:..." }; fix: Write it there, or give it to `new application` as --curl-image; once is enough.',
  ],
  [
    "a spec that cannot work",
    (root) => newApplication({ ...request, port: 0 }, root),
    '1 problem in application "shop":\n  port: got 0; allowed: a whole number from 1 to 65535; fix: Give the port that it listens on.',
  ],
  [
    "an environment that nobody declared",
    (root) => newApplication({ ...request, environment: "qa" }, root),
    '1 problem in environment:\n  name: got "qa"; allowed: dev, staging, prod, replica; fix: Take one of them, or write a new one with `npx fridayproof new environment`.',
  ],
  [
    "an application that nobody wrote",
    (root) => specOf(root, "cart"),
    "there is no application cart: apps/ has none yet. `npx fridayproof new application cart` writes one.",
  ],
])("%s", (_title, run, message) => {
  expect(messageOf(() => run(project()))).toBe(message);
});

test("a name that is taken, and a list that is not where it was, are refused", () => {
  const root = project();
  write(root, newApplication(request, root).files);
  expect(messageOf(() => newApplication(request, root))).toBe(
    '1 problem in new application:\n  name: got "shop"; allowed: a name without apps/shop.ts; fix: Change that file, or give the application another name.',
  );
  expect(messageOf(() => newApplication(request, project("NAMES")))).toBe(
    '1 problem in stacks/environments/dev.ts:\n  gitOps.applications: got nothing; allowed: a list `applications: [...]` in the file; fix: Add "shop" to gitOps.applications yourself.',
  );
});

test("a module without a spec, or with another one's name, says so", () => {
  const root = project();
  write(root, [
    { file: "apps/cart.ts", text: "export {};\n" },
    { file: "apps/pay.ts", text: 'export const spec = { name: "shop" };\n' },
  ]);
  expect(messageOf(() => specOf(root, "cart"))).toBe(
    "apps/cart.ts exports no `spec`: write `export const spec: AppSpec = …`.",
  );
  expect(messageOf(() => specOf(root, "pay"))).toBe(
    'apps/pay.ts: spec.name is "shop"; name it "pay", or rename the file.',
  );
});

test("a module that cannot be read, and images that are no JSON, name their file", () => {
  const root = project();
  write(root, [
    { file: "apps/cart.ts", text: "export const spec = { name: ;\n" },
    { file: "apps/pay.ts", text: "export const spec = missing;\n" },
    { file: "apps/none.ts", text: "export const spec = null;\n" },
    { file: "apps/images.json", text: "{curl: x}" },
  ]);
  expect(messageOf(() => specOf(root, "cart"))).toMatch(/^apps\/cart\.ts cannot be read: .*Unexpected/s);
  expect(messageOf(() => specOf(root, "pay"))).toBe("apps/pay.ts cannot be read: missing is not defined");
  expect(messageOf(() => specOf(root, "none"))).toBe(
    "apps/none.ts exports no `spec`: write `export const spec: AppSpec = …`.",
  );
  expect(messageOf(() => platformOf(root, "dev"))).toMatch(
    /^apps\/images\.json is no JSON: .*\. Write { "curl": "registry\.example\.com\/curl@sha256:\.\.\." }\.$/,
  );
});

test("what a spec that cannot work would do is not planned", () => {
  const root = project();
  const text = `export const spec = { name: "cart", image: "${image("cart")}", port: 80, readinessPath: "/", livenessPath: "/", strategy: "recreate" };`;
  write(root, [{ file: "apps/cart.ts", text }]);
  expect(messageOf(() => releasePlan(root, "cart"))).toMatch(
    /^1 problem in application "cart":\n {2}strategy: got "recreate"; allowed: "canary", /,
  );
});

test("another image of curl leaves the other images as they are", () => {
  const root = project();
  write(root, [{ file: "apps/images.json", text: '{"curl":"old","flagAgent":"agent"}' }]);
  const [, images] = newApplication(request, root).files;
  expect(images).toEqual({ file: "apps/images.json", text: `{"curl":"${image("curl")}","flagAgent":"agent"}\n` });
});

test("gitops/ is what the specs give", () => {
  const rendered = renderedFiles(HOUSE);
  expect(staleFiles(HOUSE, rendered)).toEqual([]);
});
