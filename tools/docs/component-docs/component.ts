/** Every component of the platform, found by its class: what it takes, gives and refuses. */
import * as path from "node:path";
import ts from "typescript";
import { type Argument, argumentsOf, writtenType } from "./arguments";
import { prose, type Sources } from "./source";

/** One component, as its source describes it. */
export interface Component {
  /** The class. */
  readonly name: string;
  /** Name of its file and its page, such as `node-pool`. */
  readonly page: string;
  /** Its folder below `components/`. */
  readonly folder: string;
  /** Type token, such as `fridayproof:cluster:NodePool`. */
  readonly token: string;
  readonly arguments: readonly Argument[];
  readonly outputs: readonly Output[];
  /** What its `nodes` lead to. */
  readonly nodes: readonly Output[];
  /** When its constructor throws; absent when it refuses nothing. */
  readonly throws?: string;
}

/** One public field. */
export interface Output {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

function isComponent(node: ts.Node): node is ts.ClassDeclaration & { readonly name: ts.Identifier } {
  if (!ts.isClassDeclaration(node) || node.name === undefined) return false;
  const bases = node.heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => expression.getText())) ?? [];
  return bases.some((base) => base.endsWith("ComponentResource"));
}

function outputsOf(node: ts.ClassDeclaration, checker: ts.TypeChecker): Output[] {
  return node.members.flatMap((member) => {
    if (!ts.isPropertyDeclaration(member) || ts.isPrivateIdentifier(member.name)) return [];
    const notPublic = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static;
    if ((ts.getCombinedModifierFlags(member) & notPublic) !== 0) return [];
    const comment = checker.getSymbolAtLocation(member.name)?.getDocumentationComment(checker);
    return [{ name: member.name.getText(), type: member.type?.getText() ?? "unknown", description: prose(comment) }];
  });
}

/** Members of the type of its getter `nodes`. */
function nodesOf(node: ts.ClassDeclaration, checker: ts.TypeChecker): Output[] {
  const getter = node.members.find((member) => ts.isGetAccessor(member) && member.name.getText() === "nodes");
  if (getter === undefined) return [];
  return checker.getPropertiesOfType(checker.getTypeAtLocation(getter)).map((symbol) => ({
    name: symbol.getName(),
    type: writtenType(symbol.declarations?.[0]),
    description: prose(symbol.getDocumentationComment(checker)),
  }));
}

function throwsOf(node: ts.ClassDeclaration): string | undefined {
  const constructor = node.members.find(ts.isConstructorDeclaration);
  const found = constructor && ts.getJSDocTags(constructor).find(({ tagName }) => tagName.text === "throws");
  return found && ts.getTextOfJSDocComment(found.comment)?.replace(/\s+/g, " ");
}

/** What the constructor hands to Pulumi as the component's type. */
function tokenOf(node: ts.ClassDeclaration, name: string): string {
  const token = /super\(\s*"([^"]+)"/.exec(node.getText())?.[1];
  if (token === undefined) throw new Error(`${name}: its constructor gives Pulumi no type token as literal text`);
  return token;
}

function componentOf(node: ts.ClassDeclaration, name: string, file: string, checker: ts.TypeChecker): Component {
  const parameter = node.members.find(ts.isConstructorDeclaration)?.parameters[1];
  if (parameter === undefined) throw new Error(`${name}: its constructor takes no args`);
  const folder = path.dirname(file);
  return {
    name,
    page: path.basename(file, ".ts"),
    folder: path.basename(folder),
    token: tokenOf(node, name),
    arguments: argumentsOf(checker.getTypeAtLocation(parameter), folder, checker),
    outputs: outputsOf(node, checker),
    nodes: nodesOf(node, checker),
    throws: throwsOf(node),
  };
}

/** The components among these sources, by folder and page. */
export function componentsOf({ files, checker }: Sources): Component[] {
  return files.flatMap((source) =>
    source.statements.flatMap((node) =>
      isComponent(node) ? [componentOf(node, node.name.text, source.fileName, checker)] : [],
    ),
  );
}
