/** Writes the verdict on a plan into the job summary, for the reviewers of the deployment. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

const { STACK = "", GITHUB_STEP_SUMMARY } = process.env;
const file = path.join("reports", `plan-${STACK}.md`);
const text = existsSync(file) ? readFileSync(file, "utf8") : `No plan of ${STACK}: see the step before.\n`;
if (GITHUB_STEP_SUMMARY === undefined) process.stdout.write(text);
else appendFileSync(GITHUB_STEP_SUMMARY, text);
