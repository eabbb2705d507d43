/** The pages whose commands run, in the order in which each finds what the ones before have made. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { ROOT } from "./promises";
import { type Block, blocksOf } from "./recipes";

/** The README and the how-to pages: dev comes up in the README and goes in teardown.md, then prod. */
export const HOW_TO = [
  "README.md",
  "docs/sandbox.md",
  "docs/teardown.md",
  "docs/verdict.md",
  "docs/how-to/add-an-environment.md",
  "docs/how-to/ship-an-application.md",
  "docs/how-to/add-a-chart.md",
  "docs/how-to/roll-back.md",
  "docs/how-to/write-a-migration.md",
  "docs/how-to/add-a-metric-gate.md",
  "docs/how-to/keep-sessions-and-state.md",
  "docs/how-to/switch-a-feature.md",
  "docs/how-to/read-and-answer-a-finding.md",
  "docs/how-to/read-a-plan.md",
  "docs/how-to/change-capacity.md",
  "docs/how-to/change-a-database.md",
  "docs/how-to/write-a-rule.md",
  "docs/how-to/shift-and-retire-a-slot.md",
  "docs/how-to/upgrade-kubernetes.md",
  "docs/how-to/undo.md",
  "docs/how-to/take-down.md",
] as const;

/** Runbooks of a lost region: the replica stands by until the failover, production is fenced from then until the fail back. */
export const RUNBOOKS = [
  "docs/runbooks/break-glass.md",
  "docs/runbooks/scale-the-replica.md",
  "docs/runbooks/lost-account-services.md",
  "docs/runbooks/lost-state-backend.md",
  "docs/runbooks/fail-over.md",
  "docs/runbooks/rebuild-the-primary.md",
  "docs/runbooks/fail-back.md",
] as const;

/** Run by recipes.test.ts. */
export const RECIPES = "docs/contributing.md";

/** The blocks of a page, in their order. @param file from the root. */
export const blocksIn = (file: string): readonly Block[] => blocksOf(readFileSync(path.join(ROOT, file), "utf8"));
