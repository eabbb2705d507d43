/** Outputs of AWS without the zero values that its provider writes. */
import { describe, expect, it } from "vitest";
import { withoutZeroValues } from "../../../../policies/kit/reading/provider-outputs";

describe("outputs of the provider", () => {
  it("lose empty texts and empty objects, at any depth of objects", () => {
    expect(
      withoutZeroValues({
        policy: "",
        versioning: {},
        website: { redirect: "", rules: {} },
        logging: { bucket: "logs", prefix: "" },
        routes: [{ natGatewayId: "nat-1", gatewayId: "" }],
      }),
    ).toEqual({ logging: { bucket: "logs" }, routes: [{ natGatewayId: "nat-1" }] });
  });

  it("keep what says something: false, nought, null, lists and their empty elements", () => {
    const given = { enabled: false, count: 0, none: null, tags: [], names: ["", "a", {}] };
    expect(withoutZeroValues(given)).toEqual(given);
  });

  it("that are no object stay as they are", () => {
    expect(["", "text", 1, undefined].map(withoutZeroValues)).toEqual(["", "text", 1, undefined]);
  });
});
