/** Whether a call is lost, and to what. */
import { valuesAt } from "../../property/paths";
import type { LossMode, LostRegion, Outages } from "./outage";
import {
  type Call,
  type Failing,
  isAbout,
  outageTable,
  serviceOfToken,
  type ServiceName,
  writtenThrough,
} from "./services";

/** Why a call is lost. */
export type LossCause =
  /** Its own region is. */
  | "region"
  /** It is written through a region that is. */
  | "home"
  /** The provider gets no credentials in its region. */
  | "credentials"
  /** The service is, in that region. */
  | "service"
  /** What it makes stands in a zone that is. */
  | "zone"
  /** What it makes starts from images in a registry that is. */
  | "images";

/** A call that is lost. */
export interface Loss {
  readonly cause: LossCause;
  /** Which service was called; of lost credentials STS. */
  readonly service: ServiceName;
  /** The region or zone that is lost. */
  readonly lost: string;
  readonly mode: LossMode;
  readonly seed: number;
  /** How the object ends, where the call itself succeeds. */
  readonly ends?: Failing;
}

/** What is known of the account: the zone of a subnet, and the id of a zone by its name. */
export interface Zones {
  readonly ofSubnet: (id: string) => string | undefined;
  readonly byName: (name: string) => string | undefined;
}

const AT_ONCE = { mode: "deny", seed: 1 } as const;
const STS = "aws:index/getCallerIdentity:getCallerIdentity";

/** Objects that are made or changed; what is deleted or looked at needs no zone and no image. */
const makes = ({ kind }: Call): boolean => kind === "create" || kind === "update";

function zonesOf(call: Call, { ofSubnet, byName }: Zones): readonly { zone: string; ends: Failing }[] {
  const row = outageTable().inZones.find((one) => isAbout(one, call.token));
  if (row === undefined || !makes(call)) return [];
  const named = row.zones.flatMap((path) => valuesAt(call.inputs, path)).map(String);
  return named.map((text) => ({ zone: ofSubnet(text) ?? byName(text) ?? text, ends: row }));
}

function partOf(outages: Outages, call: Call, zones: Zones): Loss | undefined {
  const service = serviceOfToken(call.token);
  const { region } = call;
  const denied = outages.services.filter((one) => one.region === region).map((one) => one.service);
  // Services that share a name, such as EC2's, are lost together.
  if (denied.some((key) => outageTable().services[key]?.name === service.name))
    return { cause: "service", service, lost: region, ...AT_ONCE };
  const pulls = outageTable().pullsImages.find((row) => isAbout(row, call.token));
  if (denied.includes("ecr") && pulls !== undefined && makes(call))
    return { cause: "images", service, lost: region, ...AT_ONCE, ends: pulls };
  const inZone = zonesOf(call, zones).find(({ zone }) => outages.zones.includes(zone));
  return inZone && { cause: "zone", service, lost: inZone.zone, ...AT_ONCE, ends: inZone.ends };
}

/** The loss of a call with a region. */
function withRegion(cause: LossCause, service: ServiceName, { region, mode, seed }: LostRegion): Loss {
  return { cause, service, lost: region, mode, seed };
}

/**
 * Whether the call is lost.
 * @param provider the region of the provider that makes it, where its credentials come from; of a plan it may be unknown.
 */
export function lossOf(outages: Outages, call: Call, provider: string, zones: Zones): Loss | undefined {
  const service = serviceOfToken(call.token);
  const lostRegion = (region: string) => outages.regions.find((one) => one.region === region);
  const row = writtenThrough(call);
  const home = row === undefined || (row.atRisk === true && !outages.strict) ? undefined : row.home;
  // A service with a single control plane is not called in the region of its caller at all.
  const stays = row === undefined || row.calls !== undefined || row.where !== undefined;
  const own = stays ? lostRegion(call.region) : undefined;
  if (own !== undefined) return withRegion("region", service, own);
  const through = home === undefined ? undefined : lostRegion(home);
  if (through !== undefined) return withRegion("home", service, through);
  const isStsLost = outages.services.some((one) => one.service === "sts" && one.region === provider);
  const login = isStsLost ? { region: provider, ...AT_ONCE } : lostRegion(provider);
  if (login !== undefined) return withRegion("credentials", serviceOfToken(STS), login);
  return partOf(outages, call, zones);
}
