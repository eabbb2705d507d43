/** Whether the plan of a stack has changes, as an output of its step: without changes no approval is needed. */
import { appendFileSync, readFileSync } from "node:fs";
import * as path from "node:path";

const { STACK = "", GITHUB_OUTPUT } = process.env;
const { steps = [] } = JSON.parse(readFileSync(path.join("reports", `plan-${STACK}.json`), "utf8"));
const changes = steps.some(({ op }) => !["same", "read", "refresh"].includes(op));
process.stdout.write(`${STACK}: ${changes ? "the plan has changes" : "the plan has no changes"}\n`);
if (GITHUB_OUTPUT !== undefined) appendFileSync(GITHUB_OUTPUT, `changes=${changes}\n`);
