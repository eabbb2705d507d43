/** Finds the parts of a large JSON text without building it in memory: what no verdict needs is never parsed. */
import { PlanError } from "./plan-error";

/** Where a value stands in the bytes. */
export interface Span {
  readonly start: number;
  /** Of the byte after it. */
  readonly end: number;
}

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [OPEN_MAP, CLOSE_MAP, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
const SPACE = 0x20;

function incomplete(): PlanError {
  return new PlanError(
    "the JSON ends too early: the file is incomplete, as after a full disk or a broken pipe. Write the plan again.",
  );
}

function misplaced(at: number): PlanError {
  return new PlanError(`this is not JSON: byte ${at} is not what may stand there. Write the plan again.`);
}

function afterSpace(bytes: Buffer, at: number): number {
  let index = at;
  for (let byte = bytes[index]; byte !== undefined && byte <= SPACE; byte = bytes[index]) index++;
  return index;
}

/** After the text that begins at `at`. */
function afterText(bytes: Buffer, at: number): number {
  for (let end = bytes.indexOf(QUOTE, at + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let slashes = end;
    while (bytes[slashes - 1] === BACKSLASH) slashes--;
    if ((end - slashes) % 2 === 0) return end + 1;
  }
  throw incomplete();
}

/** After the map or list that begins at `at`. */
function afterNest(bytes: Buffer, at: number): number {
  let depth = 0;
  for (let index = at; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === QUOTE) index = afterText(bytes, index) - 1;
    else if (byte === OPEN_MAP || byte === OPEN_LIST) depth++;
    else if ((byte === CLOSE_MAP || byte === CLOSE_LIST) && --depth === 0) return index + 1;
  }
  throw incomplete();
}

/** After the value that begins at `at`. */
export function afterValue(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw incomplete();
  if (byte === QUOTE) return afterText(bytes, at);
  if (byte === OPEN_MAP || byte === OPEN_LIST) return afterNest(bytes, at);
  let end = at;
  for (let next = bytes[end]; next !== undefined && /[\w.+-]/.test(String.fromCharCode(next)); next = bytes[end]) end++;
  if (end === at) throw misplaced(at);
  return end;
}

/** Calls `visit` at the beginning of each item between two brackets; it gives where the item ends. Returns after the last one. */
function eachItem(bytes: Buffer, start: number, close: number, visit: (at: number) => number): number {
  let at = afterSpace(bytes, start + 1);
  if (bytes[at] === close) return at + 1;
  for (;;) {
    if (bytes[at] === undefined) throw incomplete();
    at = afterSpace(bytes, visit(at));
    if (bytes[at] === close) return at + 1;
    if (bytes[at] === undefined) throw incomplete();
    if (bytes[at] !== COMMA) throw misplaced(at);
    at = afterSpace(bytes, at + 1);
  }
}

/** The members of the map that begins at `start`, and where it ends. */
export function membersOf(
  bytes: Buffer,
  start = 0,
): { readonly members: ReadonlyMap<string, Span>; readonly end: number } {
  const members = new Map<string, Span>();
  const end = eachItem(bytes, start, CLOSE_MAP, (at) => {
    if (bytes[at] !== QUOTE) throw misplaced(at);
    const keyEnd = afterText(bytes, at);
    const colon = afterSpace(bytes, keyEnd);
    if (bytes[colon] === undefined) throw incomplete();
    if (bytes[colon] !== COLON) throw misplaced(colon);
    const valueStart = afterSpace(bytes, colon + 1);
    const valueEnd = afterValue(bytes, valueStart);
    members.set(parsed(bytes, { start: at, end: keyEnd }) as string, { start: valueStart, end: valueEnd });
    return valueEnd;
  });
  return { members, end };
}

/** The items of the list in a span; undefined where there is no list. */
export function itemsOf(bytes: Buffer, { start }: Span): readonly Span[] | undefined {
  if (bytes[start] !== OPEN_LIST) return undefined;
  const items: Span[] = [];
  eachItem(bytes, start, CLOSE_LIST, (at) => {
    const end = afterValue(bytes, at);
    items.push({ start: at, end });
    return end;
  });
  return items;
}

/** The value in a span. @throws PlanError where it is no JSON; its text is never repeated, it may hold secrets. */
export function parsed(bytes: Buffer, { start, end }: Span): unknown {
  try {
    return JSON.parse(bytes.toString("utf8", start, end)) as unknown;
  } catch {
    throw new PlanError(`this is not JSON: what begins at byte ${start} cannot be parsed. Write the plan again.`);
  }
}
