/** An environment in a region of its own, and what it needs beside its own file: foundation and simulated account. */
import { Account, type CloudObject } from "../../sandbox/cloud/account/account";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { type Foundation, foundation } from "../../stacks/account/foundation";
import { dev } from "../../stacks/environments/dev";
import { prod } from "../../stacks/environments/prod";
import { staging } from "../../stacks/environments/staging";
import { emptyAccount } from "./foundation-account";

const zones = ["euw1-az1", "euw1-az2", "euw1-az3"];

/** A mirror of production in Ireland. */
export const qa: EnvironmentInput = {
  ...staging,
  name: "qa",
  region: "eu-west-1",
  zones,
  controlPlaneZones: zones,
  cidr: "10.50.0.0/16",
  domain: "qa.example.com",
};

/** The environments beside it: fixed, so that whoever adds one to this repository changes no test of this one. */
export const others: readonly EnvironmentInput[] = [dev, staging, prod];

/** The foundation with the rows that they all need. */
export const withIreland: Foundation = {
  ...foundation,
  regions: ["us-east-1", "us-west-2", "eu-west-1"],
  certificates: [
    { region: "us-east-1", generation: "1", domains: ["example.com", "dev.example.com", "staging.example.com"] },
    { region: "us-west-2", generation: "1", domains: ["example.com"] },
    { region: "eu-west-1", generation: "1", domains: ["qa.example.com"] },
  ],
};

/** The seeded account with a hosted zone more. */
export function accountWithZone(): Account {
  const objects = emptyAccount()
    .all()
    .filter(({ outputs }) => outputs.name !== qa.domain);
  const zone = objects.find(({ outputs }) => outputs.name === "dev.example.com");
  if (zone === undefined) throw new Error("sandbox/cloud/seed.yaml has no zone dev.example.com");
  const name = qa.domain;
  const own: CloudObject = {
    ...zone,
    id: "Z0QAQAQAQAQAQAQAQAQAQ",
    inputs: { ...zone.inputs, name },
    outputs: { ...zone.outputs, name, zoneId: "Z0QAQAQAQAQAQAQAQAQAQ" },
  };
  return new Account("000000000000", [...objects, own]);
}
