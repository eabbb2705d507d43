/** The step of action.yml: the verdict on a plan file, as outputs, a summary and an exit code. Everything comes by environment. */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const CLI = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "cli", "bin.cjs");
const VERDICTS = ["SAFE", "DEGRADES", "UNKNOWN", "DOWNTIME"];
/** The least verdict that fails the job; a file that is no plan always fails it. */
const FAILS = { downtime: 3, degrades: 2, never: 4 };

const {
  PLAN = "",
  NAME = "plan",
  BEFORE = "",
  ACCEPT = "",
  FAIL_ON = "downtime",
  REPORTS = "fridayproof-report",
  GITHUB_OUTPUT,
  GITHUB_STEP_SUMMARY,
} = process.env;

function stop(message) {
  process.stderr.write(`fridayproof: ${message}\n`);
  process.exit(1);
}

if (PLAN === "") stop("plan: got nothing; allowed: a file of `terraform show -json` or `pulumi preview --json`.");
if (!/^[\w.-]+$/.test(NAME)) stop(`name: got ${JSON.stringify(NAME)}; allowed: letters, digits, dots and dashes.`);
if (!(FAIL_ON in FAILS)) stop(`fail-on: got ${JSON.stringify(FAIL_ON)}; allowed: ${Object.keys(FAILS).join(", ")}.`);
mkdirSync(REPORTS, { recursive: true });
const file = (name) => path.join(REPORTS, name);
const outputs = ["--markdown", file("comment.md"), "--html", file("report.html"), "--sarif", file("report.sarif")];
const more = [
  ...(BEFORE === "" ? [] : ["--before", `${NAME}=${BEFORE}`]),
  ...(ACCEPT === "" ? [] : ["--accept", ACCEPT]),
];
const { status, stdout, error } = spawnSync(
  process.execPath,
  [CLI, "report", `${NAME}=${PLAN}`, ...more, ...outputs, "--json"],
  { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 256 * 1024 * 1024 },
);
if (error !== undefined) throw error;
const code = status ?? 1;
const [environment] = stdout === "" ? [] : JSON.parse(stdout).environments;
const verdict = VERDICTS.includes(environment?.verdict) && code !== 1 ? environment.verdict : "ERROR";
if (GITHUB_OUTPUT !== undefined)
  appendFileSync(GITHUB_OUTPUT, `verdict=${verdict}\nexit-code=${code}\nreport=${REPORTS}\n`);
if (GITHUB_STEP_SUMMARY !== undefined && stdout !== "")
  appendFileSync(GITHUB_STEP_SUMMARY, readFileSync(file("comment.md"), "utf8"));
process.stdout.write(`${verdict}\n`);
process.exit(code === 1 || code >= FAILS[FAIL_ON] ? code : 0);
