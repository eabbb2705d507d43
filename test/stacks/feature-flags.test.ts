/** An environment with flags: what the whole program makes of them, on the simulated account, policies and permissions included. */
import { beforeAll, describe, expect, test } from "vitest";
import { plain, type Value } from "../../sandbox/property/values";
import { dev } from "../../stacks/environments/dev";
import { environment } from "../../stacks/environments/environment";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { checkout, flagged } from "../support/flagged-environment";
import type { Graph } from "../support/graph";
import { messageOf } from "../support/message-of";
import { graphOfInput } from "../support/replica-graph";

describe("an environment with flags", () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await graphOfInput(flagged);
  });

  test("has them in AppConfig under names that its applications' pods are rendered with", () => {
    expect(graph.byName("feature-flags-shop").inputs).toMatchObject({
      name: "dev-shop",
      tags: { "fridayproof.dev/environment": "dev" },
    });
    const content = JSON.parse(String(plain(graph.byName("feature-flags-shop-flags").inputs["content"] as Value))) as {
      readonly values: object;
    };
    expect(Object.keys(content.values)).toEqual(["checkout"]);
  });

  test("gives the pods of each application with flags, and of no other, a role that reads them", () => {
    const associations = graph.ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation");
    const readers = associations.filter(({ name }) => name.includes("-flags-"));
    expect(readers.map(({ inputs }) => [inputs["namespace"], inputs["serviceAccount"]])).toEqual([["shop", "shop"]]);
    const policy = String(graph.byName("blue-shop-flags-policy").inputs["policy"]);
    const profile = String(graph.byName("feature-flags-shop-profile").outputs["configurationProfileId"]);
    expect(policy).toContain(
      `${String(graph.byName("feature-flags-shop-environment").outputs["arn"])}/configuration/${profile}`,
    );
  });

  test("has the roles before Argo CD starts a pod that needs one", () => {
    const applications = graph.resources.find(({ type }) => type.endsWith(":ApplicationSet"));
    const association = graph.byName("blue-shop-flags-association");
    expect(applications?.dependencies).toContain(association.urn);
  });
});

test("the first flags of an environment that stands are only created: nothing of it is replaced or updated", async () => {
  const { flags: _none, ...without } = flagged;
  const { account, snapshot } = await graphOfInput(without);
  const { steps } = await graphOfInput(flagged, { account, snapshot, preview: true });
  expect(steps.filter(({ op }) => op !== "create").map(({ op, urn }) => `${op} ${urn}`)).toEqual([]);
  expect(steps.map(({ urn }) => urn.split("::").pop())).toContain("blue-shop-flags-association");
});

test("an environment without flags has nothing of them", async () => {
  const { resources } = await graphOfInput(dev);
  expect(resources.filter(({ type, name }) => type.includes("appconfig") || name.includes("flags"))).toEqual([]);
});

test("flags of an application that is none here, and wrong ones, are refused with the environment's file", () => {
  const refused = (flags: EnvironmentInput["flags"]) => messageOf(() => environment({ ...flagged, flags }));
  expect(refused({ cart: { checkout } })).toBe(
    '1 problem in environment "dev":\n  flags.cart: got "cart"; allowed: one of gitOps.applications; fix: Name it in applications too: only an application with pods here can read them.',
  );
  expect(refused({ shop: { checkout: { ...checkout, owner: "?" } } })).toBe(
    '1 problem in environment "dev":\n  flags.shop.checkout.owner: got "?"; allowed: a team; fix: Name the team that owns the flag.',
  );
  expect(refused({ shop: { checkout: { ...checkout, percent: 5 } as never } })).toContain("flags.shop.checkout");
});
