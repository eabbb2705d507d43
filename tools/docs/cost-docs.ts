/** Writes docs/costs.md: what each stack costs a month by list prices, from the stacks' own plans. `--check` only compares. */
import { resolve } from "node:path";
import { writeOrCheck } from "./generated-page";
import { nodeGroupName } from "@fridayproof/components/plan";
import {
  costTable,
  type CostTable,
  fixedPrice,
  HOURS_PER_MONTH,
  monthly,
  outsideOf,
  pricedRegions,
  PRICES_DATE,
  runnerEffect,
  type SwitchEffect,
  switchEffects,
  type Switches,
  totalOf,
  unpricedRegions,
  usagePrices,
} from "@fridayproof/guard/costs";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { environments } from "../../stacks/environments/environments";
import { failoverPairs } from "../../stacks/environments/pairs";
import lock from "../../stacks/env.lock.json";
import { foundation } from "../../stacks/account/foundation";
import { effectTable, fixedTable, priceTable, table, usageTable, usd } from "./cost-tables";
import { type Plans, stackPlans } from "./stack-plans";

/** The page. */
export const page = resolve(__dirname, "../../docs/costs.md");

/** Tables by the name of their stack. */
type Tables = ReadonlyMap<string, CostTable>;

/** What a page is made of beside the plans. */
interface PageInput {
  readonly all: readonly EnvironmentInput[];
  /** Regions without prices by the name of the stack that has something there. */
  readonly unpriced: ReadonlyMap<string, readonly string[]>;
}

/** Whether nothing of an environment can be added up, because its region has no prices. */
function isUnpriced(stack: string, { all, unpriced }: PageInput): boolean {
  const region = all.find(({ name }) => name === stack)?.region;
  return region !== undefined && unpriced.get(stack)?.includes(region) === true;
}

function withoutPrices(regions: readonly string[] = []): string {
  if (regions.length === 0) return "";
  const known = pricedRegions.join(" and ");
  return `There are no prices of ${regions.join(", ")}: what stands there is not added up (\`guard/costs/prices.ts\` has ${known}).\n\n`;
}

const introduction = `# What it costs

Made by \`npm run costs:docs\` from the stacks' plans and \`guard/costs/\`; a test fails when it is stale.

> **SIMULATED: quantities from the plan, list prices as of ${PRICES_DATE}, no discount, not an invoice.** No free tier, no
> tax, no support plan.

- **Fixed** is what stands whether anybody comes or not: quantity × price × ${HOURS_PER_MONTH} hours. The quantities are
  counted in the plan that the sandbox makes of the unchanged program; a type that nobody has classified, or a price that
  is missing, stops the page instead of counting as zero.
- **By use** is listed with its price and an example. The examples are assumptions, nothing is measured, and **no sum
  contains them**.
- Nodes are counted as the plan makes them (\`desired\`); afterwards the autoscaler decides between the two outer columns.
- Prices marked † are from knowledge and were not read again; the section [Prices](#prices) says which were read where.
`;

/** What decides an environment's cost, from its file in stacks/. */
export function switchesOf(environment: EnvironmentInput, all: readonly EnvironmentInput[] = environments): Switches {
  const { region, zones, natGateways, interfaceEndpoints, slots, pools } = environment;
  const groupsOf = (pool: string): readonly string[] =>
    Object.keys(slots).flatMap((colour) => zones.map((zone) => nodeGroupName(`${colour}-${pool}`, zone)));
  return {
    region,
    zones,
    natGateways,
    interfaceEndpoints: Object.keys(interfaceEndpoints),
    slots: Object.keys(slots),
    pools: Object.fromEntries(Object.keys(pools).map((pool) => [pool, groupsOf(pool)])),
    database: copiedDatabase(environment, all),
  };
}

/** The database of a pair's primary, whose copies are to become a cluster that follows, or to go. */
function copiedDatabase({ name, database }: EnvironmentInput, all: readonly EnvironmentInput[]): Switches["database"] {
  const { recovery, copyRegion } = database ?? {};
  const pair = failoverPairs(all).find(({ primary }) => primary.name === name);
  if (recovery !== "backups" || copyRegion === undefined || pair === undefined) return undefined;
  return { copyRegion, vaults: Object.values(pair).length };
}

