/** The parts of a URN, whatever its name is made of. */
import { describe, expect, it } from "vitest";
import { nameOf, parseUrn, qualifiedTypeOf, splitReference, typeOf } from "../../../components/core/urn";

describe("a URN", () => {
  it("gives its own type without its parents', and keeps colons of the name", () => {
    expect(parseUrn("urn:pulumi:dev::lab::a:b:Net$aws:ec2/vpc:Vpc::net::one")).toEqual({
      stack: "dev",
      project: "lab",
      qualifiedType: "a:b:Net$aws:ec2/vpc:Vpc",
      type: "aws:ec2/vpc:Vpc",
      name: "net::one",
    });
  });

  it.each(["", "nothing", "urn:pulumi:dev", "urn:pulumi:dev::lab::a:b:C", "arn:aws:iam::111122223333::role::x"])(
    "%j is none",
    (text) => {
      expect(parseUrn(text)).toBeUndefined();
      expect([qualifiedTypeOf(text), typeOf(text), nameOf(text)]).toEqual(["", "", ""]);
    },
  );

  it("is what stands before the last :: of a provider reference", () => {
    const urn = "urn:pulumi:dev::lab::pulumi:providers:aws::main";
    expect(splitReference(`${urn}::a-b`)).toEqual({ urn, id: "a-b" });
  });
});
