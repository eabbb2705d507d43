/** Names for people. */
import { describe, expect, it } from "vitest";
import { resourceLabel, shortType } from "../../../sandbox/display/names";

describe("names", () => {
  it("shortens a type only where the file repeats the class", () => {
    expect(shortType("aws:ec2/vpc:Vpc")).toBe("aws:ec2:Vpc");
    expect(shortType("kubernetes:helm.sh/v3:Release")).toBe("kubernetes:helm.sh/v3:Release");
    expect(shortType("pulumi:providers:aws")).toBe("pulumi:providers:aws");
    expect(shortType("odd")).toBe("odd");
  });

  it("labels what is no URN with the text itself", () => {
    expect(resourceLabel("urn:pulumi:dev::lab::aws:ec2/vpc:Vpc::net")).toBe("aws:ec2:Vpc net");
    expect(resourceLabel("nothing")).toBe("nothing");
  });
});
