/** A remediation sees ids where resource references stand; what it leaves alone is a reference again afterwards. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readable, withReferences } from "../../../sandbox/analyzer/policy-messages";
import { resourceReference, secret, type PropertyMap, type Value } from "../../../sandbox/property/values";

const URN = "urn:pulumi:dev::p::aws:ec2/vpc:Vpc::";
const vpc = resourceReference(`${URN}a`, "vpc-1");
const planned = resourceReference(`${URN}b`, "");
const component = resourceReference("urn:pulumi:dev::p::net:Net::n");

const { tree } = fc.letrec<{ tree: Value; leaf: Value }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(vpc, planned, component),
    fc.boolean(),
    fc.string({ maxLength: 4 }),
    fc.string({ maxLength: 4 }).map(secret),
  ),
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie("tree"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const inputs = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tree, {
  noNullPrototype: true,
}) as fc.Arbitrary<PropertyMap>;

/** What a rule that touches nothing of `asked` but sets `more` answers. */
const remedied = (asked: PropertyMap, more: PropertyMap): PropertyMap => ({
  ...(readable(asked) as PropertyMap),
  ...more,
});

describe("a remediation", () => {
  it("that adds a property leaves every reference where it was", () => {
    fc.assert(
      fc.property(inputs, (asked) => {
        expect(withReferences(remedied(asked, { "new-one": true }), asked)).toEqual({ ...asked, "new-one": true });
      }),
    );
  });

  it("that names another resource is taken at its word", () => {
    expect(withReferences({ vpcId: "vpc-2", net: "x" }, { vpcId: vpc, net: component })).toEqual({
      vpcId: "vpc-2",
      net: "x",
    });
  });

  it("that takes an item out of a list, or puts one in, moves the references of the others", () => {
    const requested = { vpcs: [component, vpc] };
    expect(withReferences({ vpcs: ["vpc-1"] }, requested)).toEqual({ vpcs: [vpc] });
    expect(withReferences({ vpcs: ["vpc-0", ...(readable(requested.vpcs) as Value[])] }, requested)).toEqual({
      vpcs: ["vpc-0", component, vpc],
    });
  });
});