function summary(tables: Tables, page: PageInput): string {
  const link = (stack: string): string => `[${stack}](#${stack})`;
  const priced = [...tables].filter(([stack]) => !isUnpriced(stack, page));
  const costs = priced.map(([stack, { costs }]) => [link(stack), costs] as const);
  const unpriced = [...tables.keys()]
    .filter((stack) => isUnpriced(stack, page))
    .map((stack) => [link(stack), `no prices of ${page.unpriced.get(stack)?.join(", ")}`, "", "", ""]);
  const together = ["together", priced.flatMap(([, each]) => each.costs)] as const;
  const rows = [...costs, together].map(([stack, own]) => [
    stack,
    usd(totalOf(own)),
    usd(totalOf(own) / HOURS_PER_MONTH),
    usd(totalOf(own, "least")),
    usd(totalOf(own, "most")),
  ]);
  const head = ["stack", "fixed, USD a month", "USD an hour", "pools at their minimum", "pools at their maximum"];
  return `## In short

${table(head, [...rows.slice(0, -1), ...unpriced, ...rows.slice(-1)])}
- An environment that is destroyed overnight costs its hours; what stays is in [teardown.md](teardown.md).
${extendedSupport(page.all).join("\n")}
`;
}

/** The day on which a control plane becomes dearer without anybody changing anything. */
function extendedSupport(all: readonly EnvironmentInput[]): string[] {
  const minors = new Set(all.flatMap(({ slots }) => Object.values(slots).map((slot) => slot.kubernetes)));
  const more = usd(monthly(usagePrices.extendedSupport, 1));
  return Object.entries(lock.kubernetes)
    .filter(([kubernetesVersion]) => minors.has(kubernetesVersion))
    .map(
      ([kubernetesVersion, row]) =>
        `- After ${row.standardSupportEnds} a control plane of Kubernetes ${kubernetesVersion} costs USD ${more} a month more.`,
    );
}

function section(stack: string, own: CostTable, page: PageInput): string {
  const environment = page.all.find(({ name }) => name === stack);
  const region = environment?.region ?? foundation.regions.join(" and ");
  const missing = withoutPrices(page.unpriced.get(stack));
  const head = `## ${stack}\n\nIn ${region}.\n\n${missing}`;
  if (isUnpriced(stack, page)) return head;
  const effects: readonly SwitchEffect[] =
    environment === undefined
      ? foundation.regions.filter((each) => pricedRegions.includes(each)).map(runnerEffect)
      : switchEffects(switchesOf(environment, page.all), own.costs);
  const file = stack === "foundation" ? "account/foundation" : `environments/${stack}`;
  const switches = `What its switches are worth (\`stacks/${file}.ts\`), fixed parts only:`;
  return `${head}${fixedTable(own.costs)}\n${switches}\n\n${effectTable(effects)}`;
}

function outside(all: readonly EnvironmentInput[]): string {
  const domains = [...new Set(all.map(({ domain }) => domain))].sort();
  const zone = fixedPrice("hostedZone", foundation.regions[0] ?? "");
  const zones = zone === undefined ? "" : `: USD ${usd(monthly(zone, domains.length))} a month`;
  return `## In no plan

- ${domains.length} hosted zones (${domains.join(", ")}), which exist before the foundation${zones}.
- Registered domains, tax, a support plan.
- What people and applications make: snapshots, further volumes, load balancers of their own.
- Nodes beyond \`desired\`: see the columns in [In short](#in-short).
`;
}

/**
 * The page's text, from the plans of all stacks. A region without prices is named, and nothing there counts.
 * @throws ProblemsError when something in a region with prices has none.
 */
export function costPage(plans: Plans, all: readonly EnvironmentInput[] = environments): string {
  const unpriced = new Map([...plans].map(([stack, plan]) => [stack, unpricedRegions(plan)]));
  const page = { all, unpriced };
  const tables: Tables = new Map(
    [...plans].map(([stack, plan]) => [
      stack,
      costTable(`the costs of ${stack}`, outsideOf(unpriced.get(stack) ?? [], plan)),
    ]),
  );
  const sections = [...tables].map(([stack, own]) => section(stack, own, page));
  return [introduction, summary(tables, page), ...sections, usageTable(tables), outside(all), priceTable()].join("\n");
}

async function main(): Promise<void> {
  const text = costPage(await stackPlans(environments.map(({ name }) => name)));
  writeOrCheck(page, text, `got a stale ${page}; expected what the plans give. Fix: npm run costs:docs`);
}

if (require.main === module) void main();
