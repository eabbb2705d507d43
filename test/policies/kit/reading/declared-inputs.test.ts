/** What a preview shows of objects in a cluster that does not exist yet. */
import { describe, expect, it } from "vitest";
import { DeclaredInputs } from "../../../../policies/kit/reading/declared-inputs";
import { resolveNamespaces } from "../../../../policies/kit/reading/unknown-namespaces";
import type { ResourceInput } from "../../../../policies/kit/reading/resource";
import { SECRET, SIGNATURE, unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const service = "kubernetes:core/v1:Service";

describe("a resource without outputs", () => {
  const inputs = { spec: { type: "ClusterIP" } };
  const kept = (): DeclaredInputs => {
    const declared = new DeclaredInputs();
    declared.keep(service, "urn:web", inputs);
    return declared;
  };

  it("shows what its program declares", () => {
    const declared = kept();
    expect(declared.propsOf(service, "urn:web", {})).toBe(inputs);
    expect(declared.propsOf(service, "urn:web", { id: UNKNOWN })).toBe(inputs);
  });

  it("keeps its outputs where it has some", () => {
    expect(kept().propsOf(service, "urn:web", { spec: {} })).toEqual({ spec: {} });
    const outputs = { id: "vpc", cidrBlock: "10.0.0.0/16" };
    expect(kept().propsOf("aws:ec2/vpc:Vpc", "urn:vpc", outputs)).toBe(outputs);
  });

  it("is hidden where no rule was asked about it, and in AWS", () => {
    const declared = kept();
    expect(declared.propsOf(service, "urn:other", {})).toBe(UNKNOWN);
    declared.keep("aws:ec2/vpc:Vpc", "urn:vpc", { cidrBlock: "10.0.0.0/16" });
    expect(declared.propsOf("aws:ec2/vpc:Vpc", "urn:vpc", { id: UNKNOWN })).toBe(UNKNOWN);
  });

  it.each([
    ["says nothing", service, {}],
    ["is a list", service, [1]],
    ["is of another provider", "my-kubernetes:core/v1:Service", inputs],
  ])("is hidden where what its program declares %s", (_, type, given) => {
    const declared = new DeclaredInputs();
    declared.keep(type, "urn:web", given);
    expect(declared.propsOf(service, "urn:web", {})).toBe(UNKNOWN);
  });

  it("of no provider whose rules read it is left as it is", () => {
    const declared = kept();
    declared.keep("random:index:RandomId", "urn:id", { byteLength: 4 });
    expect(declared.propsOf("random:index:RandomId", "urn:id", {})).toEqual({});
  });
});

describe("a list that AWS fills", () => {
  const group = "aws:ec2/securityGroup:SecurityGroup";
  const shown = (urn: string): unknown => {
    const declared = new DeclaredInputs();
    declared.keep(group, "urn:plain", { name: "web" });
    declared.keep(group, "urn:inline", { name: "web", ingress: UNKNOWN });
    return declared.propsOf(group, urn, outputs);
  };
  const outputs = { name: "web", arn: UNKNOWN, ingress: UNKNOWN, egress: [] };

  it("is absent where the program states none", () => {
    expect(shown("urn:plain")).toEqual({ name: "web", arn: UNKNOWN, egress: [] });
  });

  it("is hidden where the program states one, or nobody was asked", () => {
    expect(shown("urn:inline")).toEqual(outputs);
    expect(shown("urn:other")).toBe(outputs);
  });
});

describe("a hidden namespace", () => {
  const shop: ResourceInput = {
    type: "kubernetes:core/v1:Namespace",
    name: "shop",
    urn: "urn:shop",
    props: { metadata: { name: "shop" } },
  };
  const one = (props: unknown, links: Record<string, readonly string[]>, type = service): ResourceInput => ({
    type,
    name: "web",
    urn: "urn:web",
    props,
    links,
  });
  const after = (input: ResourceInput, namespace = shop): unknown => resolveNamespaces([namespace, input])[1]?.props;
  const metadata = { name: "web", namespace: UNKNOWN };

  it("is that of the declared Namespace from which alone it was made", () => {
    expect(after(one({ metadata }, { metadata: ["urn:shop"] }))).toEqual({
      metadata: { name: "web", namespace: "shop" },
    });
    const release = one(
      { namespace: UNKNOWN, chart: "web" },
      { namespace: ["urn:shop"] },
      "kubernetes:helm.sh/v3:Release",
    );
    expect(after(release)).toEqual({ namespace: "shop", chart: "web" });
  });

  it("stays hidden where more than one resource made it, or another one", () => {
    const inputs = [one({ metadata }, { metadata: ["urn:shop", "urn:x"] }), one({ metadata }, { metadata: ["urn:x"] })];
    for (const input of [...inputs, one({ metadata }, {})]) expect(after(input)).toBe(input.props);
  });

  it("stays hidden where the Namespace's own name is", () => {
    const input = one({ metadata }, { metadata: ["urn:shop"] });
    expect(after(input, { ...shop, props: { metadata: { name: UNKNOWN } } })).toBe(input.props);
    expect(after(input, { ...shop, type: service })).toBe(input.props);
  });

  it("that is known is left alone, and so is what is no object of a cluster", () => {
    const known = one({ metadata: { namespace: "stock" } }, { metadata: ["urn:shop"] });
    expect(after(known)).toBe(known.props);
    const other = one({ namespace: UNKNOWN }, { namespace: ["urn:shop"] }, "aws:x/y:Y");
    expect(after(other)).toBe(other.props);
  });

  it("is found behind a secret's envelope", () => {
    const sealed = { [SIGNATURE]: SECRET, value: metadata };
    expect(after(one({ metadata: sealed }, { metadata: ["urn:shop"] }))).toEqual({
      metadata: { name: "web", namespace: "shop" },
    });
  });
});
