/** An update does nothing that its approved plan did not show. */
import { describe, expect, it } from "vitest";
import { requireApproved } from "../../../sandbox/engine/approval";

const urn = "urn:pulumi:dev::p::aws:ec2/vpc:Vpc::net";

describe("a step", () => {
  it("of the plan is carried out", () => {
    expect(() => requireApproved(new Set([`update ${urn}`]), { op: "update", urn })).not.toThrow();
  });

  it("is carried out where there is no plan", () => {
    expect(() => requireApproved(undefined, { op: "delete", urn })).not.toThrow();
  });

  it("that does less than the plan is carried out: an update for a replacement", () => {
    expect(() => requireApproved(new Set([`create-replacement ${urn}`]), { op: "update", urn })).not.toThrow();
  });

  it.each([
    ["update", "create-replacement", "replace"],
    ["update", "delete", "delete"],
    ["create", "update", "update"],
  ] as const)("of a plan that would %s is refused as a %s", (approved, op, verb) => {
    expect(() => requireApproved(new Set([`${approved} ${urn}`]), { op, urn })).toThrow(
      `the update would ${verb} net, which the approved plan does not. Nothing was done to it. ` +
        "A value known only during the update made the difference: run up again to see the plan as it is now.",
    );
  });
});
