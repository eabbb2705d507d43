/** A component's arguments as its doc comments describe them, what is inside of them too. */
import * as path from "node:path";
import ts from "typescript";
import { prose } from "./source";

/** One argument. */
export interface Argument {
  /** Such as `size.min`, or `regions[].region` for what every element has. */
  readonly path: string;
  /** As written in the source. */
  readonly type: string;
  /** The allowed values, where its type is a union of literals. */
  readonly words: readonly string[];
  /** Whether its value is, or may be, a number: then it has a unit. */
  readonly numeric: boolean;
  readonly optional: boolean;
  /** The comment's `@default`. */
  readonly fallback?: string;
  /** The comment's `@unit`. */
  readonly unit?: string;
  readonly description: string;
}

/** How far into arguments the table looks: two points in a path are read, three are not. */
const DEEPEST = 3;

const RECORD_OF_ALL = "*";

/** A property of both types of an intersection is documented by the first. */
function firstOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  const declaration = symbol.declarations?.[0];
  const name = declaration === undefined ? undefined : ts.getNameOfDeclaration(declaration);
  return (name && checker.getSymbolAtLocation(name)) ?? symbol;
}

function tag(symbol: ts.Symbol, name: string, checker: ts.TypeChecker): string | undefined {
  const found = symbol.getJsDocTags(checker).find((each) => each.name === name);
  return found === undefined ? undefined : prose(found.text);
}

/** Text of the property's type; what is inherited or picked from another type has the text of its declaration. */
export function writtenType(declaration: ts.Declaration | undefined): string {
  const type = declaration !== undefined && ts.isPropertySignature(declaration) ? declaration.type : undefined;
  return (type?.getText() ?? "unknown").replace(/\s+/g, " ");
}

interface Inner {
  /** What stands between the argument's path and a property's name. */
  readonly link: "." | "[]." | ".*.";
  readonly type: ts.Type;
}

/** What an argument consists of: of a list its elements, of a record with equal values one of them. */
function innerOf(type: ts.Type, checker: ts.TypeChecker): Inner {
  const one = checker.getNonNullableType(type);
  const element = checker.isArrayType(one) ? checker.getTypeArguments(one as ts.TypeReference)[0] : undefined;
  if (element !== undefined) return { link: "[].", type: element };
  const [first, ...others] = checker.getPropertiesOfType(one);
  if (first !== undefined && first.declarations === undefined) {
    const value = checker.getTypeOfSymbol(first);
    if (others.every((other) => checker.getTypeOfSymbol(other) === value))
      return { link: `.${RECORD_OF_ALL}.`, type: value };
  }
  return { link: ".", type: one };
}

function wordsOf({ type }: Inner): string[] {
  const parts = type.isUnion() ? type.types : [];
  return parts.every((part) => part.isStringLiteral()) ? parts.map(({ value }) => value) : [];
}

function isNumeric(type: ts.Type, checker: ts.TypeChecker): boolean {
  const { type: inner } = innerOf(type, checker);
  const parts = inner.isUnion() ? inner.types : [inner];
  return parts.some(({ flags }) => (flags & ts.TypeFlags.NumberLike) !== 0);
}

/** Properties that are described in the component's own folder: other folders' and packages' types have pages of their own. */
function ownProperties({ type }: Inner, folder: string, checker: ts.TypeChecker): readonly ts.Symbol[] {
  if (type.isUnion() || (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) return [];
  const properties = checker.getPropertiesOfType(type);
  const isOwn = (symbol: ts.Symbol) =>
    symbol.declarations?.some((declaration) => path.dirname(declaration.getSourceFile().fileName) === folder) === true;
  return properties.every(isOwn) ? properties : [];
}

/** The rows of a type's properties, each followed by what is inside of it. */
export function argumentsOf(
  type: ts.Type,
  folder: string,
  checker: ts.TypeChecker,
  prefix = "",
  depth = 1,
): Argument[] {
  return checker.getPropertiesOfType(type).flatMap((symbol): Argument[] => {
    const name = symbol.getName();
    const at = `${prefix}${/^\w+$/.test(name) ? name : JSON.stringify(name)}`;
    const own = checker.getTypeOfSymbol(symbol);
    const inner = innerOf(own, checker);
    const row = {
      path: at,
      type: writtenType(symbol.declarations?.[0]),
      words: wordsOf(inner),
      numeric: isNumeric(own, checker),
      optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      fallback: tag(symbol, "default", checker),
      unit: tag(symbol, "unit", checker),
      description: prose(firstOf(symbol, checker).getDocumentationComment(checker)),
    };
    const hasInner = depth < DEEPEST && ownProperties(inner, folder, checker).length > 0;
    return [row, ...(hasInner ? argumentsOf(inner.type, folder, checker, `${at}${inner.link}`, depth + 1) : [])];
  });
}

/** What the doc comments leave out; empty when every argument says what it is, in which unit, and what happens without it. */
export function argumentProblems(component: string, rows: readonly Argument[]): string[] {
  return rows.flatMap(({ path: at, numeric, optional, fallback, unit, description }) => {
    const missing = [
      ...(description === "" ? ["a doc comment"] : []),
      ...(numeric && unit === undefined ? ["@unit, such as days: it is a number"] : []),
      ...(optional && fallback === undefined ? ["@default: it can be left out"] : []),
    ];
    return missing.map((what) => `${component}Args.${at}: needs ${what}`);
  });
}
