/** `fridayproof costs`: monthly cost of a stack by list prices. */
import { counted, ProblemsError } from "@fridayproof/components/core";
import {
  costRows,
  type CostRow,
  type Cost,
  costTable,
  HOURS_PER_MONTH,
  type Priced,
  pricedOf,
  totalOf,
  usd,
  withoutPrices,
} from "@fridayproof/guard/costs";
import { UserError } from "@fridayproof/sandbox/errors";
import { resourcesAfter } from "@fridayproof/sandbox/run";
import { joinedNames, terminalOn, wrapText } from "@fridayproof/sandbox/terminal";
import { addStackOptions, type StackOptions } from "../context/options";
import type { Verb } from "../context/verb";

interface CostFlags extends StackOptions {
  readonly full?: boolean;
  readonly json?: boolean;
}

/** Rows shown before the rest becomes one sum. */
const SHOWN = 6;
/** Widths of the columns charge and price. */
const [WHAT, PRICE] = [46, 10];
/** Indentation of names below their row. */
const BELOW = 6;

/** Names of the charged resources: beside the price where all of them fit, else below. */
function rowLines({ what, month, resources }: CostRow, columns: number): string[] {
  const head = `  ${what.padEnd(WHAT)}${usd(month).padStart(PRICE)}`;
  // Sorted, because the order of a plan's steps varies.
  const names = joinedNames([...new Set(resources)].sort());
  const beside = `${head}   ${names}`;
  return beside.length <= columns ? [beside] : [head, ...wrapText(" ".repeat(BELOW) + names, BELOW, columns)];
}

/** @throws UserError naming every value that has no price: none counts as zero. */
function costsOf(stack: string, resources: Priced["resources"]): readonly Cost[] {
  try {
    return costTable(`the costs of ${stack}`, resources).costs;
  } catch (error) {
    throw error instanceof ProblemsError ? new UserError(error.message) : error;
  }
}

/** The costs of a stack that does not exist yet, by a plan in memory. */
async function show({ full = false, json = false, ...flags }: CostFlags): Promise<void> {
  const { stack } = flags;
  const { runEngine } = require("../stack/run") as typeof import("../stack/run");
  const { foundationBeneath } = require("../stack/foundation") as typeof import("../stack/foundation");
  const run = { ...flags, policies: false };
  const beneath = foundationBeneath(run, (text) => process.stderr.write(text));
  const plan = await runEngine(run, { operation: "preview", beneath, brief: true, toStderr: true });
  if (plan.exitCode !== 0 && json)
    throw new UserError(`${stack} has no cost estimate: its plan failed, see standard error.`, plan.exitCode);
  if (plan.exitCode !== 0) return;
  const { resources, without } = pricedOf(resourcesAfter(plan));
  const costs = costsOf(stack, resources);
  const [month, least, most] = [totalOf(costs), totalOf(costs, "least"), totalOf(costs, "most")];
  const rows = costRows(costs);
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ stack, currency: "USD", month, least, most, rows, without }, undefined, 2)}\n`,
    );
    return;
  }
  const { columns, write } = terminalOn(process.stdout, process.env);
  const shown = full ? rows : rows.slice(0, SHOWN);
  const rest = rows.slice(shown.length);
  const sum = rest.reduce((total, row) => total + row.month, 0);
  const missing = withoutPrices(without);
  if (costs.length === 0 && missing !== "") {
    write(`${stack}: not known, because ${missing} (guard/costs/prices.ts)\n`);
    return;
  }
  const lines = [
    `${stack}: ${usd(month)} USD a month, ${usd(month / HOURS_PER_MONTH)} an hour (SIMULATED, without traffic)`,
    ...(missing === "" ? [] : [`Not included: ${missing}.`]),
    "",
    ...shown.flatMap((row) => rowLines(row, columns)),
    ...(rest.length === 0
      ? []
      : [`  ${`${counted(rest.length, "row")} more`.padEnd(WHAT)}${usd(sum).padStart(PRICE)}   --full`]),
    `pools at their least ${usd(least)}, at their most ${usd(most)}`,
    ...wrapText(
      "List prices without discounts and taxes: docs/costs.md. A change's own cost: npx fridayproof preview",
      0,
      columns,
    ),
  ];
  write(`${lines.join("\n")}\n`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  addStackOptions(command).option("--full", "every row").option("--json", "print the costs as JSON").action(show);
};
