/** YAML inside a text is read as Go reads it, with the templates in it left as texts. */
import { describe, expect, it } from "vitest";
import { Field } from "../../../../policies/kit/reading/field";
import { yamlIn } from "../../../../policies/kit/reading/yaml-text";

const read = (text: unknown): unknown => yamlIn(new Field(text, "data.values")).value();

describe("YAML in a text", () => {
  it("keeps the path of its field", () => {
    expect(yamlIn(new Field("a: { b: 1 }", "data.values")).at("a", "b").path).toBe("data.values.a.b");
  });

  it("has merge keys and the words of YAML 1.1", () => {
    expect(read("a: &a { on: yes }\nb: { <<: *a }\n")).toEqual({ a: { true: true }, b: { true: true } });
    expect(read("[1, 2]")).toEqual([1, 2]);
  });

  it.each([undefined, "", "a sentence", "12", "~", "yes", "a: *b"])("%s is none", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it("leaves out actions that stand alone on a line", () => {
    expect(read("{{- if .Values.on }}\na: 1\n  {{ end }}  \nb: 2\n")).toEqual({ a: 1, b: 2 });
    expect(read("a: {{ .Values.a }} # kept\nb: 2\n")).toEqual({ a: "{{ .Values.a }} # kept", b: 2 });
  });

  it("takes a template that stands bare as a value for a text", () => {
    expect(read("a: {{ .a }}  \nb:\n  - {{ .b }}\n  - c.d/e-f:  {{ .c }}-x\n")).toEqual({
      a: "{{ .a }}",
      b: ["{{ .b }}", { "c.d/e-f": "{{ .c }}-x" }],
    });
    expect(read("- {{ .a }}\n")).toEqual(["{{ .a }}"]);
  });

  it("leaves a template in quotes, and one behind other text, as it is", () => {
    expect(read("a: '{{ .a }}'\nb: x {{ .b }}\n")).toEqual({ a: "{{ .a }}", b: "x {{ .b }}" });
    expect(read("{ a: '{{ .a }}' }")).toEqual({ a: "{{ .a }}" });
    expect(read("a: {{ .a }} 'b'\nc: 1\n")).toMatchObject({ c: 1 });
    expect(read("a: b - {{ .a }}\n")).toEqual({ a: "b - {{ .a }}" });
    expect(read("a: {{ default 'x' .a }}\n")).toEqual({ a: "{{ default 'x' .a }}" });
    expect(Object.keys(read("{{ .a }}: 1\nb: 2\n") as object)).toHaveLength(2);
  });

  it("says nothing of a text that is a template alone, and of broken YAML as much as can be read", () => {
    expect(read("{{ .a }}")).toBeUndefined();
    expect(read("a: [")).toEqual({ a: [] });
  });
});
