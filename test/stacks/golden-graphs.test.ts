/** What each environment declares, resource by resource, against the record: `make goldens` rewrites it. */
import { describe, test } from "vitest";
import { expectGolden } from "../support/golden";
import { goldenGraph } from "../support/golden-graph";
import { stackGraph } from "../support/stack-graph";

describe("the graph of", () => {
  // Foreseen, not made: what only the cloud knows is the same sentinel in every run.
  test.each(["dev", "staging", "prod"])("%s is the one that was reviewed", async (stack) => {
    const graph = await stackGraph(stack, { preview: true });
    expectGolden(stack, goldenGraph(graph, { "fridayproof.dev/environment": stack }));
  });
});
