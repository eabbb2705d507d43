/** YAML inside a text: a patch of a template, a value of a ConfigMap, a file of values. */
import { parse } from "yaml";
import { Field } from "./field";

/**
 * A field's text parsed as YAML, at the field's own path: a list or an object, or nothing where it cannot be parsed.
 * Templates of Go and of fasttemplate stay in it as texts.
 * @throws UnknownRead @throws MalformedRead when the field is no text.
 */
export function yamlIn(field: Field): Field {
  return new Field(parsed(withoutTemplates(field.textOrEmpty())), field.path);
}

function parsed(text: string): unknown {
  try {
    // Go's YAML library resolves merge keys, and `yes` and `no` as YAML 1.1 does.
    const value: unknown = parse(text, { version: "1.1", logLevel: "silent" });
    return typeof value === "object" ? value : undefined;
  } catch {
    // An alias without its anchor.
    return undefined;
  }
}

/** An action alone on its line is no value: conditions, loops and comments of Go templates. */
function withoutTemplates(text: string): string {
  const lines = text.split("\n").filter((line) => !/^\s*\{\{.*\}\}\s*$/.test(line));
  return quoted(lines).join("\n");
}

/** An unquoted template as a value would be parsed as a flow map. */
function quoted(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line.replace(/^(\s*(?:- )?[\w./-]+:\s+|\s*- )(\{\{.*\}\}[^'"]*)$/, (_all, start: string, value: string) => {
      return `${start}'${value.replaceAll("'", "''").trim()}'`;
    }),
  );
}
