/** One resource of a plan: its line, and the lines of equal changes drawn together. */
import type { ResourceChange } from "../../events/changes";
import { isProviderType, nameOf } from "../../property/urn";
import type { Colors } from "../text/terminal";
import { withRight } from "./layout";
import { laidOut, type ValuesOf } from "./values";

/** How a change looks: `old first` is the one that interrupts, so it is drawn stronger. */
interface OperationStyle {
  readonly sign: string;
  readonly phrase: string;
  /** What stands in place of the sign where signs cannot be read. */
  readonly word: string;
  readonly paint: (colors: Colors, text: string) => string;
}

const LOOKS = {
  create: { sign: "+", phrase: "", word: "create", paint: ({ green }, text) => green(text) },
  update: { sign: "~", phrase: "update in place", word: "update in place", paint: ({ yellow }, text) => yellow(text) },
  delete: { sign: "-", phrase: "delete", word: "delete", paint: ({ red }, text) => red(text) },
  newFirst: {
    sign: "+-",
    phrase: "replace: new first, then the old one",
    word: "replace, new first",
    paint: ({ magenta }, text) => magenta(text),
  },
  oldFirst: {
    sign: "-+",
    phrase: "replace: OLD FIRST, then the new one",
    word: "replace, OLD FIRST",
    paint: ({ bold, red }, text) => bold(red(text)),
  },
  same: { sign: " ", phrase: "protection only", word: "protection only", paint: ({ dim }, text) => dim(text) },
} satisfies Readonly<Record<string, OperationStyle>>;

const UNDOES = "only undoes drift";
const STAYS = "leaves the stack, stays in the cloud";

function operationStyleOf({ op, deleteFirst, old }: ResourceChange): OperationStyle {
  if (op === "replace") return deleteFirst ? LOOKS.oldFirst : LOOKS.newFirst;
  if (op === "delete" && old?.retainOnDelete === true) return { ...LOOKS.delete, phrase: STAYS, word: STAYS };
  return LOOKS[op];
}

/** The last part of a type token; with its package where another type of this plan shares it. */
export type TypeName = (type: string) => string;

/** Type names for these types: as short as they stay distinct. */
export function typeNames(types: Iterable<string>): TypeName {
  const tokens = new Map<string, Set<string>>();
  const last = (type: string): string => (isProviderType(type) ? "Provider" : type.slice(type.lastIndexOf(":") + 1));
  for (const type of types) tokens.set(last(type), (tokens.get(last(type)) ?? new Set()).add(type));
  return (type) =>
    !isProviderType(type) && (tokens.get(last(type))?.size ?? 0) > 1
      ? `${type.split(":")[0] ?? ""}:${last(type)}`
      : last(type);
}

/** Resources that change alike. */
export interface AlikeChanges {
  readonly first: ResourceChange;
  readonly others: readonly ResourceChange[];
  /** Lines of values, the same for all. */
  readonly values: readonly string[];
}

/** What is drawn below a resource, and how. */
export interface ResourceStyle {
  readonly valuesOf: ValuesOf;
  readonly columns: number;
  readonly colors: Colors;
  readonly typeName: TypeName;
  /** Most value lines of a resource. */
  readonly valueLimit: number;
  /** Words instead of signs. */
  readonly plain: boolean;
  /** URNs of what is changed only to be again as it was before others changed it. */
  readonly undoes: ReadonlySet<string>;
  /** Where each resource is declared stands below it. */
  readonly declarations: boolean;
}

/** Updates of one type with the same values are drawn once, with their names; a replacement or deletion never is. */
export function alike(changes: readonly ResourceChange[], style: ResourceStyle): AlikeChanges[] {
  const groups = new Map<string, { first: ResourceChange; others: ResourceChange[]; values: readonly string[] }>();
  for (const change of changes) {
    const values = laidOut(style.valuesOf(change), style.valueLimit, style.columns);
    const canJoin = change.op === "update" && values.length > 0 && !style.declarations;
    const key = canJoin ? [change.now?.type, style.undoes.has(change.urn), ...values].join("\n") : change.urn;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: change, others: [], values });
    else group.others.push(change);
  }
  return [...groups.values()];
}

/** Names drawn of a group before the rest is counted. */
const NAMES_SHOWN = 2;

/** `network-endpoint-* (ec2, ecr-api, 5 more)`. */
export function joinedNames(names: readonly string[]): string {
  const [first = ""] = names;
  if (names.length === 1) return first;
  const common = names.reduce((prefix, name) => {
    let end = 0;
    while (end < prefix.length && prefix[end] === name[end]) end++;
    return prefix.slice(0, end);
  }, first);
  const prefix = common.slice(0, common.lastIndexOf("-") + 1);
  const tails = names.map((name) => name.slice(prefix.length));
  const shown = tails.slice(0, NAMES_SHOWN).join(", ");
  const rest = tails.length > NAMES_SHOWN ? `, ${tails.length - NAMES_SHOWN} more` : "";
  return prefix === "" ? `${shown}${rest}` : `${prefix}* (${shown}${rest})`;
}

/** The lines of resources that change alike. */
export function resourceLines({ first, others, values }: AlikeChanges, style: ResourceStyle): string[] {
  const { columns, colors, typeName } = style;
  const operationStyle = operationStyleOf(first);
  const { sign, paint } = operationStyle;
  const isUndone = style.undoes.has(first.urn);
  const word = isUndone ? UNDOES : operationStyle.word;
  const phrase = style.plain ? "" : isUndone ? UNDOES : operationStyle.phrase;
  const type = typeName((first.now ?? first.old)?.type ?? "");
  const name = others.length === 0 ? nameOf(first.urn) : joinedNames([first, ...others].map(({ urn }) => nameOf(urn)));
  const count = others.length === 0 ? "" : `${others.length + 1} `;
  const isOneLine = !style.plain && !style.declarations && columns > WIDE && values.length > 0 && values.length <= 2;
  const own = style.plain ? `  ${word}: ${count}${type} ${name}` : `  ${sign} ${count}${type} ${name}`;
  const declaration = style.declarations ? declarationOf(first) : undefined;
  const declared = declaration === undefined ? [] : [`      ${colors.dim(`declared at ${declaration}`)}`];
  const painted = (text: string): string =>
    (style.plain ? text : text.replace(`  ${sign} `, `  ${paint(colors, sign)} `)).replace(name, colors.bold(name));
  if (isOneLine) {
    const line = [own.padEnd(OWN_WIDTH), phrase, ...values.map((value) => value.trim())].join("     ");
    if (line.length < columns) return [painted(line)];
  }
  const [head = "", ...more] = withRight(own, phrase, Math.min(columns, NARROW));
  return [painted(head), ...more, ...declared, ...values];
}

/** `components/traffic/listeners.ts:53`, from the SDK's position of the declaration: `project:///file#line,column`. */
function declarationOf({ now, old }: ResourceChange): string | undefined {
  const [, file, line] = /^project:\/\/\/(.+)#(\d+),\d+$/.exec((now ?? old)?.sourcePosition ?? "") ?? [];
  // A position inside a package does not help.
  const isOurs = file !== undefined && !file.split("/").includes("node_modules");
  return isOurs && line !== undefined ? `${file}:${line}` : undefined;
}

/** From here on a resource's values stand on its line. Columns. */
const WIDE = 120;
/** The column in which what happens to a resource ends, on wide terminals too. */
const NARROW = 80;
/** Room for sign, type and name on a wide line. */
const OWN_WIDTH = 46;
