/** `new application`, `render` and `release plan` as a person runs them, and what each says of bad input. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { fridayproof, temporaryFolder } from "./support";

/** A project whose hooks give one application. */
function project(hooks: string): string {
  const root = temporaryFolder();
  writeFileSync(path.join(root, "Pulumi.yaml"), "name: small\nruntime: nodejs\n");
  writeFileSync(path.join(root, "package.json"), JSON.stringify({ fridayproof: { hooks: "hooks.cjs" } }));
  writeFileSync(path.join(root, "hooks.cjs"), hooks);
  return root;
}

const ROW = `{ what: "gates", weight: 5, pods: { new: 3, old: 3 }, ends: { soonest: 251, latest: 4890 }, gates: ["error-ratio"] }`;
const PLAN = `exports.releasePlan = (application) => {
  if (application !== "shop") throw new Error("there is no application " + application + ".");
  return {
    timetable: { rows: [${ROW}], liveBy: 900, wayBack: 540 },
    outcomes: [
      { when: "a gate fails", then: "all traffic goes back", within: { soonest: 0, latest: 3 } },
      { when: "Prometheus is gone", then: "all traffic goes back", within: { soonest: 300, latest: 333 } },
    ],
    detections: [{ weight: 5, falseAlarm: 0.0123, seen: 0.999, seenAfter: 105 }],
    warnings: ["at 5 % something."],
  };
};`;
const FILES = `exports.render = () => ({ files: [{ file: "gitops/dev/shop/rollout.yaml", text: "a: 1\\n" }], stale: [] });`;

it("prints the timetable of a release, what its gates see, and warnings", async () => {
  const { code, stdout } = await fridayproof(["release", "plan", "shop", "-C", project(PLAN)]);
  expect(code).toBe(0);
  expect(stdout).toBe(
    [
      "Release of shop, counted from the merge. Arithmetic over the limits: SIMULATED, nothing was run.",
      " soonest  latest  users   new + old   what",
      "    4:11   81:30    5 %       3 + 3   gates: error-ratio",
      "First users on the new version by 15:00 at the latest.",
      "The old pods stay for 9:00 after the last step.",
      "What else may happen:",
      "  a gate fails: within 3 s all traffic goes back",
      "  Prometheus is gone: after 5:00 to 5:33 all traffic goes back",
      "A bug that fails one request in ten:",
      "  at 5 %: detected in 99.9 % of releases, half of the time within 105 s; a good version is rolled back in 1.2 %",
      "warning: at 5 % something.",
      "",
    ].join("\n"),
  );
});

it("says of an undo which version comes, and whose pods stay", async () => {
  const undo = PLAN.replace("timetable: {", "timetable: { undo: true,");
  const { stdout } = await fridayproof(["release", "plan", "shop", "-C", project(undo)]);
  expect(stdout.split("\n").filter((line) => /^(Undo|First|The) /.test(line))).toEqual([
    "Undo of shop, counted from the merge. Arithmetic over the limits: SIMULATED, nothing was run.",
    "First users on the version that returns by 15:00 at the latest.",
    "The pods of the version that is taken back stay for 9:00 after the last step.",
  ]);
});

it("prints the plan as JSON", async () => {
  const { stdout } = await fridayproof(["release", "plan", "shop", "-C", project(PLAN), "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ application: "shop", timetable: { liveBy: 900 } });
});

it("prints the timetable as a picture, and nothing else", async () => {
  const { code, stdout } = await fridayproof(["release", "plan", "shop", "-C", project(PLAN), "--svg"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
  expect(stdout).toContain(">5 %: gates</text>");
});

it.each([
  [
    "release plan of an application that is not there",
    ["release", "plan", "cart"],
    PLAN,
    "there is no application cart.",
  ],
  [
    "release plan without applications",
    ["release", "plan", "shop"],
    "",
    "has no applications: its hooks export no releasePlan.",
  ],
  ["render without applications", ["render"], "", "has no applications: its hooks export no render."],
  [
    "new application without a pattern",
    ["new", "application", "shop", "--image", "a", "--port", "1"],
    "",
    "this project has no pattern for new applications.",
  ],
])("%s", async (_title, args, hooks, sentence) => {
  const { code, stderr } = await fridayproof([...args, "-C", project(hooks)]);
  expect(code).not.toBe(0);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain("this is a bug");
});

it("render writes what is not there, --check fails until then", async () => {
  const root = project(FILES);
  const checked = await fridayproof(["render", "--check", "-C", root]);
  expect(checked.code).not.toBe(0);
  expect(checked.stderr).toContain(
    "gitops/ differs from the specs; `make render` writes it:\n  gitops/dev/shop/rollout.yaml",
  );
  const written = await fridayproof(["render", "-C", root]);
  expect(written.stdout).toBe("gitops/: 1 files, 1 written, 0 removed\n");
  expect(readFileSync(path.join(root, "gitops/dev/shop/rollout.yaml"), "utf8")).toBe("a: 1\n");
  expect((await fridayproof(["render", "--check", "-C", root])).stdout).toBe(
    "gitops/: 1 files, 0 written, 0 removed\n",
  );
});

it("render removes what nothing gives any more", async () => {
  const root = project(`exports.render = () => ({ files: [], stale: ["gitops/dev/old.yaml"] });`);
  mkdirSync(path.join(root, "gitops/dev"), { recursive: true });
  writeFileSync(path.join(root, "gitops/dev/old.yaml"), "");
  expect((await fridayproof(["render", "-C", root])).stdout).toBe("gitops/: 0 files, 0 written, 1 removed\n");
});
