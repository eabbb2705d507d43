/** Tables of docs/costs.md: fixed costs, switches, use and prices as Markdown. */
import {
  byPrice,
  type Cost,
  type CostTable,
  fixedPrices,
  HOURS_PER_MONTH,
  monthly,
  type Price,
  type SwitchEffect,
  totalOf,
  usagePrices,
} from "@fridayproof/guard/costs";

/** Names that a cell spells out before it counts the rest. */
const NAMED = 3;

/** A Markdown table with a blank line after it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return `${[line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n")}\n`;
}

/** An amount of USD with cents. */
export function usd(amount: number): string {
  return amount.toFixed(2);
}

const marked = ({ what, evidence }: Price): string => (evidence === "read" ? what : `${what} †`);
const unitOf = ({ value, unit }: Price): string => `${value} ${unit.replace("USD ", "")}`;

function named(names: readonly string[]): string {
  const sorted = [...new Set(names)].sort();
  const rest = sorted.length - NAMED;
  const shown = sorted.slice(0, NAMED).map((name) => `\`${name}\``);
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}

function quantityOf(group: readonly Cost[], unit: Price["unit"]): string {
  const quantity = group.reduce((sum, cost) => sum + cost.quantity, 0);
  if (unit === "USD per hour") return `${quantity} × ${HOURS_PER_MONTH} h`;
  return unit === "USD per GB-month" ? `${quantity} GB` : String(quantity);
}

/** What stands all month, and its sum. */
export function fixedTable(costs: readonly Cost[]): string {
  const rows = byPrice(costs).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = named(group.map(({ resource }) => resource));
    return [
      [
        marked(first.unitPrice),
        quantityOf(group, first.unitPrice.unit),
        unitOf(first.unitPrice),
        usd(totalOf(group)),
        names,
      ],
    ];
  });
  const sum = ["**fixed, together**", "", "", `**${usd(totalOf(costs))}**`, ""];
  return table(["what bills", "quantity", "price, USD", "USD a month", "declared as"], [...rows, sum]);
}

/** What the switches are worth. */
export function effectTable(effects: readonly SwitchEffect[]): string {
  const rows = effects.map(({ property, change, usd: amount }) => {
    const sign = amount < 0 ? "−" : "+";
    return [`\`${property}\``, change, `${sign}${usd(Math.abs(amount))}`];
  });
  return table(["switch", "change", "USD a month"], rows);
}

/** What depends on use, with how many resources of each stack may cause it. */
export function usageTable(tables: ReadonlyMap<string, CostTable>): string {
  const stacks = [...tables.keys()];
  const rows = Object.entries(usagePrices).map(([id, row]) => {
    const counts = [...tables.values()].map(({ usage }) =>
      usage.filter(({ price }) => price === id).reduce((sum, { resources }) => sum + resources.length, 0),
    );
    const example = `${row.example} ${row.counted} = ${usd(monthly(row, row.example))}`;
    return [marked(row), row.grows, unitOf(row), example, ...counts.map((count) => (count === 0 ? "" : String(count)))];
  });
  const head = ["what", "grows with", "price, USD", "example (assumed), USD a month", ...stacks];
  const intro = "Not in any sum. The last columns count the resources of each stack that may cause it.";
  return `## By use\n\n${intro}\n\n${table(head, rows)}`;
}

/** A long address as a link: by its file where it names one, else by its host and path. */
function linked(source: string): string {
  const { host, pathname } = new URL(source);
  const file = /[^/]+\.golden$/.exec(pathname)?.[0];
  return `[${file === undefined ? `${host}${pathname.replace(/\/$/, "")}` : `Infracost, ${file}`}](${source})`;
}

/** Every price with where it comes from. */
export function priceTable(): string {
  const rows = Object.values<Price>({ ...fixedPrices, ...usagePrices }).map((price) => [
    price.what,
    unitOf(price),
    price.evidence,
    price.checked,
    linked(price.source),
  ]);
  return `## Prices

Of us-east-1, before discounts. "read" means: seen at the source on that day, in a stored copy of it, which may be older
than AWS's page of that day. Infracost's files are AWS's price list as a public tool recorded it for its tests. For
us-west-2 the same values are used: AWS's list prices are the same there as far as we know, and none was read again.

${table(["price of", "USD", "evidence", "date", "source"], rows)}`;
}
