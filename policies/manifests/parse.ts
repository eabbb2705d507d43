/** Reads manifests as kubectl and Argo CD do: YAML 1.1 with merge keys and `yes` and `no` as booleans, or JSON. */
import { type Document, isCollection, isNode, parseAllDocuments, type Tags, visit } from "yaml";
import { refusalOfKind } from "../kit/kubernetes/served-kinds";
import type { ResourceInput } from "../kit/reading/resource";
import { tokenOf } from "../kit/reading/types";
import { isRecord } from "../kit/reading/value";
import { isTooDeep } from "./nesting";

/** Objects and problems of one text. */
export interface Read {
  readonly inputs: readonly ResourceInput[];
  /** Problems of documents that are no Kubernetes objects, each with its position and its fix. */
  readonly problems: readonly string[];
}

/** A parsed text: its documents as plain data, or the reason why there is none. */
type Parsed = { readonly data: unknown } | { readonly problem: DocumentProblem };

interface DocumentProblem {
  readonly got: string;
  readonly expected?: string;
  readonly fix: string;
}

/**
 * Tags that kubectl's parser (go-yaml v2 in sigs.k8s.io/yaml) does not resolve: a day stays a text, and so does
 * `1:30`, which YAML 1.1 would count in sixties.
 */
const unresolved: ReadonlySet<unknown> = new Set(["tag:yaml.org,2002:timestamp"]);
const unresolvedFormats: ReadonlySet<unknown> = new Set(["TIME"]);

function tagsOfKubectl(tags: Tags): Tags {
  return [
    ...tags.filter((tag) => !isRecord(tag) || !(unresolved.has(tag["tag"]) || unresolvedFormats.has(tag["format"]))),
    octal,
  ];
}

/** Go also reads `0o17` as a number. */
const octal: Tags[number] = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  format: "OCT_GO",
  test: /^[-+]?0o[0-7_]+$/,
  resolve: (text: string) => {
    const digits = text.replaceAll("_", "").replace("0o", "");
    return Number.parseInt(digits, octalBase);
  },
};
const octalBase = 8;

/** The objects of one text; a document that is none is a problem, an empty one is not. */
export function readManifests(file: string, text: string): Read {
  const inputs: ResourceInput[] = [];
  const problems: string[] = [];
  documentsOf(file, text).forEach((parsed, index) => {
    const location = `${file}#${index}`;
    const problem = "problem" in parsed ? parsed.problem : problemOf(file, parsed.data);
    if (problem !== undefined) {
      const { got, expected = "a Kubernetes object", fix } = problem;
      problems.push(`${location}: got ${got}; expected ${expected}. Fix: ${fix}.`);
    } else if ("data" in parsed && isRecord(parsed.data)) {
      const props = parsed.data;
      const type = tokenOf(String(props["apiVersion"]), String(props["kind"]));
      inputs.push({ type, name: nameOf(props) ?? `document ${index}`, urn: location, props });
    }
  });
  return { inputs, problems };
}

function documentsOf(file: string, text: string): readonly Parsed[] {
  const json = jsonOf(text);
  if (json !== undefined && "value" in json) return [{ data: json.value }];
  if (text.includes("\0")) return [{ problem: { got: "a text with NUL bytes", fix: "save the file as UTF-8" } }];
  if (isTooDeep(text)) return [{ problem: tooDeep }];
  // Argo CD reads such a file as JSON alone, and kubectl as well where it begins like an object.
  if (json !== undefined && /\.json$/i.test(file)) return [{ problem: noJson(json.message, text) }];
  return deepSafe(() =>
    parseAllDocuments(text, { version: "1.1", customTags: tagsOfKubectl, strict: true }).map((document) =>
      plain(document, text),
    ),
  );
}

/** The value of a text that is JSON, or the error of JSON's parser for one that begins like it: YAML has braces as well. */
function jsonOf(text: string): { readonly value: unknown } | { readonly message: string } | undefined {
  if (!/^\uFEFF?\s*[{[]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch (error) {
    return { message: String(error) };
  }
}

/** The parser's message quotes the text, which may contain a secret: only the position is taken from it. */
function noJson(message: string, text: string): DocumentProblem {
  const [, position] = /position (\d+)/.exec(message) ?? [];
  const line = text.slice(0, Number(position)).split("\n").length;
  const at = position === undefined ? "" : ` (line ${line})`;
  return { got: `no JSON${at}`, fix: "correct it there: JSON has no comments, and no comma behind the last member" };
}

const tooDeep: DocumentProblem = { got: "more nested levels than can be read", fix: "flatten it" };

/** A text nested deeper than the parser's stack is a problem instead of the end of the run. */
function deepSafe(read: () => readonly Parsed[]): readonly Parsed[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ problem: tooDeep }];
  }
}

