/** A state of the house, and the same as it would stand in another region: rewritten text by text, without the code under test. */
import { createHash } from "node:crypto";
import { SECRET_SIG, SIG } from "@fridayproof/components/core";
import { parityOf, type Parity, stateOf } from "../../../guard/parity";
import { stackGraph } from "../../support/stack-graph";

/** A row of a state, as JSON has it. */
export interface Row {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  [option: string]: unknown;
}

/** A document as `pulumi stack export` writes it. */
export interface Exported {
  version: number;
  deployment: { resources: Row[]; pending_operations?: unknown[] };
}

export const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Each text anywhere within, keys of maps too, by another. */
function rewritten(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === "string") return rewrite(value);
  if (Array.isArray(value)) return value.map((item) => rewritten(item, rewrite));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [rewrite(key), rewritten(item, rewrite)]));
}

const rehashed = (hex: string): string => createHash("sha256").update(hex).digest("hex").repeat(4).slice(0, hex.length);

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\buse1-az4\b/g, "usw2-az3"],
  [/\buse1-az/g, "usw2-az"],
  // Copies lie in the partner's region.
  [/\bus-west-2(?=:\d{12}:backup-vault:)/g, "<partner>"],
  [/\bus-east-1([a-f]?)\b/g, "us-west-2$1"],
  [/<partner>/g, "us-east-1"],
  [/\bZ35SXDOTRQ7X7K\b/g, "Z1H1FL5HABSF5"],
  [/(?<!gitops\/|fridayproof\/)(?<![A-Za-z0-9_])prod(?![A-Za-z0-9_])/g, "replica"],
];

/** Blocks follow the zone's number: what the fourth zone has in one region, the third one has in the other. */
function block(text: string): string {
  return text.replace(/\b10\.30\.(\d+)\./g, (_, third: string) => {
    const number = Number(third);
    return `10.40.${number >= 96 && number < 128 ? number - 32 : number}.`;
  });
}

/** Everything that an account makes up: ids, hashes behind names, uuids, digits of load balancers. */
function ids(text: string): string {
  return text
    .replace(/\b([a-z]+-)([0-9a-f]{17})\b/g, (_, head: string, hex: string) => `${head}${rehashed(hex)}`)
    .replace(/(?<=-)([0-9a-f]{7,8})(?=$|[-."\\/:*])/g, (hex) => (/\d/.test(hex) ? rehashed(hex) : hex))
    .replace(/\b[0-9a-fA-F]{16,64}\b/g, (hex) => (hex === SIG || hex === SECRET_SIG ? hex : rehashed(hex)))
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (uuid) => uuid.replace(/[0-9a-f]{8}/, rehashed));
}

function moved(row: Row): Row {
  const isFollower = row.type === "kubernetes:argoproj.io/v1alpha1:ApplicationSet";
  const words = isFollower ? WORDS.slice(0, -1) : WORDS;
  const rewrite = (text: string): string =>
    // Versions, digests and logical names look like ids, and are the same everywhere.
    /^\d+\.\d+\.\d+-\d{8}$/.test(text)
      ? text
      : words.reduce((all, [from, to]) => all.replace(from, to), block(ids(text)));
  const inputs = rewritten(row.inputs, rewrite);
  const rest = rewritten({ ...row, inputs: undefined, urn: "", type: "" }, rewrite) as Row;
  return { ...rest, inputs: inputs as Record<string, unknown>, type: row.type, urn: place(row.urn) };
}

const place = (urn: string): string => WORDS.reduce((all, [from, to]) => all.replace(from, to), urn);

/** URNs in edges are rewritten as URNs: a name with digits is none that an account made up. */
function withEdges(row: Row, from: Row): Row {
  const edges = (value: unknown): unknown => rewritten(value, place);
  const dependencies = from["dependencies"] === undefined ? {} : { dependencies: edges(from["dependencies"]) };
  const properties = from["propertyDependencies"] as Record<string, unknown> | undefined;
  return {
    ...row,
    ...dependencies,
    ...(from["parent"] === undefined ? {} : { parent: edges(from["parent"]) }),
    ...(properties === undefined
      ? {}
      : {
          propertyDependencies: Object.fromEntries(
            Object.entries(properties).map(([key, urns]) => [place(key), edges(urns)]),
          ),
        }),
    ...(from["provider"] === undefined
      ? {}
      : { provider: place(String(from["provider"])).replace(/[^:]*$/, "another-id-0") }),
  };
}

/** The primary's state, with a host of its own region for Argo CD. */
export async function primary(): Promise<Exported> {
  const { snapshot } = await stackGraph("prod");
  const resources = copyOf(snapshot.list()) as unknown as Row[];
  const release = resources.find(({ urn }) => urn.endsWith("::blue-argo-cd-release"));
  const values = release?.inputs?.["values"] as { global: { domain: string } };
  values.global.domain = "argocd.us-east-1.example.com";
  return { version: 3, deployment: { resources } };
}

/** The same in the other region, identical as far as anything can be. */
export function replicaFrom({ deployment }: Exported): Exported {
  const resources = copyOf(deployment.resources).map((row) => withEdges(moved(row), row));
  for (const { type, inputs } of resources) {
    const [policy] = (inputs?.["failoverRoutingPolicies"] ?? []) as { type: string }[];
    if (type === "aws:route53/record:Record" && policy !== undefined) policy.type = "SECONDARY";
  }
  return { version: 3, deployment: { resources } };
}

/** Compares two documents. */
export function compared(
  first: unknown,
  second: unknown,
  allowances: Parameters<typeof parityOf>[2]["allowances"] = [],
): Parity {
  return parityOf(stateOf(first), stateOf(second), { allowances, today: "2026-11-30" });
}

/** The row of a logical name. */
export function rowOf({ deployment }: Exported, name: string): Row {
  const found = deployment.resources.find(({ urn }) => urn.endsWith(`::${name}`));
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** Sets a member, whatever it was. */
export const put = (inputs: unknown, key: string, value: unknown): unknown =>
  Object.assign(inputs as object, { [key]: value });
