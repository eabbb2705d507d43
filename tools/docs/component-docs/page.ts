/** The page of one component: the parts that are written by hand stay, those between marks are made from the code. */
import type { Argument } from "./arguments";
import type { Component, Output } from "./component";

/** What a component's example declared: engine types and how many of each. */
export type Created = Readonly<Record<string, number>>;

/** Everything that is generated into a page. */
export interface PageParts {
  readonly component: Component;
  /** The example's source. */
  readonly example: string;
  readonly created: Created;
}

/** Headings that every page has, in this order. */
export const HEADINGS = [
  "Purpose",
  "The outage it prevents",
  "Example",
  "Arguments",
  "What it creates",
  "Outputs",
  "Cost",
] as const;

/** Lines that a page may have. */
const LONGEST_PAGE = 150;

/** A bar would end the table's cell, inside of code too. */
const cell = (text: string): string => text.replaceAll("|", "\\|");

const code = (text: string): string => cell(`\`${text}\``);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return lines.join("\n");
}

/** Values are code, and what is said about their absence is prose. */
function fallbackOf({ optional, fallback = "" }: Argument): string {
  if (!optional) return "required";
  return /^("|true$|false$|\d)/.test(fallback) ? code(fallback) : cell(fallback);
}

function typeOf({ type, unit, words }: Argument): string {
  const unnamed = words.filter((word) => !type.includes(`"${word}"`));
  const values = unnamed.length === 0 ? "" : `: ${unnamed.map((word) => code(`"${word}"`)).join(", ")}`;
  return `${code(type)}${unit === undefined ? "" : `, ${cell(unit)}`}${values}`;
}

function argumentTable({ arguments: rows, throws }: Component): string {
  const lines = rows.map((row) => [code(row.path), typeOf(row), fallbackOf(row), cell(row.description)]);
  const throwsText =
    throws === undefined ? "" : `\n\nThe constructor throws a${/^[AEIOU]/.test(throws) ? "n" : ""} ${throws}`;
  return table(["argument", "type, unit", "default", "meaning"], lines) + throwsText;
}

function outputTable({ outputs, nodes }: Component): string {
  const rows = (of: readonly Output[], prefix: string) =>
    of.map(({ name, type, description }) => [code(`${prefix}${name}`), code(type), cell(description)]);
  return table(["output", "type", "meaning"], [...rows(outputs, ""), ...rows(nodes, "nodes.")]);
}

function createdTable(created: Created): string {
  const rows = Object.entries(created).sort(([left], [right]) => (left < right ? -1 : 1));
  const total = rows.reduce((sum, [, count]) => sum + count, 0);
  return table(
    ["type", "count"],
    [...rows.map(([type, count]) => [code(type), String(count)]), ["together", `${total}`]],
  );
}

/** The example as it would stand in `stacks/`, without the comment that opens the file. */
function exampleBlock({ example }: PageParts): string {
  const source = example
    .replace(/^\/\*\*.*\*\/\n/, "")
    .replaceAll('"../../../../components/', '"../components/')
    .replaceAll('"../../../../stacks/', '"./')
    .trimEnd();
  return `\`\`\`typescript\n${source}\n\`\`\``;
}

function headOf({ component: { folder, page, token } }: PageParts): string {
  return `Source: [components/${folder}/${page}.ts](../../components/${folder}/${page}.ts). Type: \`${token}\`.`;
}

/** The parts by the words in their marks. */
const PARTS: Readonly<Record<string, (parts: PageParts) => string>> = {
  head: headOf,
  example: exampleBlock,
  arguments: ({ component }) => argumentTable(component),
  creates: ({ created }) => createdTable(created),
  outputs: ({ component }) => outputTable(component),
};

/** Puts text between the marks of a part. @throws Error when the page has no such marks. */
export function replacePart(page: string, part: string, text: string): string {
  const [open, close] = [`<!-- generated:${part} -->`, `<!-- /generated:${part} -->`];
  const start = page.indexOf(open);
  const end = page.indexOf(close);
  if (start < 0 || end < start) throw new Error(`needs the lines ${open} and ${close}, in this order`);
  return `${page.slice(0, start + open.length)}\n${text}\n${page.slice(end)}`;
}

/** The page with every generated part made anew. @throws Error naming the marks that it lacks. */
export function renderPage(page: string, parts: PageParts): string {
  return Object.entries(PARTS).reduce((text, [part, render]) => replacePart(text, part, render(parts)), page);
}

/** The first sentence of the page's purpose: what the index says of the component. */
export function purposeOf(page: string): string {
  const [paragraph = ""] = sectionOf(page, "Purpose").split("\n\n");
  return /^.*?\.(?=\s|$)/s.exec(paragraph)?.[0].replace(/\s+/g, " ") ?? "";
}

function sectionOf(page: string, heading: string): string {
  const [, after = ""] = page.split(`\n## ${heading}\n`);
  return (after.split(/^## /m)[0] ?? "").trim();
}

/** What a page lacks; empty when it has a title, every heading in order with text below, and few enough lines. */
export function pageProblems(page: string, component: string): string[] {
  const found = page.split("\n").flatMap((line) => /^## (.*)$/.exec(line)?.[1] ?? []);
  const lines = page.trimEnd().split("\n").length;
  const lacks = HEADINGS.filter((heading) => sectionOf(page, heading) === "");
  return [
    ...(page.startsWith(`# ${component}\n`) ? [] : [`needs the title # ${component} in its first line`]),
    ...(found.join() === HEADINGS.join() ? [] : [`needs the headings ${HEADINGS.join(", ")}; got ${found.join(", ")}`]),
    ...lacks.map((heading) => `needs a text under ${heading}`),
    ...(purposeOf(page) === "" ? ["needs a sentence at the beginning of Purpose, for the index"] : []),
    ...(sectionOf(page, "Cost").includes("](../costs.md)") ? [] : ["needs a link to ../costs.md under Cost"]),
    ...(lines <= LONGEST_PAGE ? [] : [`needs to be shorter: ${LONGEST_PAGE} lines at most; got ${lines}`]),
  ];
}
