/** Reads the resources of a CloudFormation stack's template, which the Pulumi engine does not see one by one. */
import { parse } from "yaml";
import { Field, MalformedRead } from "../reading/field";
import type { Resource } from "../reading/resource";
import { isRecord } from "../reading/value";

/** One resource of a template. */
export interface Declared {
  /** Such as `AWS::EC2::SecurityGroup`. */
  readonly type: string;
  readonly properties: Field;
}

/**
 * The resources of the template, in JSON or YAML; a template at a URL is not read.
 * @throws UnknownRead @throws MalformedRead when the text is neither.
 */
export function declaredBy(stack: Resource): readonly Declared[] {
  const body = stack.at("templateBody");
  const text = body.text();
  if (text === undefined) return [];
  return parsed(body, text)
    .at("Resources")
    .members()
    .map(([, entry]) => ({ type: entry.at("Type").textOrEmpty(), properties: entry.at("Properties") }));
}

function parsed(body: Field, text: string): Field {
  try {
    // Short forms of functions (`!Ref`) are tags that only CloudFormation resolves: their arguments stand for them.
    return new Field(withoutFunctions(parse(text, { logLevel: "error" })), body.path);
  } catch {
    throw new MalformedRead(body.path, "a text that is neither JSON nor YAML", "a template");
  }
}

/** The value with a text where a function of CloudFormation stands, whose result is not known here. */
function withoutFunctions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFunctions);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && /^(Ref$|Fn::)/.test(only[0])) return `\${${only[0]}}`;
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutFunctions(member)]));
}

/** The scalar's text; undefined where a function of CloudFormation stands in its place. */
export function plainText(field: Field): string | undefined {
  return field.shape() === "scalar" ? field.text() : undefined;
}
