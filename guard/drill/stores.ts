/** What a failover loses of each store, and whether anything of it is promoted in the drill. */
/** How a store comes back when its region is lost. */
export type RecoveryName = "none" | "backups" | "global";

/** A promise, and where it comes from: a guide, arithmetic, or nothing that was run. */
interface Claim {
  readonly value: string;
  readonly mark: string;
}

/** What the platform promises of each way to come back. */
export type Recoveries = Readonly<Record<RecoveryName, { readonly rpo: Claim; readonly rto: Claim }>>;

/** Something that keeps data, and how it comes back. */
export interface Store {
  readonly name: string;
  readonly recovery: RecoveryName;
}

/** What a failover loses of one store. */
export interface RpoRow {
  readonly store: string;
  readonly rpo: string;
}

/** What stands of a stack: a resource's type and what it was made with. */
export interface Standing {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const maps = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : [];

/** Whether a plan that selects the cluster copies its snapshots anywhere. */
function isCopied(identifier: string, standing: readonly Standing[]): boolean {
  const covers = ({ type, inputs }: Standing): boolean =>
    type === "aws:backup/selection:Selection" &&
    (Array.isArray(inputs["resources"]) ? inputs["resources"] : []).some((arn) =>
      String(arn).endsWith(`:cluster:${identifier}`),
    );
  const copies = ({ type, inputs }: Standing): boolean =>
    type === "aws:backup/plan:Plan" && maps(inputs["rules"]).some((rule) => maps(rule["copyActions"]).length > 0);
  return standing.some(covers) && standing.some(copies);
}

/** The databases among what stands, each with how it comes back. */
export function storesOf(standing: readonly Standing[]): readonly Store[] {
  return standing
    .filter(({ type }) => type === "aws:rds/cluster:Cluster")
    .map(({ inputs }) => {
      const name = String(inputs["clusterIdentifier"]);
      if (inputs["globalClusterIdentifier"] !== undefined) return { name, recovery: "global" };
      return { name, recovery: isCopied(name, standing) ? "backups" : "none" };
    });
}

/** A row for each store; one that says so where there is none. */
export function rpoOf(stores: readonly Store[], recoveries: Recoveries | undefined): readonly RpoRow[] {
  if (stores.length === 0 || recoveries === undefined)
    return [{ store: "no data store declared", rpo: "nothing to lose, nothing to promote" }];
  return stores.map(({ name, recovery }) => {
    const { rpo, rto } = recoveries[recovery];
    return {
      store: `${name} (database, recovery: ${recovery})`,
      rpo: `${rpo.value} (${rpo.mark}); writes again after: ${rto.value} (${rto.mark})`,
    };
  });
}

/** Whether the other leg has nothing of it before the day. */
export function isCreatedOnTheDay({ recovery }: Store): boolean {
  return recovery !== "global";
}

const PROMOTED: Readonly<Record<RecoveryName, string>> = {
  none: "nothing of it lies in another region",
  backups: "the sandbox has no copies; a person names the one that it is made from",
  global: "a person runs failover-global-cluster, which the sandbox has not",
};

/** Why no step of a drill promotes data. */
export function whyNotPromoted(stores: readonly Store[]): string {
  if (stores.length === 0) return "no data store declared";
  const reasons = stores.map(({ name, recovery }) => `${name}: ${PROMOTED[recovery]}`);
  return `${reasons.join("; ")} (docs/how-to/change-a-database.md)`;
}
