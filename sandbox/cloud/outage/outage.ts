/** What is lost in a run, as a person wrote it: regions, zones of one, services of one. */
import { didYouMean } from "@fridayproof/components/core";
import { EXIT_USAGE, UserError } from "../../core/errors";
import type { Facts } from "../aws/object/facts";
import { outageLimits } from "./limits";
import { outageTable } from "./services";

/** Refused at once; without a response; refused nine times in ten. */
export type LossMode = "deny" | "hang" | "flap";

const MODES: readonly LossMode[] = ["deny", "hang", "flap"];

/** A region that is lost. */
export interface LostRegion {
  readonly region: string;
  readonly mode: LossMode;
  /** Which calls of a flapping region succeed. */
  readonly seed: number;
}

/** A service of one region that is lost. */
export interface LostService {
  /** Key in `services.yaml`, such as `sts`. */
  readonly service: string;
  readonly region: string;
}

/** Everything that is lost in a run. */
export interface Outages {
  readonly regions: readonly LostRegion[];
  /** Zone ids. */
  readonly zones: readonly string[];
  readonly services: readonly LostService[];
  /** Whether what is only at risk is lost too. */
  readonly strict: boolean;
  /** Seconds after which a call without a response ends. */
  readonly callTimeout: number;
}

/** The same as texts. */
export interface OutageTexts {
  /** `us-east-1`, `us-east-1:hang`, `us-east-1:flap`, `us-east-1:flap:7`. */
  readonly denyRegion?: readonly string[];
  /** `use1-az4`. */
  readonly denyZone?: readonly string[];
  /** `sts:us-east-1`. */
  readonly denyService?: readonly string[];
  readonly strict?: boolean;
  readonly callTimeout?: number;
}

/** Refuses what cannot be meant. */
function reject(option: string, text: string, allowed: string, hint = ""): never {
  throw new UserError(`${option} ${text}: allowed: ${allowed}.${hint}`, EXIT_USAGE);
}

function expectRegion(option: string, text: string, region: string, { regions }: Pick<Facts, "regions">): void {
  const known = Object.keys(regions);
  if (!known.includes(region)) reject(option, text, known.join(", "), didYouMean(region, known));
}

function regionOf(text: string, facts: Pick<Facts, "regions">): LostRegion {
  const [region = "", mode = "deny", seed = "1", ...rest] = text.split(":");
  expectRegion("--deny-region", text, region, facts);
  const known = MODES.find((one) => one === mode);
  if (known === undefined || rest.length > 0 || !/^\d{1,9}$/.test(seed) || (seed !== "1" && known !== "flap"))
    reject("--deny-region", text, `${region}, ${region}:hang, ${region}:flap, or ${region}:flap:7 with a seed`);
  return { region, mode: known, seed: Number(seed) };
}

function zoneOf(text: string, { regions }: Pick<Facts, "regions">): string {
  const known = Object.values(regions).flatMap(({ zones }) => Object.values(zones));
  if (!known.includes(text)) reject("--deny-zone", text, "the id of a zone, such as use1-az4", didYouMean(text, known));
  return text;
}

function serviceIn(text: string, facts: Pick<Facts, "regions">): LostService {
  const [service = "", region = "", ...rest] = text.split(":");
  const known = Object.keys(outageTable().services);
  const form = "a service and its region, such as sts:us-east-1 or ecr:us-west-2";
  if (rest.length > 0 || region === "") reject("--deny-service", text, form);
  if (!known.includes(service)) reject("--deny-service", text, known.join(", "), didYouMean(service, known));
  expectRegion("--deny-service", text, region, facts);
  return { service, region };
}

/**
 * Reads what a person wrote.
 * @returns undefined where nothing is lost.
 * @throws UserError naming the option, what came and what may come.
 */
export function readOutages(texts: OutageTexts, facts: Pick<Facts, "regions">): Outages | undefined {
  const { denyRegion = [], denyZone = [], denyService = [], strict = false, callTimeout } = texts;
  if (denyRegion.length + denyZone.length + denyService.length === 0) return undefined;
  return {
    regions: denyRegion.map((text) => regionOf(text, facts)),
    zones: denyZone.map((text) => zoneOf(text, facts)),
    services: denyService.map((text) => serviceIn(text, facts)),
    strict,
    callTimeout: callTimeout ?? outageLimits.callTimeout.value,
  };
}
