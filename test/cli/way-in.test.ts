/** Who may deploy without the pipeline, as the trust of the deploy role says it. */
import { describe, expect, it } from "vitest";
import { wayInRow } from "../../cli/drill/way-in";
import { namedTrust, selfTrust } from "../../components/foundation/trust";

const ACCOUNT = "111122223333";
const ARN = `arn:aws:iam::${ACCOUNT}:role/fridayproof-deploy`;
const pipeline = { Effect: "Allow", Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/github" } };
const self = selfTrust(ACCOUNT, ARN);
const roleOf = (Statement: readonly object[]) => ({
  inputs: { assumeRolePolicy: JSON.stringify({ Statement }) },
  outputs: { arn: ARN },
});
const WARNS = {
  ...{ what: "deploying without GitHub", ran: "MEASURED", passed: true, warns: true },
  saw: "only the pipeline may assume the deploy role: set up docs/runbooks/break-glass.md before an outage",
};

describe("deploying without GitHub", () => {
  it.each([
    ["the pipeline and the role itself", roleOf([pipeline, self])],
    ["whoever is denied", roleOf([pipeline, self, { ...namedTrust(ACCOUNT, "No", ["role/ops"]), Effect: "Deny" }])],
    ["nobody, because it is not there", undefined],
    ["nobody, because it has no document", { inputs: {}, outputs: {} }],
  ])("is a warning where the role is taken by %s", (_who, role) => {
    expect(wayInRow(role)).toEqual(WARNS);
  });

  it.each([
    [[namedTrust(ACCOUNT, "People", ["role/fridayproof-break-glass"])], "role/fridayproof-break-glass"],
    [[namedTrust(ACCOUNT, "People", ["role/a", "user/b"])], "role/a, user/b"],
    [[{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/ops` } }], "user/ops"],
  ])("names those of %j", (statements, who) => {
    const row = wayInRow(roleOf([pipeline, self, ...statements]));
    expect(row).toEqual({ ...WARNS, warns: false, saw: `${who} may assume the deploy role` });
  });
});
