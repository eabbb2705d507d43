/** What AWS loses with a region, a zone or a service: the rows of `services.yaml`. */
import { valuesAt } from "../../property/paths";
import { serviceOf } from "../../property/urn";
import type { PropertyMap, Value } from "../../property/values";
import { readTable } from "../tables/tables";

/** What a call does to an object; looking something up is reading. */
export type CallKind = "create" | "update" | "delete" | "read";

/** One call as it leaves the provider. */
export interface Call {
  /** Type token of the resource, or token of the function. */
  readonly token: string;
  readonly kind: CallKind;
  /** Where it is sent. */
  readonly region: string;
  /** Of the object as it shall be; of a deletion as it is. */
  readonly inputs: PropertyMap;
}

/** A call of a provider, which sends it to the object's own region where that has one. @param home the provider's region. */
export function callFrom(home: string, call: Omit<Call, "region">): Call {
  const { region } = call.inputs;
  return { ...call, region: typeof region === "string" && region !== "" ? region : home };
}

/** How a service appears in errors. */
export interface ServiceName {
  readonly name: string;
  /** Before the colon of an action, as in `ec2:CreateVpc`. */
  readonly action: string;
  /** Code of a call that is not allowed. */
  readonly error?: string;
}

interface Row {
  readonly types: readonly string[];
  readonly source: string;
}

/** A service that is written through one region. */
export interface WrittenThrough extends Row {
  readonly home: string;
  readonly calls?: readonly CallKind[];
  readonly where?: Readonly<Record<string, Value>>;
  readonly unless?: readonly string[];
  readonly atRisk?: boolean;
}

/** How the making of an object ends. */
export interface Failing extends Row {
  readonly error: string;
  readonly message: string;
}

/** Something that stands in zones: `zones` are the inputs that name them or their subnets. */
export interface InZones extends Failing {
  readonly zones: readonly string[];
}

interface Table {
  readonly services: Readonly<Record<string, ServiceName>>;
  readonly writtenThrough: readonly WrittenThrough[];
  readonly inZones: readonly InZones[];
  readonly pullsImages: readonly Failing[];
}

/** The whole table. */
export const outageTable = (): Table => readTable("outage/services.yaml");

const startsLike =
  (token: string) =>
  (start: string): boolean =>
    token.startsWith(start);

/** Whether the row is about what the token names. */
export function isAbout({ types }: Row, token: string): boolean {
  return types.some(startsLike(token));
}

/** The service's key in the table: the token's service, but for that of the caller's identity. */
function serviceKey(token: string): string {
  return token === "aws:index/getCallerIdentity:getCallerIdentity" ? "sts" : serviceOf(token);
}

/** How the service of a token appears in errors: by its own word where the table has no row. */
export function serviceOfToken(token: string): ServiceName {
  const key = serviceKey(token);
  return outageTable().services[key] ?? { name: key, action: key };
}

/** The row with the region through which the call goes; undefined where it stays in its own. */
export function writtenThrough({ token, kind, inputs }: Call): WrittenThrough | undefined {
  const fits = ({ calls, where = {}, unless = [], ...row }: WrittenThrough): boolean =>
    isAbout(row, token) &&
    !unless.some(startsLike(token)) &&
    (calls === undefined || calls.includes(kind)) &&
    Object.entries(where).every(([path, expected]) => valuesAt(inputs, path).includes(expected));
  return outageTable().writtenThrough.find(fits);
}
