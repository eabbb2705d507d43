/** A program reads its own stack's state: as it was before the run, as plain data, and of no other stack. */
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { expect, it } from "vitest";
import { Snapshot } from "../../../sandbox/state/snapshot";
import { resourceReference } from "../../../sandbox/property/values";
import { readOwnState } from "../../../stacks/transition/engine-state";
import { graphOf } from "../../support/graph";
import { FakeProviders } from "../../support/fake-providers";

const options = () => ({ project: "rec", packages: new FakeProviders().packages() });
const text = (name: string) => new random.RandomString(name, { length: 3 });

it("knows nothing before the first update that ended well", async () => {
  let seen: unknown = "not asked";
  const program = async () => {
    seen = await readOwnState();
    return { word: text("word").result };
  };
  const { snapshot } = await graphOf(program, { ...options(), preview: true });
  expect(seen).toBeUndefined();
  await graphOf(program, { ...options(), snapshot });
  expect(seen).toBeUndefined();
});

it("gets type and outputs of every resource, references as ids, and in a preview the same", async () => {
  const { snapshot } = await graphOf(() => ({ word: text("word").result }), options());
  const held = snapshot.list().map((row) =>
    row.type === "random:index/randomString:RandomString"
      ? {
          ...row,
          outputs: { length: 3, other: resourceReference("urn:other", "id-1"), part: resourceReference("urn:x") },
        }
      : row,
  );
  const urn = "urn:pulumi:dev::rec::random:index/randomString:RandomString::word";
  for (const preview of [true, false]) {
    let seen: unknown;
    const program = async () => {
      seen = (await readOwnState())?.[urn];
    };
    await graphOf(program, { ...options(), snapshot: new Snapshot(held), preview });
    expect(seen).toEqual({
      type: "random:index/randomString:RandomString",
      outputs: { length: 3, other: "id-1", part: "urn:x" },
    });
  }
});

it("is refused any other stack's", async () => {
  const program = async () => {
    await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name: "organization/rec/prod" });
  };
  const graph = await graphOf(program, { ...options(), allowErrors: true });
  expect(graph.diagnostics.map(({ message }) => message).join("\n")).toContain(
    'unknown stack "organization/rec/prod"; the sandbox reads the run\'s own state only: "organization/rec/dev"',
  );
});
