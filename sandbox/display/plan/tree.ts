/** The tree of a plan: a heading per component, its resources below, what is all new as one line with a count. */
import type { ResourceChange } from "../../events/changes";
import { typeOf } from "../../property/urn";
import type { Colors } from "../text/terminal";
import { inColumns } from "./layout";
import type { PlanModel, PlannedComponent } from "./model";
import { alike, resourceLines, typeNames, type ResourceStyle } from "./resource";
import { NO_LIMIT, type ValuesOf } from "./values";

/** How much is drawn. */
export interface TreeOptions {
  readonly columns: number;
  readonly colors: Colors;
  readonly valuesOf: ValuesOf;
  /** URNs of what is changed only to be again as it was before others changed it. */
  readonly undoes: ReadonlySet<string>;
  /** Every resource of every component, and every value. */
  readonly full: boolean;
  readonly plain: boolean;
  /** Where each resource is declared stands below it. */
  readonly declarations: boolean;
  /** Most lines of the tree without `--full`; deletions and replacements count, but always stand. */
  readonly budget: number;
}

/** Value lines of a resource, by how little room there is; 0 leaves names alone. */
const VALUE_LIMITS = [12, 6, 3, 1, 0] as const;

/** The lines of the tree: as much of every value as fits the budget. */
export function treeLines(model: PlanModel, options: TreeOptions): string[] {
  const types = model.components.flatMap(({ changes }) => changes.map(({ urn }) => typeOf(urn)));
  const base = { ...options, typeName: typeNames(types) };
  if (options.full) return detailed(model, { ...base, valueLimit: NO_LIMIT }, true);
  for (const valueLimit of VALUE_LIMITS) {
    const lines = detailed(model, { ...base, valueLimit }, false);
    if (lines.length <= options.budget) return lines;
  }
  return collapsed(model, { ...base, valueLimit: 1 });
}

function detailed({ components }: PlanModel, style: ResourceStyle, full: boolean): string[] {
  const isLine = ({ isNew, name, changes }: PlannedComponent): boolean =>
    !full && isNew && (name !== "" || changes.length > OUTSIDE_SHOWN);
  const opened = components.filter((component) => !isLine(component));
  return [...opened.flatMap((component) => openLines(component, style)), ...newLines(components.filter(isLine), style)];
}

function openLines(component: PlannedComponent, style: ResourceStyle): string[] {
  return [
    ...heading(component, style),
    ...alike(component.changes, style).flatMap((group) => resourceLines(group, style)),
  ];
}

function heading({ name, type }: PlannedComponent, { colors }: ResourceStyle): string[] {
  return name === "" ? [`  ${colors.dim("outside components")}`] : [`  ${colors.bold(name)}  ${colors.dim(type)}`];
}

/** Resources outside of components that are drawn one by one: a small program has nothing else. */
const OUTSIDE_SHOWN = 4;

/** Components drawn in one column before the rest is counted. */
const COMPONENTS_SHOWN = 12;

/** `+ network  Vpc  51`, in columns, the largest first; what stands outside of components is a count. */
function newLines(components: readonly PlannedComponent[], { columns, colors, plain }: ResourceStyle): string[] {
  const outside = components.filter(({ name }) => name === "").flatMap(({ changes }) => changes).length;
  const sorted = components
    .filter(({ name }) => name !== "")
    .toSorted((left, right) => right.changes.length - left.changes.length);
  const names = Math.max(0, ...sorted.map(({ name }) => name.length));
  const types = Math.max(0, ...sorted.map(({ type }) => type.length));
  const cells = sorted.map(
    ({ name, type, changes }) =>
      `+ ${name.padEnd(names)}  ${type.padEnd(types)} ${String(changes.length).padStart(COUNT)}`,
  );
  if (plain) return plainNewLines(sorted, outside);
  const all = inColumns(cells, 2, columns);
  const isLong = all.length > COMPONENTS_SHOWN;
  const omitted = isLong ? sorted.slice(COMPONENTS_SHOWN) : [];
  const omittedResources = omitted.flatMap(({ changes }) => changes).length;
  const rest = [
    ...(omitted.length === 0 ? [] : [`${omitted.length} components more: ${omittedResources} resources`]),
    ...(outside === 0 ? [] : [`${outside} outside components`]),
  ];
  const lines = [...(isLong ? inColumns(cells.slice(0, COMPONENTS_SHOWN), 2, columns) : all)];
  const last = rest.length === 0 ? [] : [`    and ${rest.join(", ")} (--full)`];
  return [...lines.map((line) => line.replaceAll("+ ", `${colors.green("+")} `)), ...last];
}

/** The same in words, one below the other and none left out. */
function plainNewLines(components: readonly PlannedComponent[], outside: number): string[] {
  const lines = components.map(({ name, type, changes }) => `  create ${type} ${name}: ${changes.length} resources`);
  return outside === 0 ? lines : [...lines, `  create ${outside} resources outside components`];
}

/** Digits of a component's count. */
const COUNT = 3;

/** Everything that does not stand in the way of a reader is a count; what is replaced or deleted keeps its line. */
function collapsed({ components }: PlanModel, style: ResourceStyle): string[] {
  const opened = components.filter(({ isNew }) => !isNew);
  return [
    ...opened.flatMap((component) => collapsedLines(component, style)),
    ...newLines(
      components.filter(({ isNew }) => isNew),
      style,
    ),
  ];
}

const isDangerous = ({ op }: ResourceChange): boolean => op === "replace" || op === "delete";

function collapsedLines(component: PlannedComponent, style: ResourceStyle): string[] {
  const { changes } = component;
  const dangerous = changes.filter(isDangerous);
  const groups = alike(dangerous, style).flatMap((group) => resourceLines(group, style));
  const count = (op: string): number => changes.filter((change) => change.op === op).length;
  const counts = [
    [count("update"), "to update"],
    [count("create"), "to create"],
    [count("same"), "with another protection"],
  ] as const;
  const rest = counts.flatMap(([number, label]) => (number === 0 ? [] : [`${number} ${label}`])).join(", ");
  const [head = ""] = heading(component, style);
  return [rest === "" ? head : `${head}   ${rest} (--full)`, ...groups];
}
