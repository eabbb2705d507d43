/** Differences as lines: what a plan prints below a resource. */
import { counted } from "@fridayproof/components/core";
import { isObject, isSecret, parseJson, UNKNOWN, type PropertyMap, type Value } from "../../property/values";
import type {
  Difference,
  DocumentDifference,
  LeafDifference,
  ListDifference,
  Side,
  TextDifference,
} from "./difference";
import { pathText, type DifferencePath } from "./path";
import { scalarText, type ValueFormat } from "./scalar";

/** One line below a resource; where it does not fit, `old` and `now` go below each other. */
export interface ValueLine {
  /** How deep it stands below its resource. */
  readonly depth: number;
  /** The path or what it means; empty for a line of a list or text. */
  readonly label: string;
  /** What stands beside the label, where it is not a change of one value. */
  readonly text?: string;
  readonly old?: string;
  readonly now?: string;
  /** A word behind the value, such as the reason of a replacement. */
  readonly note?: string;
  /** How many differing leaves this line shows or counts. */
  readonly leaves: number;
}

/** All lines of these differences, nothing left out but lines of long texts, which are counted. */
export function valueLines(differences: readonly Difference[], format: ValueFormat, depth = 0, from = 0): ValueLine[] {
  return grouped(differences, from).flatMap((group) => groupLines(group, format, depth, from));
}

/** Neighbours below one parent, whose path is then printed once. */
interface Group {
  readonly parent: DifferencePath;
  readonly members: readonly Difference[];
}

/** Differences with a common parent side by side are one group; those that stand alone are a group of one. */
function grouped(differences: readonly Difference[], from: number): Group[] {
  const groups: { parent: DifferencePath; members: Difference[] }[] = [];
  for (const difference of differences) {
    const parent = difference.path.slice(0, -1);
    const last = groups.at(-1);
    if (last !== undefined && parent.length > from && samePath(last.parent, parent)) last.members.push(difference);
    else groups.push({ parent, members: [difference] });
  }
  return groups;
}

const samePath = (left: DifferencePath, right: DifferencePath): boolean => pathText(left) === pathText(right);

function groupLines({ parent, members }: Group, format: ValueFormat, depth: number, from: number): ValueLine[] {
  if (members.length === 1 || parent.length <= from)
    return members.flatMap((member) => differenceLines(member, format, depth, from));
  const head: ValueLine = { depth, label: pathText(parent.slice(from)), leaves: 0 };
  return [head, ...members.flatMap((member) => differenceLines(member, format, depth + 1, parent.length))];
}

function differenceLines(difference: Difference, format: ValueFormat, depth: number, from: number): ValueLine[] {
  const label = pathText(difference.path.slice(from));
  switch (difference.kind) {
    case "leaf": {
      const { path, old, now } = difference;
      return [{ depth, label, old: oldText(difference, format), now: scalarText(now, format, path, old), leaves: 1 }];
    }
    case "secret":
      return [{ depth, label, text: secretText(difference.state), leaves: 1 }];
    case "order":
      return [{ depth, label, text: `order changed, same ${difference.equal}`, leaves: 1 }];
    case "list":
      return listLines(difference, label, format, depth);
    case "text":
      return textLines(difference, label, format, depth);
    case "document":
      return documentLines(difference, label, format, depth);
  }
}

/** A document of which nothing is known any more is named by its size, because nothing of it can be compared. */
function oldText({ old, now, path }: LeafDifference, format: ValueFormat): string {
  const document = now === UNKNOWN ? documentIn(old) : undefined;
  return document === undefined ? scalarText(old, format, path) : documentSize(document);
}

function documentIn(value: Side): Value | undefined {
  const document = typeof value === "string" ? parseJson(value) : value;
  return isObject(document) && !isSecret(document) ? document : undefined;
}

const secretText = (state: string): string =>
  ({ sealed: "(secret), same, and hidden from now on", exposed: "(secret) before, in the clear from now on" })[state] ??
  `(secret), ${state}`;

function listLines(
  { path, removed, added, equal }: ListDifference,
  label: string,
  format: ValueFormat,
  depth: number,
): ValueLine[] {
  const line = (sign: string, item: Value): ValueLine => {
    return { depth: depth + 1, label: "", text: `${sign} ${scalarText(item, format, path)}`, leaves: 1 };
  };
  const items = [...removed.map((item) => line("-", item)), ...added.map((item) => line("+", item))];
  const head: ValueLine = { depth, label, text: equal === 0 ? "" : `${equal} equal`, leaves: 0 };
  return [head, ...items];
}

/** Changed lines with one on either side. */
function textLines({ lines }: TextDifference, label: string, format: ValueFormat, depth: number): ValueLine[] {
  const isNear = (index: number): boolean =>
    [index - 1, index, index + 1].some((at) => (lines[at]?.sign ?? " ") !== " ");
  const near = lines.filter((_, index) => isNear(index));
  const shown = near.slice(0, format.textLines);
  const rest = near.slice(format.textLines).filter(({ sign }) => sign !== " ").length;
  const changed = shown.filter(({ sign }) => sign !== " ").length;
  return [
    { depth, label, leaves: 0 },
    ...shown.map(({ sign, text }): ValueLine => {
      return { depth: depth + 1, label: "", text: `${sign} ${text}`.trimEnd(), leaves: sign === " " ? 0 : 1 };
    }),
    ...(rest === 0 ? [] : [{ depth: depth + 1, label: "", text: `${rest} lines more (--full)`, leaves: rest }]),
    ...(changed + rest === 0 ? [{ depth: depth + 1, label: "", text: "text differs", leaves: 1 }] : []),
  ];
}

function documentLines(
  { path, inner, leaves }: DocumentDifference,
  label: string,
  format: ValueFormat,
  depth: number,
): ValueLine[] {
  if (inner.length === 0) return [{ depth, label, text: "text differs, same document", leaves: 1 }];
  const head: ValueLine = {
    depth,
    label,
    text: `${inner.length} of ${Math.max(leaves, inner.length)} values differ`,
    leaves: 0,
  };
  return [head, ...valueLines(inner, format, depth + 1, path.length)];
}

/** How a document that is known only in the update is named: by what it holds now. */
function documentSize(document: Value): string {
  const statements = isObject(document) ? (document as PropertyMap).Statement : undefined;
  if (Array.isArray(statements)) return counted(statements.length, "statement");
  const size = isObject(document) ? Object.keys(document).length : 0;
  return counted(size, "entry");
}
