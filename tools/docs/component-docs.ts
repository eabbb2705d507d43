/**
 * Makes the generated parts of docs/components/ from the components' sources and from what their examples declare.
 * `npm run components:docs` writes them: it runs the examples as the test does that holds the pages against the code.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { messageOf } from "@fridayproof/sandbox/errors";
import { argumentProblems } from "./component-docs/arguments";
import { type Component, componentsOf } from "./component-docs/component";
import { exampleLines, withExample } from "./component-docs/doc-example";
import { type Created, pageProblems, purposeOf, renderPage, replacePart } from "./component-docs/page";
import { sourcesBelow } from "./component-docs/source";

const root = path.resolve(__dirname, "../..");
const folder = "docs/components";
const INDEX = "README.md";

const read = (file: string): string | undefined => {
  const full = path.join(root, file);
  return existsSync(full) ? readFileSync(full, "utf8") : undefined;
};

/** Path of a component's example from the project's root. */
function exampleFile({ folder: home, page }: Component): string {
  return `test/components/${home}/examples/${page}.ts`;
}

/** Path of a component's source from the project's root. */
function sourceFile({ folder: home, page }: Component): string {
  return `components/${home}/${page}.ts`;
}

/** Path of a component's page from the project's root. */
function pageFile({ page }: Component): string {
  return `${folder}/${page}.md`;
}

/** The components of the platform. */
export function platformComponents(): Component[] {
  return componentsOf(sourcesBelow(path.join(root, "components")));
}

/** What nobody can generate; empty when every component has page and example, well described, and no page is left over. */
export function writtenProblems(components: readonly Component[]): string[] {
  const pages = new Set(components.map(({ page }) => `${page}.md`));
  const strangers = readdirSync(path.join(root, folder)).filter((file) => file !== INDEX && !pages.has(file));
  return [
    ...components.flatMap((component) => problemsOf(component)),
    ...strangers.map((file) => `${folder}/${file}: there is no such component; delete the page`),
  ];
}

function problemsOf(component: Component): string[] {
  const page = read(pageFile(component));
  const example = read(exampleFile(component));
  return [
    ...(page === undefined
      ? [`${pageFile(component)}: is missing; copy the headings and marks of another page`]
      : pageProblems(page, component.name).map((expected) => `${pageFile(component)}: ${expected}`)),
    ...(example === undefined ? [`${exampleFile(component)}: is missing; write a function that makes one`] : []),
    ...argumentProblems(component.name, component.arguments),
    ...nodeProblems(component),
  ];
}

function nodeProblems({ name, nodes }: Component): string[] {
  if (nodes.length === 0)
    return [`${name}: needs a getter nodes of type ${name}Nodes, the resources that it is made of`];
  const silent = nodes.filter(({ description }) => description === "");
  return silent.map((node) => `${name}Nodes.${node.name}: needs a doc comment`);
}

/** Every page and the index as they should be, by path from the project's root. */
export function componentPages(
  components: readonly Component[],
  createdBy: (component: Component) => Created,
): ReadonlyMap<string, string> {
  const pages = components.map((component) => {
    const file = pageFile(component);
    const parts = { component, example: read(exampleFile(component)) ?? "", created: createdBy(component) };
    return [file, about(file, () => renderPage(read(file) ?? "", parts))] as const;
  });
  const index = `${folder}/${INDEX}`;
  const rows = components.map((component) => {
    const purpose = purposeOf(read(pageFile(component)) ?? "");
    return `| [${component.name}](${component.page}.md) | ${purpose} | \`components/${component.folder}\` |`;
  });
  const head = "| component | purpose | folder |\n| --- | --- | --- |";
  const table = [head, ...rows].join("\n");
  return new Map([...pages, [index, about(index, () => replacePart(read(index) ?? "", "index", table))]]);
}

/** Every component's source with the example in its doc comment, by path from the project's root. */
export function exampledSources(components: readonly Component[]): ReadonlyMap<string, string> {
  const sources = components.map((component) => {
    const file = sourceFile(component);
    const example = about(exampleFile(component), () =>
      exampleLines(read(exampleFile(component)) ?? "", component.name),
    );
    return [file, about(file, () => withExample(read(file) ?? "", component.name, example))] as const;
  });
  return new Map(sources);
}

/** An error without the name of its file would leave two dozen pages to be searched. */
function about<T>(file: string, render: () => T): T {
  try {
    return render();
  } catch (error) {
    throw new Error(`${file}: ${messageOf(error)}`);
  }
}
