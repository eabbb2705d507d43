/**
 * `make plan STACK=…` and `make deploy STACK=… APPROVED=…`: the plan with its verdict for whoever approves, and the update that
 * carries out this plan and no other. A freeze stops the update, and so do a plan that changed since it was approved and a change of
 * the other leg of a failover pair within the window; BOTH_LEGS says why that one does not count.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { throwProblems } from "@fridayproof/components/core";
import { environments } from "../../stacks/environments/environments";
import { noFreezes, productionFreezes } from "../../stacks/environments/freeze";
import { policyFreshnessProblems } from "../checks/policy-freshness";
import { command } from "../command";
import { CLI, commandOf, ROOT, run, stackOf, type Where, whereOf } from "./engine";
import { frozenAt } from "./frozen";
import { checkOtherLeg } from "./other-leg";
import { checkOwnRegion } from "./own-region";
import { planDigest } from "./plan-digest";

const REPORTS = path.join(ROOT, "reports");

const planFile = (stack: string): string => path.join(REPORTS, `plan-${stack}.json`);

/** On the sandbox the command line itself looks. @throws ProblemsError where the policies would run with what stacks/ said before. */
function checkPolicyConfig(stack: string): void {
  throwProblems(`the policies' configuration of ${stack}`, policyFreshnessProblems(stack, ROOT));
}

/** Plans and keeps the plan. @returns its digest. @throws Error where it failed or the policies refuse it. */
function planned(stack: string, where: Where): string {
  if (where === "aws") checkPolicyConfig(stack);
  const { code, stdout } = run(commandOf(where, "preview", stack), true);
  if (code !== 0)
    throw new Error(`the plan of ${stack} failed or was refused (exit code ${code}): nothing to approve.`);
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(planFile(stack), stdout);
  return planDigest(stdout);
}

/** The plan, its report, and the digest that an approval is for. */
function plan(stack: string, where: Where): void {
  const digest = planned(stack, where);
  const file = (ending: string): string => path.join(REPORTS, `plan-${stack}.${ending}`);
  const report = ["report", `${stack}=${planFile(stack)}`, "--markdown", file("md"), "--html", file("html")];
  const { code } = run([process.execPath, CLI, ...report], false);
  if (code === 1) throw new Error(`the plan of ${stack} cannot be read.`);
  writeFileSync(file("digest"), `${digest}\n`);
  process.stdout.write(
    `${stack}: plan ${digest.slice(0, 12)} in reports/plan-${stack}.json, its verdict in reports/plan-${stack}.md\n`,
  );
}

function approvedDigest(file: string): string {
  const own = path.resolve(ROOT, file);
  if (!existsSync(own)) throw new Error(`${file} is not there: \`make plan\` writes it, and an approval is for it.`);
  const text = readFileSync(own, "utf8").trim();
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new Error(`${file} holds no digest of a plan: got ${JSON.stringify(text.slice(0, 80))}.`);
}

function checkFreeze(stack: string, moment: Date): void {
  const environment = environments.find(({ name }) => name === stack);
  if (environment === undefined || environment.freezeOverride !== undefined) return;
  const frozen = frozenAt(environment.freezes === "production" ? productionFreezes : noFreezes, moment);
  if (frozen !== undefined)
    throw new Error(
      `${stack} is ${frozen} Nothing was changed. To change it all the same, set freezeOverride with its reason in stacks/environments/${stack}.ts.`,
    );
}

/** On the sandbox the command line itself looks at the other leg of a pair. */
function updateOf(where: Where, stack: string, reason: string): readonly [string, ...string[]] {
  const command = commandOf(where, "up", stack);
  return where === "aws" || reason.trim() === "" ? command : [...command, "--both-legs", reason];
}

function deploy(stack: string, where: Where, approved: string, moment: Date): void {
  const digest = approvedDigest(approved);
  checkFreeze(stack, moment);
  const now = planned(stack, where);
  if (now !== digest)
    throw new Error(
      `the plan of ${stack} changed since it was approved (${digest.slice(0, 12)} then, ${now.slice(0, 12)} now). Nothing was changed: plan and approve again.`,
    );
  const reason = process.env["BOTH_LEGS"] ?? "";
  if (where === "aws") checkOtherLeg({ stack, plan: readFileSync(planFile(stack), "utf8"), moment, reason });
  const { code } = run(updateOf(where, stack, reason), false);
  if (code !== 0) throw new Error(`the update of ${stack} ended with exit code ${code}.`);
}

function main([verb, name = "", approved = ""]: readonly string[]): void {
  const where = whereOf(process.env["ON"] ?? "sandbox");
  const stack = stackOf(name);
  if (where === "aws") checkOwnRegion(stack, process.env);
  if (verb === "plan") plan(stack, where);
  else if (approved === "") throw new Error("APPROVED: got nothing; allowed: the digest that `make plan` wrote.");
  else deploy(stack, where, approved, new Date());
}

void command("fridayproof", () => main(process.argv.slice(2)));
