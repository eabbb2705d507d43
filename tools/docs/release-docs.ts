/** Writes the timetables of docs/releases.md: what a release does by each strategy, and where else it may lead. `--check` only compares. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type AppSpec, outcomes, type Strategy, timetable } from "@fridayproof/components/plan";
import { clock } from "@fridayproof/components/core";
import { table } from "./cost-tables";
import { withPart, writeOrCheck } from "./generated-page";

/** The page. */
export const page = resolve(__dirname, "../../docs/releases.md");

const BEGIN = "<!-- releases: npm run releases:docs -->";
const END = "<!-- end of releases -->";

/** A service with enough requests of its own, by every default. */
const example: AppSpec = {
  name: "shop",
  image: `registry.example.com/shop@sha256:${"a".repeat(64)}`,
  port: 8080,
  readinessPath: "/ready",
  livenessPath: "/live",
  expectedRps: 500,
};

const strategies: readonly Strategy[] = ["canary", "canary-5-20-100", "canary-5-10-25-50-100", "blueGreen", "rolling"];

function strategyText(strategy: Strategy): string {
  const { rows, liveBy, wayBack } = timetable({ ...example, strategy });
  const written = rows.map(({ what, weight, pods, ends, gates }) => [
    clock(ends.soonest),
    clock(ends.latest),
    `${weight} %`,
    `${pods.new} + ${pods.old}`,
    gates.length === 0 ? what : `${what}: ${gates.join(", ")}`,
  ]);
  const head = ["soonest", "latest", "users", "new + old pods", "what"];
  const stay =
    wayBack === 0
      ? "The old pods go as the new ones come"
      : `The old pods stay for ${clock(wayBack)} after the last step`;
  return `### ${strategy}\n\n${table(head, written)}\nFirst users by ${clock(liveBy)} at the latest. ${stay}.\n`;
}

function outcomeText(): string {
  const written = outcomes(example).map(({ when, then, within }) => [
    when,
    within.soonest === 0 ? `within ${within.latest} s` : `after ${clock(within.soonest)} to ${clock(within.latest)}`,
    then,
  ]);
  return `### What else may happen\n\n${table(["when", "how soon", "then"], written)}`;
}

/** What stands between the marks. */
function releaseText(): string {
  return `${[...strategies.map(strategyText), outcomeText()].join("\n")}`;
}

/** The page with its timetables as they are now. @throws Error when the marks are gone. */
export function withReleases(text: string): string {
  return withPart(text, { page: "docs/releases.md", begin: BEGIN, end: END }, releaseText());
}

function main(): void {
  writeOrCheck(
    page,
    withReleases(readFileSync(page, "utf8")),
    `got stale timetables in ${page}; expected what the limits give. Fix: npm run releases:docs`,
  );
}

if (require.main === module) main();
