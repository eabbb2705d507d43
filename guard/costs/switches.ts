/** What an environment's cost switches are worth: USD a month for each way it could be set instead. */
import { type Cost, totalOf } from "./cost-table";
import type { FixedId } from "./fixed-prices";
import { monthly } from "./price";
import { fixedPrice } from "./prices";

/** What decides the cost of an environment, as its file in stacks/ says it. */
export interface Switches {
  readonly region: string;
  readonly zones: readonly string[];
  readonly natGateways: "single" | "per-az";
  /** Services with an interface endpoint. */
  readonly interfaceEndpoints: readonly string[];
  /** Colours that have a slot. */
  readonly slots: readonly string[];
  /** Names in the program of each pool's node groups, those of every slot. */
  readonly pools: Readonly<Record<string, readonly string[]>>;
  /** Of the primary of a pair whose database comes back from copies: their region, and the vaults of both legs. */
  readonly database?: { readonly copyRegion: string; readonly vaults: number };
}

/** One way in which an environment could be set instead. */
export interface SwitchEffect {
  /** The property of the environment. */
  readonly property: string;
  /** What it is and what it would be. */
  readonly change: string;
  /** USD a month more; less where negative. */
  readonly usd: number;
}

/** @throws Error for a region without prices, which the cost table has refused before. */
function monthlyOf(id: FixedId, region: string): number {
  const price = fixedPrice(id, region);
  if (price === undefined) throw new Error(`no price of ${id} in ${region}`);
  return monthly(price, 1);
}

function natEffect({ natGateways, zones, region }: Switches): SwitchEffect {
  const others = zones.length - 1;
  const each = monthlyOf("natGateway", region) + monthlyOf("publicIpv4", region);
  const toSingle = natGateways === "per-az";
  return {
    property: "natGateways",
    change: toSingle ? `\`per-az\` (${zones.length}) to \`single\`` : `\`single\` to \`per-az\` (${zones.length})`,
    usd: toSingle ? -others * each : others * each,
  };
}

function endpointEffects({ interfaceEndpoints, zones, region }: Switches): SwitchEffect[] {
  const each = monthlyOf("interfaceEndpoint", region) * zones.length;
  const property = "interfaceEndpoints";
  const count = interfaceEndpoints.length;
  const more = { property, change: `one more, in ${zones.length} zones`, usd: each };
  return count === 0 ? [more] : [more, { property, change: `none instead of ${count}`, usd: -count * each }];
}

/** Names of a slot's resources begin with its color. */
function ofSlot(color: string): (cost: Cost) => boolean {
  return ({ resource }) => resource.startsWith(`${color}-`);
}

function slotEffects({ slots }: Switches, costs: readonly Cost[]): SwitchEffect[] {
  const [color, ...others] = slots;
  if (color === undefined || others.length > 0) return [];
  const usd = totalOf(costs.filter(ofSlot(color)));
  return [{ property: "slots", change: "a second slot, while a cluster generation is replaced", usd }];
}

function poolEffects({ pools }: Switches, costs: readonly Cost[]): SwitchEffect[] {
  return Object.entries(pools).flatMap(([pool, groups]) => {
    const own = costs.filter(({ resource }) => groups.includes(resource));
    const nodes = own
      .filter(({ unitPrice: price }) => price.unit === "USD per hour")
      .reduce((sum, { quantity }) => sum + quantity, 0);
    if (nodes === 0) return [];
    return [{ property: `pools.${pool}`, change: "one node more", usd: totalOf(own) / nodes }];
  });
}

/** Ids of what a database's own resources bill begin so: its instances, its key and its alarms. */
const ofDatabase = ({ resource }: Cost): boolean => resource.startsWith("database-");

/**
 * Of the primary of a pair, whose database comes back from copies: what the other ways cost more in all stacks together. A global
 * database is the same again in the other region, and a secret of the master in both; the keys of the vaults go.
 */
function recoveryEffects({ database, region }: Switches, costs: readonly Cost[]): SwitchEffect[] {
  if (database === undefined) return [];
  const { copyRegion, vaults } = database;
  const property = "database.recovery";
  const vaultKeys = vaults * monthlyOf("kmsKey", copyRegion);
  const again = costs.filter(ofDatabase).reduce((sum, { price, quantity }) => {
    return sum + quantity * monthlyOf(price, copyRegion);
  }, 0);
  const secrets = monthlyOf("secret", region) + monthlyOf("secret", copyRegion);
  const everywhere = "in all stacks together";
  return [
    { property, change: `\`backups\` to \`global\`, ${everywhere}`, usd: again + secrets - vaultKeys },
    { property, change: `\`backups\` to \`none\`, ${everywhere}`, usd: -vaultKeys },
  ];
}

/** Every switch of an environment with the costs of its plan. */
export function switchEffects(switches: Switches, costs: readonly Cost[]): SwitchEffect[] {
  return [
    natEffect(switches),
    ...endpointEffects(switches),
    ...slotEffects(switches, costs),
    ...poolEffects(switches, costs),
    ...recoveryEffects(switches, costs),
  ];
}

/** What a runner in the foundation stands for: its NAT gateway and its address; its minutes are use. */
export function runnerEffect(region: string): SwitchEffect {
  const usd = monthlyOf("natGateway", region) + monthlyOf("publicIpv4", region);
  return { property: "runners", change: `a runner in ${region}`, usd };
}
