/** Writes what `make drift` reads of a real account: reports/refresh.json by Pulumi, which saves nothing, and reports/trail.json by CloudTrail. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";

const { STACK = "" } = process.env;

function answer(program, args) {
  const { status, stdout, error } = spawnSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error === undefined && status === 0) return stdout;
  process.stderr.write(`fridayproof: ${program} ${args[0]} failed: ${error?.message ?? `exit code ${status}`}.\n`);
  process.exit(1);
}

mkdirSync("reports", { recursive: true });
writeFileSync(
  "reports/refresh.json",
  answer("pulumi", ["refresh", "--preview-only", "--json", "--non-interactive", "--stack", STACK]),
);
writeFileSync(
  "reports/trail.json",
  answer("aws", ["cloudtrail", "lookup-events", "--output", "json", "--max-items", "1000"]),
);
