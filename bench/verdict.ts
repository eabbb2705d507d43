/** How long a verdict takes on a plan of 3,000 changes, and how much memory on one of 100 MB. */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import * as path from "node:path";

const CHANGES = 3000;
const KINDS = [
  "aws_sqs_queue",
  "aws_iam_role",
  "aws_cloudwatch_log_group",
  "aws_lambda_function",
  "aws_security_group",
];

/** Writes a plan of Terraform in which every second resource changes a tag. Returns its path. */
export function largePlan(folder: string): string {
  const rows = Array.from({ length: CHANGES }, (_, index) => {
    const type = KINDS[index % KINDS.length] ?? "";
    const before = { name: `thing-${index}`, tags: { n: String(index) } };
    const after = index % 2 === 0 ? { ...before, tags: { n: String(index), owner: "platform" } } : before;
    const actions = [index % 2 === 0 ? "update" : "no-op"];
    return {
      address: `${type}.r${index}`,
      mode: "managed",
      type,
      name: `r${index}`,
      change: { actions, before, after },
    };
  });
  const file = path.join(folder, "plan.json");
  writeFileSync(file, JSON.stringify({ format_version: "1.2", resource_changes: rows }));
  return file;
}

const MEGABYTE = 1_000_000;
const LARGEST = 100;
/** A policy document, as most of a large plan consists of. */
const TEXT = "x".repeat(10_000);

/** Writes a plan of 100 MB, row by row. Returns its path. */
function hugePlan(folder: string): string {
  const file = path.join(folder, "huge.json");
  const descriptor = openSync(file, "w");
  try {
    let written = writeSync(descriptor, '{"format_version":"1.2","resource_changes":[');
    for (let index = 0; written < LARGEST * MEGABYTE; index++) {
      const name = `r${index}`;
      const [before, after] = ["a", "b"].map((owner) => ({ name, policy: TEXT, tags: { owner } }));
      const change = { actions: ["update"], before, after };
      const row = { address: `aws_sqs_queue.${name}`, mode: "managed", type: "aws_sqs_queue", name, change };
      written += writeSync(descriptor, `${index === 0 ? "" : ","}${JSON.stringify(row)}`);
    }
    writeSync(descriptor, "]}");
  } finally {
    closeSync(descriptor);
  }
  return file;
}

/** One line: the most memory that a verb had of a plan of 100 MB. @throws Error where it found no verdict. */
export function memoryLine(title: string, verb: readonly string[], folder: string, width: number): string {
  const report = 'process.on("exit",()=>require("fs").writeSync(2,"\\npeak "+process.resourceUsage().maxRSS))';
  const file = path.join(folder, "peak.cjs");
  writeFileSync(file, report);
  const args = ["--require", file, ...verb, hugePlan(folder)];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: LARGEST * MEGABYTE });
  const peak = /\npeak (\d+)$/.exec(stderr)?.[1];
  if (status === null || status === 1 || peak === undefined) throw new Error(`no verdict: ${stderr.slice(0, 200)}`);
  return `${title.padEnd(width)}  ${`${Math.round(Number(peak) / 1024)} MiB`.padStart(7)}  (most at one time)`;
}
