/** A renamed parent takes its children along, however deep; two resources cannot claim one of the state. */
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { describe, expect, it } from "vitest";
import { graphOf, type Graph } from "../../support/graph";
import { FakeProviders } from "../../support/fake-providers";

const options = () => ({ project: "rec", packages: new FakeProviders().packages() });

class Component extends pulumi.ComponentResource {}

/** A component in a component with a string in it, each named after its parent. */
function nested(type: string, name: string, aliases: pulumi.Alias[] = []): void {
  const outer = new Component(type, name, {}, { aliases });
  const inner = new Component("lab:index:Inner", `${name}-inner`, {}, { parent: outer });
  new random.RandomString(`${name}-inner-text`, { length: 3 }, { parent: inner });
  new random.RandomString("other", { length: 3 }, { parent: inner });
}

const idsOf = ({ resources }: Graph): string[] =>
  resources.filter(({ type }) => type === "random:index/randomString:RandomString").map(({ id }) => id ?? "");

describe("a parent's alias", () => {
  it("keeps its grandchildren when its type changes", async () => {
    const before = await graphOf(() => nested("lab:index:Old", "net"), options());
    const { snapshot } = before;
    const after = await graphOf(() => nested("lab:index:New", "net", [{ type: "lab:index:Old" }]), {
      ...options(),
      snapshot,
    });
    expect(after.steps.map(({ op, urn }) => `${op} ${urn}`)).toEqual([]);
    expect(idsOf(after)).toEqual(idsOf(before));
  });

  it("keeps those that are named after it when its name changes", async () => {
    const before = await graphOf(() => nested("lab:index:Outer", "net"), options());
    const { snapshot } = before;
    const after = await graphOf(() => nested("lab:index:Outer", "web", [{ name: "net" }]), { ...options(), snapshot });
    expect(after.steps.map(({ op, urn }) => `${op} ${urn}`)).toEqual([]);
    expect(after.resources.map(({ name }) => name)).toContain("web-inner-text");
  });
});

describe("a resource of the state", () => {
  const TYPE = "random:index/randomString:RandomString";
  const urn = (name: string): string => `urn:pulumi:dev::rec::${TYPE}::${name}`;
  const text = (name: string, aliases: pulumi.Alias[] = [], dependsOn: pulumi.Resource[] = []): pulumi.Resource =>
    new random.RandomString(name, { length: 3 }, { aliases, dependsOn });

  const errors = async (program: () => unknown): Promise<string[]> => {
    const { snapshot } = await graphOf(() => void text("old"), options());
    const graph = await graphOf(() => void program(), { ...options(), snapshot, allowErrors: true });
    expect(graph.exitCode).toBe(1);
    return graph.diagnostics.map(({ message }) => message);
  };

  it("is not renamed away from the resource that bears its name", async () => {
    expect(await errors(() => [text("old"), text("new", [{ name: "old" }])])).toContain(
      `Duplicate resource alias '${urn("old")}' applied to resource with URN '${urn("new")}' conflicting with resource with URN '${urn("new")}'`,
    );
    expect(await errors(() => text("old", [], [text("new", [{ name: "old" }])]))).toContain(
      `Duplicate resource URN '${urn("old")}' conflicting with alias on resource with URN '${urn("new")}'`,
    );
  });

  it("is not claimed by two", async () => {
    expect(await errors(() => text("two", [{ name: "old" }], [text("one", [{ name: "old" }])]))).toContain(
      `Duplicate resource alias '${urn("old")}' applied to resource with URN '${urn("two")}' conflicting with resource with URN '${urn("one")}'`,
    );
  });
});
