/** Edits of sources that people write too: an element more in a list, an import more; everything else stays as it is. */
import ts from "typescript";
import { isSeq, parseDocument } from "yaml";

const parsed = (text: string): ts.SourceFile => ts.createSourceFile("edited.ts", text, ts.ScriptTarget.ES2022, true);

function initializerOf(source: ts.SourceFile, name: string): ts.Expression | undefined {
  const declarations = source.statements
    .filter(ts.isVariableStatement)
    .flatMap((one) => [...one.declarationList.declarations]);
  return declarations.find((one) => ts.isIdentifier(one.name) && one.name.text === name)?.initializer;
}

function memberOf(value: ts.Expression | undefined, name: string): ts.Expression | undefined {
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return undefined;
  return value.properties.filter(ts.isPropertyAssignment).find((one) => one.name.getText() === name)?.initializer;
}

/**
 * The source with an element more at the end of a list.
 * @param where name of a variable, and of the property that holds the list where the variable is an object.
 * @throws Error when there is no such list to write into.
 */
export function appended(text: string, where: readonly [variable: string, property?: string], element: string): string {
  const source = parsed(text);
  const [variable, property] = where;
  const value = initializerOf(source, variable);
  const list = property === undefined ? value : memberOf(value, property);
  if (list === undefined || !ts.isArrayLiteralExpression(list))
    throw new Error(`${where.join(".")} is no list in brackets`);
  const last = list.elements.at(-1);
  const at = last === undefined ? list.getStart(source) + 1 : last.getEnd();
  return `${text.slice(0, at)}${last === undefined ? "" : ", "}${element}${text.slice(at)}`;
}

/**
 * The source with a member of an object: in the place of the one that has the name, else as the last one.
 * @param variable name of the variable that is the object.
 * @throws Error when there is no such object to write into.
 */
export function withMember(text: string, variable: string, name: string, value: string): string {
  const source = parsed(text);
  const object = initializerOf(source, variable);
  if (object === undefined || !ts.isObjectLiteralExpression(object))
    throw new Error(`${variable} is no object in braces`);
  const there = memberOf(object, name);
  if (there !== undefined) return text.slice(0, there.getStart(source)) + value + text.slice(there.getEnd());
  const last = object.properties.at(-1);
  if (last === undefined) throw new Error(`${variable} is an object without members`);
  return `${text.slice(0, last.getEnd())},\n  ${name}: ${value}${text.slice(last.getEnd())}`;
}

/** The source with an import more, after the last one. @throws Error when it imports nothing. */
export function imported(text: string, statement: string): string {
  const last = parsed(text).statements.findLast(ts.isImportDeclaration);
  if (last === undefined) throw new Error("there is no import to write another one after");
  return `${text.slice(0, last.getEnd())}\n${statement}${text.slice(last.getEnd())}`;
}

/**
 * The YAML with a row more at the end of a list, comments and order kept.
 * @throws Error when there is no such list of rows, one a line.
 */
export function withRow(text: string, key: string, row: string): string {
  const list = parseDocument(text).get(key);
  const item: unknown = isSeq(list) ? list.items.at(-1) : undefined;
  const range =
    item instanceof Object && "range" in item ? (item.range as readonly number[] | null | undefined) : undefined;
  const end = range?.[1];
  if (!isSeq(list) || list.flow === true || end === undefined)
    throw new Error(`${key} is no list with a row on each line`);
  return `${text.slice(0, end)}\n  - ${row}${text.slice(end)}`;
}
