/** A fixed number of pods never leaves Git unseen: not by a render, and not by an undo. */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { renderedApplications } from "../../tools/generate/render";
import { checkReplicas } from "../../tools/generate/replicas";
import { undo } from "../../tools/generate/undo";
import { APPLICATIONS, digest, type Repository, repository, ROLLOUT, specText, write } from "./undo-repository";

const problem = (file: string): string =>
  `${file}: spec.replicas: got nothing; allowed: 4, as it stands there: without another owner of the number the workload has one pod at once; fix: Give it one in each cluster, take the line out of that file, and render again: docs/how-to/change-capacity.md.`;

/** What `render` would write once the spec has these members. */
function rendered(repo: Repository, members: string) {
  for (const file of Object.keys(require.cache)) if (file.startsWith(repo.root)) delete require.cache[file];
  write(repo.root, [{ file: "apps/shop.ts", text: specText(1, members) }]);
  return renderedApplications(repo.root, APPLICATIONS);
}

test.each([
  ["the autoscaler", ""],
  ["other bounds of it", " replicas: { min: 4, max: 12 },"],
])("from four pods to %s: refused until the line is gone", (_title, members) => {
  const repo = repository();
  repo.release(1, " replicas: 4,");
  expect(() => rendered(repo, members)).toThrow(`1 problem in gitops/:\n  ${problem(ROLLOUT)}`);
  const file = path.join(repo.root, ROLLOUT);
  writeFileSync(file, readFileSync(file, "utf8").replace(/^ {2}replicas: 4\n/m, ""));
  expect(rendered(repo, members).files.find((each) => each.file === ROLLOUT)?.text).not.toContain("replicas: 4");
});

test.each([
  ["a new application", undefined, ""],
  ["five pods in place of four", " replicas: 4,", " replicas: 5,"],
  ["four pods in place of the autoscaler", "", " replicas: 4,"],
  ["other bounds", " replicas: { min: 3, max: 5 },", ""],
  ["another kind of workload", ' replicas: 4, strategy: "rolling",', ""],
])("%s is rendered", (_title, before, members) => {
  const repo = repository();
  if (before !== undefined) repo.release(1, before);
  expect(() => rendered(repo, members)).not.toThrow();
});

test("every file from which a number would go is named, and other files are not read", () => {
  const { root } = repository();
  const text = (replicas: string): string =>
    `spec: { ${replicas} template: { spec: { containers: [{ image: a }] } } }\n`;
  const files = ["gitops/dev/a/rollout.yaml", "gitops/prod/b/deployment.yaml", "gitops/dev/a/service.yaml"];
  const written = files.map((file) => ({ file, text: text("replicas: 4,") }));
  write(root, written);
  const without = files.map((file) => ({ file, text: text("") }));
  expect(() => checkReplicas(root, without)).toThrow(
    ["2 problems in gitops/:", ...files.slice(0, 2).map((file) => `  ${problem(file)}`)].join("\n"),
  );
  expect(() => checkReplicas(root, written)).not.toThrow();
});

const kept =
  "It was autoscaled then, and its number of pods is fixed today: that number stays, because taken out of Git it would leave one pod.";

test.each([
  ["by default", "", ""],
  ["by bounds", " replicas: { min: 3, max: 5 },", " replicas: 4,"],
])("an undo to a version that was autoscaled %s keeps the number of today, and says so", (_title, then, member) => {
  const repo = repository();
  repo.release(1, then);
  repo.release(2, " replicas: 4,");
  const plan = undo(repo.root, { application: "shop" }, APPLICATIONS);
  const end = member === "" ? ",\n  replicas: 4," : ",";
  expect(plan.files.find(({ file }) => file === "apps/shop.ts")?.text).toBe(
    specText(1, `${member}\n  undo: { of: "${digest(2)}", to: "${digest(1)}" }${end}`),
  );
  expect(plan.files.find(({ file }) => file === ROLLOUT)?.text).toMatch(/^ {2}replicas: 4$/m);
  expect([plan.notes, plan.stale]).toEqual([[kept], []]);
});

test.each([
  [" replicas: 6,", " replicas: 4,", 6],
  [" replicas: 6,", "", 6],
])("an undo to a fixed number (%s after %s) brings that number", (then, now, number) => {
  const repo = repository();
  repo.release(1, then);
  repo.release(2, now);
  const plan = undo(repo.root, { application: "shop" }, APPLICATIONS);
  expect(plan.files.find(({ file }) => file === ROLLOUT)?.text).toContain(`replicas: ${number}\n`);
  expect(plan.notes).toEqual([]);
});
