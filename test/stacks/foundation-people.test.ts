/** Who may take the roles of an account: the roles themselves, people by name, and nobody else. */
import { beforeAll, describe, expect, test } from "vitest";
import type { TrustStatement } from "../../components/aws/iam";
import { SANDBOX_ACCOUNT as ACCOUNT } from "../../stacks/inputs/conventions";
import { foundation } from "../../stacks/account/foundation";
import { accountRoleArn } from "../../stacks/inputs/roles";
import { foundationGraph } from "../support/foundation-account";
import type { Graph } from "../support/graph";

describe("the roles of an account", () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await foundationGraph();
  });

  const trustOf = (made: Graph, role: string) =>
    (JSON.parse(String(made.byName(`roles-${role}`).inputs.assumeRolePolicy)) as { Statement: TrustStatement[] })
      .Statement;

  test("lets deploy and preview take themselves again, by trust and by permission", () => {
    for (const role of ["deploy", "preview"] as const) {
      const arn = accountRoleArn(ACCOUNT, role);
      const itself = trustOf(graph, role).find(({ Sid }) => Sid === "ItselfThroughTheProvider");
      expect(itself?.Condition).toEqual({ ArnEquals: { "aws:PrincipalArn": arn } });
      const policies = graph.resources.filter(
        ({ name }) => name === `roles-${role}-policy` || name === "roles-deploy-roles",
      );
      const own = policies.flatMap(
        ({ inputs }) => (JSON.parse(String(inputs.policy)) as { Statement: TrustStatement[] }).Statement,
      );
      expect(
        own.filter(({ Action }) => [Action].flat().includes("sts:AssumeRole")).map(({ Resource }) => Resource),
      ).toContain(arn);
    }
  });

  test("names nobody in person unless its data do; then who bootstraps and who may use the break-glass role", async () => {
    const sids = (made: Graph, role: string) => trustOf(made, role).map(({ Sid }) => Sid);
    expect(sids(graph, "deploy")).toEqual(["WorkflowsOfTheRepository", "ItselfThroughTheProvider"]);
    expect(sids(graph, "break-glass")).toEqual(["PeopleWithASecondFactor"]);
    const people = { bootstrapPrincipals: ["user/alice"], breakGlassPrincipals: ["permission-set/OnCall"] };
    const named = await foundationGraph({ preview: true }, { ...foundation, ...people });
    expect(trustOf(named, "deploy").at(-1)).toMatchObject({
      Sid: "Bootstrap",
      Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:user/alice` } },
    });
    expect(sids(named, "break-glass")).toEqual(["PeopleWithASecondFactor", "PermissionSets"]);
  });
});
