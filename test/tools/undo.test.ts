/** The undo of a release, planned in real Git repositories: what it goes back to, what it changes, and why it refuses. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { dev } from "../../stacks/environments/dev";
import type { UndoPlan } from "../../cli/context/hook-types";
import { checkUndos, undo } from "../../tools/generate/undo";
import {
  apply,
  APPLICATIONS,
  digest,
  image,
  type Repository,
  repository,
  ROLLOUT,
  specText,
  write,
} from "./undo-repository";

const planned = ({ root }: Repository, to?: string): UndoPlan => undo(root, { application: "shop", to }, APPLICATIONS);

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing";
}

interface Rollout {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
    readonly strategy: { readonly canary: { readonly steps: readonly unknown[] } };
  };
}

const rolloutOf = (text: string | undefined): Rollout => parse(text ?? "") as Rollout;
const imageIn = (text: string | undefined): string | undefined =>
  rolloutOf(text).spec.template.spec.containers[0]?.image;
const fileIn = (plan: UndoPlan, name: string): string | undefined => plan.files.find(({ file }) => file === name)?.text;

test("an undo is the pods of the release before, without its gates, and says what it takes back", () => {
  const repo = repository();
  repo.release(1, ' env: { LOG_LEVEL: "info" },');
  const before = rolloutOf(readFileSync(path.join(repo.root, ROLLOUT), "utf8"));
  repo.release(2, ' env: { LOG_LEVEL: "debug" },');
  const commit = repo.git("rev-parse", "HEAD~1").trim();
  const plan = planned(repo);
  expect(plan.files.map(({ file }) => file)).toEqual(["apps/shop.ts", ROLLOUT]);
  const rollout = rolloutOf(fileIn(plan, ROLLOUT));
  expect(rollout.spec.template).toEqual(before.spec.template);
  expect(rollout.spec.strategy.canary.steps).toEqual([{ setCanaryScale: { weight: 100 } }]);
  expect(rollout.metadata.annotations).toEqual({ "fridayproof.dev/undo-of": digest(2) });
  expect(fileIn(plan, "apps/shop.ts")).toBe(
    specText(1, ` env: { LOG_LEVEL: "info" },\n  undo: { of: "${digest(2)}", to: "${digest(1)}" },`),
  );
  expect([plan.notes, plan.stale]).toEqual([[], []]);
  expect(plan.message).toBe(
    [
      "Undo shop: back from registry.example.com/shop:1.2.0 (sha256:222222222222) to registry.example.com/shop:1.1.0 (sha256:111111111111)",
      "",
      `Takes back ${image(2)}.`,
      `Served until ${commit}: ${image(1)}`,
      "",
    ].join("\n"),
  );
});

test("it goes back to how that image stood last, not to how it began", () => {
  const repo = repository();
  repo.release(1);
  repo.release(1, " replicas: 4,");
  repo.release(2);
  expect(fileIn(planned(repo), "apps/shop.ts")).toContain("replicas: 4,\n  undo:");
});

test("an undo of an undo goes further back, and never to what was taken back", () => {
  const repo = repository();
  for (const version of [1, 2, 3]) repo.release(version);
  apply(repo, planned(repo));
  expect(imageIn(readFileSync(path.join(repo.root, ROLLOUT), "utf8"))).toBe(image(2));
  const second = planned(repo);
  expect(imageIn(fileIn(second, ROLLOUT))).toBe(image(1));
  apply(repo, second);
  expect(messageOf(() => planned(repo))).toContain("there is nothing to go back to");
});

test("the field taken out is the same undo, and a release after it goes back to what the undo brought", () => {
  const repo = repository();
  for (const version of [1, 2, 3]) repo.release(version);
  apply(repo, planned(repo));
  repo.release(2);
  expect(imageIn(fileIn(planned(repo), ROLLOUT))).toBe(image(1));
  repo.release(4);
  expect(imageIn(fileIn(planned(repo), ROLLOUT))).toBe(image(2));
});

test("a digest may be named, also one that was taken back", () => {
  const repo = repository();
  for (const version of [1, 2, 3]) repo.release(version);
  expect(imageIn(fileIn(planned(repo, digest(1)), ROLLOUT))).toBe(image(1));
});

test("a merge is one release, whatever its branch went through", () => {
  const repo = repository();
  repo.release(1);
  repo.git("switch", "--quiet", "--create", "work");
  repo.release(2);
  repo.release(3);
  repo.git("switch", "--quiet", "main");
  repo.git("merge", "--quiet", "--no-ff", "work");
  expect(imageIn(fileIn(planned(repo), ROLLOUT))).toBe(image(1));
});

test("a migration is not run again, and what only the later release had goes", () => {
  const repo = repository();
  const migration = ' migration: ["/app", "migrate"],';
  repo.release(1, migration);
  repo.release(2, `${migration} metricsPort: 9100,`);
  const plan = planned(repo);
  expect(plan.stale).toEqual(["gitops/dev/shop/once/job.yaml", "gitops/dev/shop/podmonitor.yaml"]);
  expect(plan.files.map(({ file }) => file)).not.toContain("gitops/dev/shop/once/job.yaml");
});

test("pods that are rendered differently today are told", () => {
  const repo = repository();
  repo.release(1);
  const file = path.join(repo.root, ROLLOUT);
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace("terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 45"),
  );
  repo.git("commit", "--all", "--quiet", "--message", "An older version of the house");
  repo.release(2);
  expect(planned(repo).notes).toEqual([
    "Its pods are rendered differently today than then: new ones start, even where the old ones still stand.",
  ]);
});

test("what an undo writes is accepted by the next render, and one that was written for a new image is not", () => {
  const repo = repository();
  repo.release(1);
  checkUndos(repo.root, APPLICATIONS);
  repo.release(2);
  apply(repo, planned(repo));
  delete require.cache[path.join(repo.root, "apps/shop.ts")];
  checkUndos(repo.root, APPLICATIONS);
  repo.release(3, `\n  undo: { of: "${digest(2)}", to: "${digest(3)}" },`);
  expect(messageOf(() => checkUndos(repo.root, APPLICATIONS))).toBe(
    `1 problem in the applications:\n  apps/shop.ts: undo.to: got "${digest(3)}"; allowed: a digest that shop was released with in dev, by its gates; fix: Take \`undo\` out. In a shallow clone the release may only be missing: git fetch --unshallow.`,
  );
});

const FIRST =
  "shop has had no image before registry.example.com/shop:1.1.0 (sha256:111111111111): there is nothing to go back to. A first release is fixed forward: docs/runbooks/rollout-degraded.md.";

test.each<[string, (repo: Repository) => unknown, string]>([
  ["a first release", (repo) => planned(repo), FIRST],
  [
    "a digest that no release had",
    (repo) => {
      repo.release(2);
      planned(repo, digest(7));
    },
    `no release of shop had ${digest(7)}; there were:\n  ${image(1)}`,
  ],
  [
    "the digest that serves",
    (repo) => planned(repo, digest(1)),
    "shop has registry.example.com/shop:1.1.0 (sha256:111111111111) already.",
  ],
  [
    "an application that nobody runs",
    ({ root }) => undo(root, { application: "cart" }, APPLICATIONS),
    "no environment runs cart: none of dev names it.",
  ],
  [
    "an application that was never rendered",
    ({ root }) => undo(root, { application: "cart" }, [{ ...dev, gitOps: { ...dev.gitOps, applications: ["cart"] } }]),
    "cart was never released: gitops/ has no workload of it.",
  ],
  [
    "changes that nobody committed",
    (repo) => {
      write(repo.root, [{ file: "apps/shop.ts", text: specText(2) }]);
      planned(repo);
    },
    "apps/ and gitops/ are not as they were committed: commit or stash this first.\n   M apps/shop.ts",
  ],
  [
    "files of others that nobody rendered",
    (repo) => {
      repo.release(2);
      write(repo.root, [{ file: "gitops/dev/cart/rollout.yaml", text: "" }]);
      repo.git("add", "--all");
      repo.git("commit", "--quiet", "--message", "By hand");
      planned(repo);
    },
    "gitops/ is not what the specs give: run `make render` and commit it first.\n  gitops/dev/cart/rollout.yaml",
  ],
])("%s is refused", (_title, run, message) => {
  const repo = repository();
  repo.release(1);
  expect(messageOf(() => run(repo))).toBe(message);
});

test("a spec that is no object in braces is to be changed by hand, and the message says how", () => {
  const repo = repository();
  const computed = (version: number): string =>
    `${specText(version).replace("spec =", "shop =")}export const spec = { ...shop }.name === "shop" ? shop : shop;\n`;
  repo.commit({ "apps/shop.ts": computed(1) });
  const commit = repo.git("rev-parse", "HEAD").trim();
  repo.commit({ "apps/shop.ts": computed(2) });
  expect(messageOf(() => planned(repo))).toBe(
    `apps/shop.ts as of ${commit}: spec is no object in braces; check it out of that commit, write \`undo: { of: "${digest(2)}", to: "${digest(1)}" }\` into it yourself, run \`make render\`, and commit both.`,
  );
});

test("a folder without Git is refused", () => {
  const root = mkdtempSync(path.join(tmpdir(), "no-git-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  expect(messageOf(() => undo(root, { application: "shop" }, APPLICATIONS))).toBe(
    `git rev-parse failed in ${root}: fatal: not a git repository (or any of the parent directories): .git`,
  );
});

test("a commit whose workload Argo CD could not apply is no release, and nothing is undone while it is the newest", () => {
  const repo = repository();
  repo.release(1);
  repo.release(2);
  write(repo.root, [{ file: ROLLOUT, text: "<<<<<<< ours\nkind: Rollout\n=======\n" }]);
  repo.git("commit", "--quiet", "--all", "--message", "A merge that nobody read");
  expect(messageOf(() => planned(repo))).toBe(
    `${ROLLOUT} is committed and no workload: run \`make render\` and commit it first.`,
  );
  for (const text of ["", "kind: Rollout\n", "spec:\n  template:\n    spec:\n      containers: []\n", "- a\n", "5\n"]) {
    write(repo.root, [{ file: ROLLOUT, text }]);
    repo.git("commit", "--quiet", "--all", "--message", "Another one");
    expect(messageOf(() => planned(repo))).toContain("is committed and no workload");
  }
  repo.release(2);
  expect(planned(repo).summary).toBe(
    "shop: back from registry.example.com/shop:1.2.0 (sha256:222222222222) to registry.example.com/shop:1.1.0 (sha256:111111111111)",
  );
});