function plain(document: Document.Parsed, text: string): Parsed {
  const [error] = document.errors;
  if (error !== undefined) {
    const isTemplate = /\{\{.*\}\}/.test(text.split("\n")[(error.linePos?.[0].line ?? 0) - 1] ?? "");
    return { problem: isTemplate ? template : unreadable(error.message) };
  }
  const key = compoundKey(document);
  if (key !== undefined) return { problem: text[key - 1] === "{" ? template : withoutName };
  try {
    const data: unknown = document.toJS();
    return holdsItself(data)
      ? { problem: { got: "an anchor that contains itself", fix: "write the value out where the alias stands" } }
      : { data };
  } catch (thrown) {
    if (thrown instanceof Error && /^merge sources/i.test(thrown.message)) return { problem: noMerge };
    if (!(thrown instanceof ReferenceError)) throw thrown;
    return /excessive alias/i.test(thrown.message)
      ? { problem: { got: "more aliases than YAML should need", fix: "write them out" } }
      : {
          problem: { got: "an alias without its anchor", fix: "set the anchor before the alias, in the same document" },
        };
  }
}

/** Braces of a template are a map within a map to YAML, which no object has. */
const template: DocumentProblem = {
  got: "a template that is not rendered",
  expected: "what it renders to",
  fix: "render it first: helm template <chart> | fridayproof lint-manifests -",
};
const withoutName: DocumentProblem = { got: "a list or a map as a key", fix: "write a text as the key" };
const noMerge: DocumentProblem = {
  got: "a merge key (<<) of what is no map",
  fix: "merge a map, a list of maps, or their aliases",
};

/** Position of the first key that is a list or a map: an object's members have names. */
function compoundKey(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, {
    Pair: (_place, { key }) => {
      if (!isNode(key) || !isCollection(key)) return undefined;
      found = key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

function unreadable(words: string): DocumentProblem {
  return /call stack/i.test(words) ? tooDeep : { got: noYaml(words), fix: "correct it there" };
}

/** The parser's message as `got`: its first line has the error and the position, the others quote the text. */
export function noYaml(words: string): string {
  return `no YAML (${words.split("\n", 1).join("").replace(/[.:]$/, "")})`;
}

/** Whether a value contains itself; done with a stack of its own, because the nesting may be deep. */
function holdsItself(root: unknown): boolean {
  const above = new Set<unknown>();
  const done = new Set<unknown>();
  const stack: { readonly value: unknown; readonly leave: boolean }[] = [{ value: root, leave: false }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value, leave } = next;
    if (typeof value !== "object" || value === null) continue;
    if (leave) {
      above.delete(value);
      done.add(value);
      continue;
    }
    if (above.has(value)) return true;
    if (done.has(value)) continue;
    above.add(value);
    stack.push({ value, leave: true });
    for (const member of Object.values(value)) stack.push({ value: member, leave: false });
  }
  return false;
}

/** The problem of a document that is no object; an empty document has none. */
function problemOf(file: string, data: unknown): DocumentProblem | undefined {
  if (data === null) return undefined;
  const { apiVersion, kind } = isRecord(data) ? data : {};
  if (apiVersion === undefined && kind === undefined && valuesOfChart.test(file))
    return { got: "values of a chart", expected: "what the chart renders to", fix: "move the file out of the folder" };
  if (typeof apiVersion !== "string" || typeof kind !== "string")
    return { got: "a document without apiVersion or kind", fix: "add both, or move it out of the folder" };
  return refusalOfKind(apiVersion, kind);
}

/** Usual names of files with values of a chart: `values.yaml`, `values-prod.yaml`, `prod.values.yml`. */
const valuesOfChart = /(^|[/.-])values([.-][^/]*)?\.(ya?ml|json)$/;

function nameOf(props: Readonly<Record<string, unknown>>): string | undefined {
  const metadata = props["metadata"];
  const name = isRecord(metadata) ? metadata["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}
