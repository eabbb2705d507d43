/** What is printed of a synchronization: a line for each application, and each reason of one that is refused. */
import pc from "picocolors";
import { expect, test } from "vitest";
import { syncLines } from "../../cli/stack/applications";
import type { ApplicationSync } from "../../sandbox/account";

const look = { columns: 60, colors: pc.createColors(false) };
const row = (cluster: string, application: string, more: Partial<ApplicationSync>): ApplicationSync => ({
  ...{ cluster, application, folder: "", created: 0, updated: 0, removed: 0, unchanged: 0, problems: [], ...more },
});

test("by cluster and application, with what is refused and why", () => {
  const problems = ["rollout.yaml: the first reason, which is longer than a line of sixty characters.", "And another."];
  expect(
    syncLines(
      [
        row("dev-blue", "cart", { created: 18, removed: 2, unchanged: 3 }),
        row("dev-blue", "pay", { unchanged: 17 }),
        row("dev-green", "checkout", { problems }),
      ],
      "dev",
      look,
    ),
  ).toEqual([
    "Argo CD in dev-blue (SIMULATED)",
    "  cart  18 created, 2 removed",
    "  pay   no changes, 17 objects",
    "Argo CD in dev-green (SIMULATED)",
    "  checkout  refused, nothing of it was changed:",
    "      rollout.yaml: the first reason, which is longer than a",
    "      line of sixty characters.",
    "      And another.",
  ]);
});

const until = "2026-12-01 00:00 America/New_York";

test("what is held, by which window, until when, and whether a person may go on", () => {
  const rows = [
    row("prod-blue", "cart", { updated: 1, unchanged: 3, held: { windows: ['"busy"'], until, manual: true } }),
    row("prod-blue", "pay", { created: 2, held: { windows: ['"a"', 'deny at "x" for 1h'], manual: false } }),
    row("prod-blue", "shop", { unchanged: 16, held: { windows: ['"busy"'], until, manual: true } }),
  ];
  expect(syncLines(rows, "prod", { ...look, columns: 100 })).toEqual([
    "Argo CD in prod-blue (SIMULATED)",
    "  cart  held, nothing of it was changed; due: 1 updated",
    '      until 2026-12-01 00:00 America/New_York by "busy".',
    "      Manual sync: npx fridayproof sandbox sync cart -s prod",
    "  pay   held, nothing of it was changed; due: 2 created",
    '      for good by "a" and deny at "x" for 1h.',
    "      A manual sync is denied too: the window does not set manualSync.",
    "  shop  no changes, 16 objects",
  ]);
});
