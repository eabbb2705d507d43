/** What each stack declares, resource by resource, against the record: `make update` rewrites it. */
import { describe, test } from "vitest";
import { foundationGraph } from "../support/foundation-account";
import { expectGolden } from "../support/golden";
import { goldenGraph } from "../support/golden-graph";
import { stackGraph } from "../support/stack-graph";

// Foreseen, not made: what only the cloud knows is the same sentinel in every run.
const foreseen = { preview: true };

describe("the graph of", () => {
  // prod first: the others are recorded as what differs from it.
  test.each(["prod", "staging", "dev"])("%s is the one that was reviewed", async (stack) => {
    const graph = await stackGraph(stack, foreseen);
    expectGolden(stack, goldenGraph(graph, { "fridayproof.dev/environment": stack }));
  });

  test("foundation is the one that was reviewed", async () => {
    const graph = await foundationGraph(foreseen);
    expectGolden("foundation", goldenGraph(graph, { "fridayproof.dev/stack": "foundation" }));
  });
});
