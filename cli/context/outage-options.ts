/** Options that lose a region, a zone or a service of the simulated account for one run. */
import type { OutageTexts } from "@fridayproof/sandbox/outages";
import { type Command, InvalidArgumentError } from "commander";
import { collect } from "./arguments";

/** Flags of {@link addOutageOptions}. */
export type OutageFlags = OutageTexts;

function seconds(value: string): number {
  if (!/^\d+(\.\d+)?$/.test(value) || Number(value) === 0) throw new InvalidArgumentError("Seconds, more than 0.");
  return Number(value);
}

/** Options that simulate an outage. */
export function addOutageOptions(command: Command): Command {
  return command
    .optionsGroup("Outage:")
    .option(
      "--deny-region <region>",
      "lose a region and what is written through it: us-east-1, us-east-1:hang (no response), us-east-1:flap (nine in ten fail)",
      collect,
    )
    .option("--deny-zone <zone>", "lose a zone: use1-az4; may be repeated, as the others", collect)
    .option("--deny-service <name>", "lose a service of a region: sts:us-east-1, ecr:us-west-2", collect)
    .option("--strict", "refuse calls that may fail as well: creating load balancers, clusters, databases, endpoints")
    .option("--call-timeout <seconds>", "how long to wait for a call without a response", seconds)
    .optionsGroup("Options:");
}

/** The outage that the flags describe; undefined without one. */
export function outagesOf(flags: OutageFlags): OutageTexts | undefined {
  const { denyRegion, denyZone, denyService, strict, callTimeout } = flags;
  if (denyRegion === undefined && denyZone === undefined && denyService === undefined) return undefined;
  return { denyRegion, denyZone, denyService, strict, callTimeout };
}
