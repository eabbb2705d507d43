/** How long a verdict takes on a plan of 3,000 changes. */
import { writeFileSync } from "node:fs";
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
