/** Manifests are read as kubectl reads them; the values of the table are what kubectl 1.35 makes of the same lines. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readManifests } from "../../../policies/manifests/parse";

const head = "apiVersion: v1\nkind: ConfigMap\n";
const propsOf = (text: string): unknown => readManifests("a.yaml", `${head}${text}`).inputs[0]?.props;
const valueOf = (text: string): unknown => (propsOf(`v: ${text}\n`) as { readonly v: unknown }).v;
const problems = (text: string): readonly string[] => readManifests("a.yaml", text).problems;

describe("YAML 1.1", () => {
  it.each([
    ["yes", true],
    ["On", true],
    ["y", true],
    ["off", false],
    ["No", false],
    ['"yes"', "yes"],
    ["1_000", 1000],
    ["017", 15],
    ["0o17", 15],
    ["0o1_7", 15],
    ["0x1F", 31],
    ["0b11", 3],
    ["1:30", "1:30"],
    ["2026-11-29", "2026-11-29"],
    ["2026-11-29T00:00:00Z", "2026-11-29T00:00:00Z"],
    ["~", null],
    ["!!str yes", "yes"],
  ])("%s", (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  it("resolves merge keys, one or several, and what stands beside them wins", () => {
    const common = "x-a: &a { privileged: true, user: 1 }\nx-b: &b { user: 2, group: 3 }\n";
    expect(propsOf(`${common}v: { <<: *a, user: 9 }\n`)).toMatchObject({ v: { privileged: true, user: 9 } });
    expect(propsOf(`${common}v: { <<: [*b, *a] }\n`)).toMatchObject({ v: { privileged: true, user: 2, group: 3 } });
    expect(propsOf("v: { <<: { privileged: true } }\n")).toMatchObject({ v: { privileged: true } });
  });
});

describe("JSON", () => {
  it("is read as one object, with a mark in front as well", () => {
    const text = JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "a" } }, undefined, "\t");
    for (const given of [text, `\uFEFF${text}`])
      expect(readManifests("a.json", given).inputs).toEqual([
        { type: "kubernetes:core/v1:Pod", name: "a", urn: "a.json#0", props: JSON.parse(text) },
      ]);
  });

  it("is refused in a file of its name where it is none, without a word of the text", () => {
    const fix = "Fix: correct it there: JSON has no comments, and no comma behind the last member.";
    const kind = '{"apiVersion": "v1",\n"kind": "Secret",';
    const place = (text: string): readonly string[] => readManifests("a.JSON", text).problems;
    expect(place(`${kind}\n}`)).toEqual([`a.JSON#0: got no JSON (line 3); expected a Kubernetes object. ${fix}`]);
    expect(place("{ key: hunter2 }").join()).toMatch(/^a\.JSON#0: got no JSON( \(line 1\))?; expected/);
    expect(place("{ key: hunter2 }").join()).not.toContain("hunter2");
    expect(place('{"apiVersion": "v1", "kind": "Pod"}\n{}').join()).toContain("got no JSON (line 2)");
    expect(readManifests("a.yaml", `${kind}\n}`).inputs).toHaveLength(1);
  });

  it("takes the last of two members of one name, which YAML refuses", () => {
    const twice = '{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1"}, "data": {"a": "2"}}';
    for (const before of ["", "\uFEFF", " \n ", "\uFEFF\n"])
      expect(readManifests("a.json", `${before}${twice}`).inputs[0]?.props).toEqual({
        apiVersion: "v1",
        kind: "ConfigMap",
        data: { a: "2" },
      });
    expect(problems(`${head}data: { a: 1, a: 2 }\n`)).toEqual([
      expect.stringMatching(/^a\.yaml#0: got no YAML \(Map keys must be unique at line 3, column \d+\); expected /),
    ]);
  });

  it("gives the same objects as YAML does", () => {
    // A member named `<<` merges another one in YAML 1.1, and is a member like any other in JSON.
    const value = fc
      .jsonValue({ maxDepth: 4, noUnicodeString: true })
      .filter((one) => !JSON.stringify(one).includes('"<<"'));
    fc.assert(
      fc.property(value, (given) => {
        const object = { apiVersion: "v1", kind: "ConfigMap", given: JSON.parse(JSON.stringify(given)) as unknown };
        const read = (text: string): unknown => readManifests("a", text).inputs[0]?.props;
        expect(read(JSON.stringify(object))).toEqual(object);
        expect(read(stringify(object, { version: "1.1" }))).toEqual(object);
      }),
    );
  });
});

describe("what is no object", () => {
  it("is told with its document and what to do", () => {
    expect(problems(`${head}---\nx: &x\n  y: *x\n`)).toEqual([
      "a.yaml#1: got an anchor that contains itself; expected a Kubernetes object. Fix: write the value out where the alias stands.",
    ]);
    expect(problems("a: *b\n")).toEqual([
      expect.stringMatching(
        /^a\.yaml#0: got (no YAML \(Unresolved alias.*\)|an alias without its anchor); expected a Kubernetes object\. Fix: /,
      ),
    ]);
    expect(problems("a\0b")).toEqual([
      "a.yaml#0: got a text with NUL bytes; expected a Kubernetes object. Fix: save the file as UTF-8.",
    ]);
    const deep = `apiVersion: v1\nkind: ConfigMap\ndata: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`;
    expect(problems(deep)).toEqual([
      "a.yaml#0: got more nested levels than can be read; expected a Kubernetes object. Fix: flatten it.",
    ]);
    expect(problems(`${head}data: { <<: 3 }\n`)).toEqual([
      "a.yaml#0: got a merge key (<<) of what is no map; expected a Kubernetes object. Fix: merge a map, a list of maps, or their aliases.",
    ]);
    expect(problems(`${head}data: { [a, b]: c }\n`)).toEqual([
      "a.yaml#0: got a list or a map as a key; expected a Kubernetes object. Fix: write a text as the key.",
    ]);
    expect(problems('{"apiVersion": "v1",')).toEqual([
      "a.yaml#0: got no YAML (Flow map must end with a } at line 1, column 21); expected a Kubernetes object. Fix: correct it there.",
    ]);
  });

  it.each([`${head}data: {{ .Values.data }}\n`, `${head}{{- if .Values.data }}\n{{- end }}\n`])(
    "is a template that nothing has rendered: %j",
    (text) => {
      expect(problems(text)).toEqual([
        "a.yaml#0: got a template that is not rendered; expected what it renders to. Fix: render it first: helm template <chart> | fridayproof lint-manifests -.",
      ]);
    },
  );

  it("is no template where its braces stand in a text and the fault elsewhere", () => {
    expect(problems(`${head}data:\n  a: "{{ .Values.a }}"\n\tb: c\n`)).toEqual([
      expect.stringMatching(/^a\.yaml#0: got no YAML \(Tabs are not allowed/),
    ]);
  });

  it.each([
    ["v1", "pod", "the kind pod in the group core, which no API serves", "write Pod in the group core"],
    [
      "apps/v1",
      "deployment",
      "the kind deployment in the group apps, which no API serves",
      "write Deployment in the group apps",
    ],
    [
      "Apps/v1",
      "Deployment",
      "the kind Deployment in the group Apps, which no API serves",
      "write Deployment in the group apps",
    ],
    ["v1", "Deployment", "the kind Deployment in the group core, which no API serves", "write it in the group apps"],
    [
      "apps/v1",
      "Deploymentt",
      "the kind Deploymentt in the group apps, which no API serves",
      "correct apiVersion and kind",
    ],
    [
      "argoproj.io/v1alpha1",
      "rollout",
      "the kind rollout in the group argoproj.io, which no API serves",
      "write Rollout in the group argoproj.io",
    ],
    ["v1", "my secret!", "a kind in the group core, which no API serves", "correct apiVersion and kind"],
  ])("%s %s is refused", (apiVersion, kind, got, fix) => {
    expect(problems(stringify({ apiVersion, kind }))).toEqual([
      `a.yaml#0: got ${got}; expected a kind that the cluster serves. Fix: ${fix}.`,
    ]);
  });

  it.each([
    ["v1", "List"],
    ["apps/v1", "DeploymentList"],
    ["example.com/v1", "widget"],
    ["argoproj.io/v1alpha1", "EventBus"],
    ["extensions/v1beta1", "Ingress"],
  ])("%s %s is an object", (apiVersion, kind) => {
    expect(problems(stringify({ apiVersion, kind }))).toEqual([]);
  });

  it("names an object by its place where its name is no text, and wants both words of an object", () => {
    expect(readManifests("a.yaml", `${head}metadata: { name: 7 }\n`).inputs[0]?.name).toBe("document 0");
    for (const text of ["kind: ConfigMap\n", "apiVersion: v1\n"])
      expect(readManifests("values.yaml", text).problems).toEqual([
        "values.yaml#0: got a document without apiVersion or kind; expected a Kubernetes object. Fix: add both, or move it out of the folder.",
      ]);
  });

  it.each(["values.yaml", "charts/values-prod.yaml", "prod.values.yml", "values.json"])(
    "takes %s without apiVersion and kind for values of a chart",
    (file) => {
      expect(readManifests(file, "replicas: 3\n").problems).toEqual([
        `${file}#0: got values of a chart; expected what the chart renders to. Fix: move the file out of the folder.`,
      ]);
      expect(readManifests(file, "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n").problems).toEqual([]);
      expect(readManifests("myvalues.yaml", "replicas: 3\n").problems).toEqual([
        "myvalues.yaml#0: got a document without apiVersion or kind; expected a Kubernetes object. Fix: add both, or move it out of the folder.",
      ]);
    },
  );
});
