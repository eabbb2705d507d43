/** How long AWS and Kubernetes take to make a resource: two frozen tables, whose hashes are printed with every time. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import first from "./durations.json";
import more from "./durations-more.json";
import { textOf, type Values } from "../verdict/plans/values";

/** A triangular distribution in seconds, and where it is from. */
export interface Duration {
  /** Key of the row. */
  readonly row: string;
  readonly low: number;
  readonly typical: number;
  readonly high: number;
  readonly source: string;
  /** Nobody measured it. */
  readonly isEstimate: boolean;
  /** The row of the type's family: the type has none of its own. */
  readonly isDefault: boolean;
}

/** A table as it is printed. */
export interface TableFacts {
  readonly file: string;
  readonly version: number;
  readonly sha256: string;
}

type Table = Readonly<Record<string, Pick<Duration, "low" | "typical" | "high" | "source">>>;

/** The second table completes the first: no key stands in both. */
const ROWS: Table = { ...more.rows, ...first.rows };

function hashOf(file: string): string {
  return createHash("sha256")
    .update(readFileSync(path.join(__dirname, file)))
    .digest("hex");
}

/** Both tables, with the hash of each file. */
export function tableFacts(): readonly TableFacts[] {
  return [
    { file: "durations.json", version: first.version, sha256: hashOf("durations.json") },
    { file: "durations-more.json", version: more.version, sha256: hashOf("durations-more.json") },
  ];
}

/** Which sort of a type the inputs describe: the rule is that of durations-more.json. */
const VARIANTS: Readonly<Record<string, (inputs: Values) => string | undefined>> = {
  "aws:eks/addon:Addon": ({ addonName }) => textOf(addonName),
  "kubernetes:helm.sh/v3:Release": ({ chart }) => textOf(chart)?.split("/").at(-1),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ vpcEndpointType }) => textOf(vpcEndpointType),
  "aws:rds/cluster:Cluster": ({
    snapshotIdentifier,
    dbClusterInstanceClass,
    globalClusterIdentifier,
    masterUsername,
  }) =>
    textOf(snapshotIdentifier) !== undefined
      ? "snapshot"
      : textOf(dbClusterInstanceClass) !== undefined
        ? "multi-az-cluster"
        : textOf(globalClusterIdentifier) !== undefined && masterUsername === undefined
          ? "secondary"
          : undefined,
  "aws:rds/instance:Instance": ({ replicateSourceDb }) =>
    textOf(replicateSourceDb) === undefined ? undefined : "replica",
  "aws:secretsmanager/secret:Secret": ({ replicas }) =>
    Array.isArray(replicas) && replicas.length > 0 ? "replicas" : undefined,
};

function rowOf(key: string, isDefault = false): Duration | undefined {
  const row = ROWS[key];
  if (row === undefined) return undefined;
  const { low, typical, high, source } = row;
  return { row: key, low, typical, high, source, isEstimate: /estimate/.test(source), isDefault };
}

const NOTHING: Duration = {
  row: "default",
  low: 0,
  typical: 0,
  high: 0,
  source: "components make no call",
  isEstimate: false,
  isDefault: false,
};

/** How long a resource takes to be made. @param custom false for a component, which makes no call of its own. */
export function durationOf(type: string, custom: boolean, inputs: Values): Duration {
  if (!custom) return NOTHING;
  const variant = VARIANTS[type]?.(inputs);
  const [family = ""] = type.split(":");
  const own = (variant === undefined ? undefined : rowOf(`${type}#${variant}`)) ?? rowOf(type);
  return own ?? rowOf(`default:${family}`, true) ?? rowOf("default", true) ?? NOTHING;
}

/** How long a phase takes that belongs to no resource. @throws Error for a phase without a row. */
export function phaseDuration(phase: string): Duration {
  const found = rowOf(`phase:${phase}`);
  if (found === undefined) throw new Error(`no row phase:${phase} in the tables of durations`);
  return found;
}
