/** The releases of an application as Git has them, and the undo of each history that is no plain row of releases. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { dev } from "../../stacks/environments/dev";
import { prod } from "../../stacks/environments/prod";
import { filesAt, git, releasesOf, workloadIn } from "../../tools/generate/releases";
import { undo } from "../../tools/generate/undo";
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

const planned = ({ root }: Repository, to?: string) => undo(root, { application: "shop", to }, APPLICATIONS);

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing";
}

const head = (repo: Repository): string => repo.git("rev-parse", "HEAD").trim();

/** What stands committed, as it is, without a render. */
function byHand(repo: Repository, files: Readonly<Record<string, string | undefined>>, amend = false): void {
  for (const [file, text] of Object.entries(files)) {
    const full = path.join(repo.root, file);
    if (text === undefined) rmSync(full);
    else write(repo.root, [{ file, text }]);
  }
  repo.git("add", "--all");
  repo.git("commit", "--quiet", "--message", "By hand", ...(amend ? ["--amend"] : []));
}

test("commits of one image in a row are one release, as it stood last; an undo is one of its own", () => {
  const repo = repository();
  repo.release(1);
  repo.release(1, " replicas: 4,");
  const first = { commit: head(repo), text: filesAt(repo.root, [{ commit: "HEAD", file: ROLLOUT }])[0] };
  repo.release(2);
  const second = { commit: head(repo), text: filesAt(repo.root, [{ commit: "HEAD", file: ROLLOUT }])[0] };
  apply(repo, planned(repo));
  const third = { commit: head(repo), text: filesAt(repo.root, [{ commit: "HEAD", file: ROLLOUT }])[0] };
  const workload = ({ text = "" }: { readonly text?: string }) => workloadIn(text);
  expect(releasesOf(repo.root, "dev", "shop")).toEqual([
    { commit: third.commit, image: image(1), workload: workload(third), undoOf: digest(2) },
    { commit: second.commit, image: image(2), workload: workload(second) },
    { commit: first.commit, image: image(1), workload: workload(first) },
  ]);
  expect(Object.keys(releasesOf(repo.root, "dev", "shop")[1] ?? {})).toEqual(["commit", "image", "workload"]);
  expect(releasesOf(repo.root, "prod", "shop")).toEqual([]);
});

test("a workload without metadata is a release, and a release of the other kind of workload is one, too", () => {
  const repo = repository();
  const container = `spec: { template: { spec: { containers: [{ image: "${image(1)}" }] } } }\n`;
  byHand(repo, { [ROLLOUT]: container });
  byHand(repo, { [ROLLOUT]: undefined, "gitops/dev/shop/deployment.yaml": container.replace(image(1), image(2)) });
  expect(releasesOf(repo.root, "dev", "shop").map((release) => release.image)).toEqual([image(2), image(1)]);
});

test("files are read as they were, each by its own commit, of any length and alphabet", () => {
  const repo = repository();
  byHand(repo, { "a.txt": "eins\n\nzwölf ✓\n", "b.txt": "" });
  byHand(repo, { "a.txt": "HEAD blob 3\n" });
  expect(
    filesAt(repo.root, [
      { commit: "HEAD~1", file: "a.txt" },
      { commit: "HEAD", file: "c.txt" },
      { commit: "HEAD", file: "b.txt" },
      { commit: "HEAD", file: "a.txt" },
    ]),
  ).toEqual(["eins\n\nzwölf ✓\n", undefined, "", "HEAD blob 3\n"]);
});

test("a machine without Git, or without the folder, is told as one", () => {
  const { root } = repository();
  expect(messageOf(() => git(`${root}/none`, ["status"]))).toBe(
    `git status failed in ${root}/none: spawnSync git ENOENT`,
  );
});

test("an undo whose release is not in the history has nothing before it", () => {
  const repo = repository();
  repo.release(1, `\n  undo: { of: "${digest(2)}", to: "${digest(1)}" },`);
  expect(messageOf(() => planned(repo))).toBe(
    "shop has had no image before registry.example.com/shop:1.1.0 (sha256:111111111111): there is nothing to go back to. A first release is fixed forward: docs/runbooks/rollout-degraded.md.",
  );
});

test.each([
  [1, "there was no other"],
  [3, `there were:\n  ${image(2)}\n  ${image(1)}`],
])("after %d releases a digest that none had is refused with those that there were", (last, known) => {
  const repo = repository();
  for (let version = 1; version <= last; version++) repo.release(version);
  expect(messageOf(() => planned(repo, digest(7)))).toBe(`no release of shop had ${digest(7)}; ${known}`);
});

test("everything that is not committed is listed, a file a line", () => {
  const repo = repository();
  repo.release(1);
  mkdirSync(path.join(repo.root, "gitops/dev/cart"));
  writeFileSync(path.join(repo.root, "gitops/dev/cart/service.yaml"), "");
  write(repo.root, [{ file: "apps/shop.ts", text: specText(2) }]);
  expect(messageOf(() => planned(repo))).toBe(
    "apps/ and gitops/ are not as they were committed: commit or stash this first.\n   M apps/shop.ts\n  ?? gitops/dev/cart/",
  );
});

test("every file of another application that its spec does not give is listed, a file a line", () => {
  const repo = repository();
  repo.release(1);
  repo.release(2);
  byHand(repo, { "gitops/dev/cart/rollout.yaml": "", "gitops/dev/cart/service.yaml": "" });
  expect(messageOf(() => planned(repo))).toBe(
    "gitops/ is not what the specs give: run `make render` and commit it first.\n  gitops/dev/cart/rollout.yaml\n  gitops/dev/cart/service.yaml",
  );
});

test("an application that no environment runs is refused with the names of all of them", () => {
  const repo = repository();
  repo.release(1);
  expect(messageOf(() => undo(repo.root, { application: "cart" }, [...APPLICATIONS, prod]))).toBe(
    "no environment runs cart: none of dev, prod names it.",
  );
});

test("another application of the environment stays as its own spec has it", () => {
  const both = [{ ...dev, gitOps: { ...dev.gitOps, applications: ["cart", "shop"] } }];
  const repo = repository(both);
  repo.commit({ "apps/cart.ts": specText(5, "", "cart"), "apps/shop.ts": specText(1) });
  repo.commit({ "apps/shop.ts": specText(2) });
  const plan = undo(repo.root, { application: "shop" }, both);
  expect([plan.files.map(({ file }) => file), plan.stale]).toEqual([["apps/shop.ts", ROLLOUT], []]);
});

test("a release whose spec was not in its commit, or was not exported, is to be undone by hand", () => {
  const repo = repository();
  repo.release(1);
  byHand(repo, { "apps/shop.ts": undefined }, true);
  const without = head(repo);
  repo.release(2);
  expect(messageOf(() => planned(repo))).toBe(
    `apps/shop.ts is not in ${without}, the last commit with registry.example.com/shop:1.1.0 (sha256:111111111111).`,
  );
  byHand(repo, { "apps/shop.ts": specText(2).replace("export ", "") }, true);
  repo.release(3);
  expect(messageOf(() => planned(repo))).toBe(`${path.join(repo.root, "apps/shop.ts")} as it was exports no \`spec\`.`);
});
