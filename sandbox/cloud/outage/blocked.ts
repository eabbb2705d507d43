/** What of a plan cannot be carried out while something is lost: counted, in one sentence, before anything is made. */
import { isObject, type PropertyMap } from "../../property/values";
import { splitReference, typeOf } from "../../property/urn";
import { lossOf, type Loss, type LossCause, type Zones } from "./loss";
import type { LossMode, Outages } from "./outage";
import { callFrom, type CallKind } from "./services";

/** A step as `pulumi preview --json` has it. */
export interface PlannedStep {
  readonly op: string;
  readonly urn: string;
  readonly provider?: string;
  readonly oldState?: PropertyMap;
  readonly newState?: PropertyMap;
}

/** Steps that call the provider; others are bookkeeping, or change nothing. */
const CALLS: Readonly<Record<string, CallKind>> = {
  create: "create",
  "create-replacement": "create",
  update: "update",
  delete: "delete",
  "delete-replaced": "delete",
  read: "read",
  refresh: "read",
};

/** What is counted together, in the order of the report. */
type Group = Readonly<{ cause: LossCause; lost: string; mode: LossMode; services: ReadonlyMap<string, number> }>;

const inputsOf = (state: PropertyMap | undefined): PropertyMap => (isObject(state?.inputs) ? state.inputs : {});

/** The region of each provider that the plan or the state has, by its URN. */
function providerRegions(
  steps: readonly PlannedStep[],
  known: readonly { readonly urn: string; readonly outputs?: PropertyMap }[],
): ReadonlyMap<string, string> {
  const ofState = known.map(({ urn, outputs }) => [urn, outputs?.region] as const);
  const ofPlan = steps.map(({ urn, newState, oldState }) => [urn, inputsOf(newState ?? oldState).region] as const);
  const rows = [...ofState, ...ofPlan].filter(([urn]) => typeOf(urn) === "pulumi:providers:aws");
  return new Map(rows.flatMap(([urn, region]) => (typeof region === "string" ? [[urn, region]] : [])));
}

function lossOfStep(
  { op, urn, provider = "", newState, oldState }: PlannedStep,
  outages: Outages,
  regions: ReadonlyMap<string, string>,
  zones: Zones,
): Loss | undefined {
  const kind = CALLS[op];
  const token = typeOf(urn);
  if (kind === undefined || !token.startsWith("aws:")) return undefined;
  const inputs = inputsOf(kind === "delete" ? oldState : (newState ?? oldState));
  const home = regions.get(splitReference(provider).urn) ?? "";
  const loss = lossOf(outages, callFrom(home, { token, kind, inputs }), home, zones);
  // What flaps may come through, and the run goes on from where it stopped.
  return loss?.mode === "flap" ? undefined : loss;
}

function grouped(losses: readonly Loss[]): readonly Group[] {
  const groups = new Map<string, { cause: LossCause; lost: string; mode: LossMode; services: Map<string, number> }>();
  for (const { cause, lost, mode, service } of losses) {
    const key = `${cause} ${lost}`;
    const group = groups.get(key) ?? { cause, lost, mode, services: new Map<string, number>() };
    group.services.set(service.name, (group.services.get(service.name) ?? 0) + 1);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Such as `IAM (21 resources) and Route 53 (4)`. */
function counted(services: ReadonlyMap<string, number>): string {
  const rows = [...services].sort(([, one], [, other]) => other - one);
  const texts = rows.map(([name, count], index) => {
    const unit = index > 0 ? "" : count === 1 ? " resource" : " resources";
    return `${name} (${count}${unit})`;
  });
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

const all = (services: ReadonlyMap<string, number>): string =>
  services.size === 1 ? "" : services.size === 2 ? "both " : "all ";

const state = (mode: LossMode): string => (mode === "hang" ? "which does not answer" : "which is denied");

function clause({ cause, lost, mode, services }: Group): string {
  const what = counted(services);
  if (cause === "home") return `${what}, ${all(services)}written through ${lost}, ${state(mode)}`;
  if (cause === "zone") return `${what} in zone ${lost}, which is lost`;
  if (cause === "images") return `${what} with images from ECR in ${lost}, which is denied`;
  if (cause === "credentials") return `credentials of STS in ${lost}, ${state(mode)}`;
  if (cause === "service") return `${what} in ${lost}, which is denied there`;
  return `${what} in ${lost}, ${state(mode)}`;
}

/** What is left to do: only what is written through a lost region can be held ready elsewhere. */
function way(groups: readonly Group[]): string {
  return groups.every(({ cause }) => cause === "home") ? "use the pilot or wait" : "wait until it is back";
}

/**
 * Why the plan cannot be carried out; undefined where all its calls get through.
 * @param stack named at the beginning.
 * @param known resources that the plan leaves as they are.
 */
export function blockedPlan(
  stack: string,
  steps: readonly PlannedStep[],
  known: readonly { readonly urn: string; readonly outputs?: PropertyMap }[],
  outages: Outages,
  zones: Zones,
): string | undefined {
  const regions = providerRegions(steps, known);
  const losses = steps.flatMap((step) => lossOfStep(step, outages, regions, zones) ?? []);
  const groups = grouped(losses);
  if (groups.length === 0) return undefined;
  return `${stack} needs ${groups.map(clause).join("; and ")}: ${way(groups)}. Nothing was changed.`;
}
