/** Writes what the sandbox loads at its start: sandbox/cloud/aws/schema.json (the AWS types, from the SDK's declarations) and tables.json (its YAML, parsed). */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import ts from "typescript";
import { AWS_TYPES } from "../../sandbox/cloud/aws/object/entry";
import type { Schema } from "../../sandbox/cloud/aws/schema";
import { digestOf, tableFiles, type ReadyTable } from "../../sandbox/cloud/tables/tables";

const SDK = path.dirname(require.resolve("@pulumi/aws/package.json"));
const CLOUD = path.join(__dirname, "../../sandbox/cloud");

type Interfaces = Map<string, ts.InterfaceDeclaration>;

function parseFile(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(path.join(SDK, file), "utf8"), ts.ScriptTarget.ES2022, false);
}

function nestedInputs(): Interfaces {
  const source = parseFile("types/input.d.ts");
  const found: Interfaces = new Map();
  const visit = (node: ts.Node, prefix: string): void => {
    if (ts.isModuleDeclaration(node) && node.body)
      ts.forEachChild(node.body, (child) => visit(child, `${prefix}${node.name.text}.`));
    else if (ts.isInterfaceDeclaration(node)) found.set(prefix + node.name.text, node);
  };
  ts.forEachChild(source, (node) => visit(node, ""));
  return found;
}

/** `Input<X | undefined>` and `Output<X | undefined>` as X and whether it may be absent. */
function unwrap(node: ts.TypeNode): { node: ts.TypeNode; optional: boolean } {
  if (
    ts.isTypeReferenceNode(node) &&
    /^pulumi\.(Input|Output)$/.test(nameOf(node.typeName)) &&
    node.typeArguments?.[0]
  ) {
    return unwrap(node.typeArguments[0]);
  }
  if (!ts.isUnionTypeNode(node)) return { node, optional: false };
  const types = node.types.filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword);
  const first = types.find((type) => type.kind === ts.SyntaxKind.StringKeyword) ?? types[0];
  if (first === undefined) return { node, optional: true };
  return { node: unwrap(first).node, optional: types.length < node.types.length };
}

function nameOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${nameOf(name.left)}.${name.right.text}`;
}

/** Compact form of a type: `string`, `[T]`, `{T}`, `#interface`, `any`. */
function specOf(type: ts.TypeNode, used: (name: string) => void): string {
  const { node } = unwrap(type);
  if (node.kind === ts.SyntaxKind.StringKeyword) return "string";
  if (node.kind === ts.SyntaxKind.NumberKeyword) return "number";
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return "boolean";
  if (ts.isArrayTypeNode(node)) return `[${specOf(node.elementType, used)}]`;
  if (ts.isTypeLiteralNode(node)) {
    const index = node.members.find(ts.isIndexSignatureDeclaration);
    return index ? `{${specOf(index.type, used)}}` : "any";
  }
  if (!ts.isTypeReferenceNode(node)) return "any";
  const name = nameOf(node.typeName);
  if (name.startsWith("outputs.")) return "object";
  if (name.startsWith("inputs.")) {
    used(name.slice("inputs.".length));
    return `#${name.slice("inputs.".length)}`;
  }
  return /enums\.|^aws\.|[A-Z]\w*$/.test(name) ? "string" : "any";
}

function membersOf(
  members: Iterable<ts.TypeElement | ts.ClassElement>,
  used: (name: string) => void,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const member of members) {
    if (
      !(ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) ||
      !member.type ||
      !ts.isIdentifier(member.name)
    )
      continue;
    const absent = member.questionToken !== undefined || unwrap(member.type).optional;
    found[member.name.text] = specOf(member.type, used) + (absent ? "?" : "");
  }
  return found;
}

function readType(
  token: string,
  used: (name: string) => void,
): { inputs: Record<string, string>; outputs: Record<string, string> } {
  const [, module = "", className = ""] = token.split(":");
  const source = parseFile(token.startsWith("pulumi:") ? "provider.d.ts" : `${module}.d.ts`);
  const result = { inputs: {}, outputs: {} };
  ts.forEachChild(source, (node) => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === `${className}Args`)
      result.inputs = membersOf(node.members, used);
    if (ts.isClassDeclaration(node) && node.name?.text === className) {
      result.outputs = membersOf(node.members, () => undefined);
    }
  });
  return result;
}

/** The schema of all known types, as the text of the file. */
export function renderSchema(): string {
  const interfaces = nestedInputs();
  const schema: {
    types: Record<string, Record<string, string>>;
    resources: Record<string, Schema["resources"][string]>;
  } = { types: {}, resources: {} };
  const used = (name: string): void => {
    const declaration = interfaces.get(name);
    if (schema.types[name] !== undefined || declaration === undefined) return;
    schema.types[name] = {};
    schema.types[name] = membersOf(declaration.members, used);
  };
  for (const token of [...Object.keys(AWS_TYPES), "pulumi:provider:Provider"].sort())
    schema.resources[token] = readType(token, used);
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/**
 * All YAML tables of the simulated cloud with the digests of their texts, one a line, as the text of the file.
 * @param changed texts that are about to be written, by their path below `sandbox/cloud`.
 */
export function renderTables(changed: ReadonlyMap<string, string> = new Map()): string {
  const lines = tableFiles().map((file) => {
    const text = changed.get(file) ?? readFileSync(path.join(CLOUD, file), "utf8");
    const table: ReadyTable = { digest: digestOf(text), rows: parse(text) as unknown };
    return `${JSON.stringify(file)}: ${JSON.stringify(table)}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

if (require.main === module) {
  writeFileSync(path.join(CLOUD, "aws/schema.json"), renderSchema());
  writeFileSync(path.join(CLOUD, "tables/tables.json"), renderTables());
}
