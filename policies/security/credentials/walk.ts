/** Walks a Kubernetes object, or the values of a chart, and checks every text in it by its name and by what it holds. */
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import type { Resource } from "../../kit/reading/resource";
import { eachPart } from "../../kit/rule/rule";
import { type Credential, credentialUnder } from "./credential";
import { promiseOf } from "./names";
import { credentialsAmong, credentialsIn } from "./texts";

/** Options of a walk. In API groups of secret stores names are keys of secrets, so a name alone is no finding. */
export interface Manner {
  readonly byName: boolean;
}

/** Members that pair a name with a value: environment, Helm parameters, headers, arguments of analyses. */
const naming = ["name", "key", "header"] as const;
const valued = ["value", "defaultValue"] as const;

/** Every credential below the field. */
export function* walk(resource: Resource, field: Field, name: string, manner: Manner): Iterable<Finding> {
  const shape = field.shape();
  if (shape === "list") yield* walkList(resource, field, name, manner);
  else if (shape === "object") yield* walkObject(resource, field, manner);
  else yield* checkText(resource, field, name, manner);
}

function* walkList(resource: Resource, list: Field, name: string, manner: Manner): Iterable<Finding> {
  const items = list.list();
  const words = items.map((item) => (item.shape() === "scalar" ? item.textOrEmpty() : ""));
  const among = credentialsAmong(words);
  yield* eachPart(resource, items, function* (item) {
    const index = items.indexOf(item);
    const found = among.filter(({ word }) => word === index);
    if (found.length > 0) yield credentialFinding(resource, item, found);
    else if (item.shape() === "scalar") yield* checkNamed(resource, item, name, manner);
    else yield* walk(resource, item, name, manner);
  });
}

/** A list called `secrets` or `tokens` names objects; one of passwords or keys holds them. */
function* checkNamed(resource: Resource, field: Field, name: string, { byName }: Manner): Iterable<Finding> {
  const what = byName && promiseOf(name) !== "vague" ? credentialUnder(name, field.textOrEmpty()) : undefined;
  if (what !== undefined) yield credentialFinding(resource, field, [{ what, name, line: 1 }]);
}

function* walkObject(resource: Resource, object: Field, manner: Manner): Iterable<Finding> {
  const members = object.members();
  const named = naming.map((key) => object.at(key)).find((field) => field.shape() === "scalar");
  const title = named?.text();
  const titled = (key: string): string => ((valued as readonly string[]).includes(key) ? (title ?? key) : key);
  yield* eachPart(resource, members, ([key, member]) => walk(resource, member, titled(key), manner));
}

/** Places that take the name or the ARN of an object, and so nothing that could be secret. */
const ofNames = /^namespace$|Ref\.(name|namespace)$|(Arn|ARN)$|(^|\.)vpcId$|^spec\.gateways\[\d+\]$/;

function* checkText(resource: Resource, field: Field, name: string, manner: Manner): Iterable<Finding> {
  if (field.isUnknown() && ofNames.test(field.path)) return;
  const text = field.text();
  if (text === undefined) return;
  const found = credentialsOf(name, text, manner);
  if (found.length > 0) yield credentialFinding(resource, field, found);
}

/** What one text holds: credentials inside it, or itself one by its name. */
export function credentialsOf(name: string, text: string, { byName }: Manner): readonly Credential[] {
  const inside = credentialsIn(/^(proxy-)?authorization$/i.test(name) ? `authorization: ${text}` : text);
  if (inside.length > 0 || !byName) return inside;
  const what = credentialUnder(name, text);
  return what === undefined ? [] : [{ what, name, line: 1 }];
}

/** Describes the findings at one path, never with a value. */
export function credentialFinding(resource: Resource, { path }: Field, found: readonly Credential[]): Finding {
  const parts = found.map(({ what, name, line }) => `${what}${under(name)}${line > 1 ? ` in line ${line}` : ""}`);
  return violation(resource, {
    at: path,
    got: `what looks like ${parts.join(", ")}`,
    expected: "a reference",
    fix: "put it into Secrets Manager and mount it through an ExternalSecret; then change the credential, because it has been written down",
  });
}

/** A name is printed only when it has the form of an identifier: otherwise it might be the secret itself. */
function under(name: string | undefined): string {
  return name !== undefined && /^[A-Za-z_][\w./-]{0,79}$/.test(name) ? ` under "${name}"` : "";
}
