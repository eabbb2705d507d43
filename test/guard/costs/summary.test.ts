/** The bill in one line and in rows. */
import { describe, expect, it } from "vitest";
import { costRows, costLine, usd } from "../../../guard/costs/summary";
import { provider, resource, tableOf } from "../../support/planned";

const virginia = provider("us-east-1");
const gateway = (name: string) => resource("aws:ec2/natGateway:NatGateway", name, {});
const unknown = resource("aws:ec2/unheardOf:Thing", "thing");

describe("the line of a plan", () => {
  it("says what a month costs before and after", () => {
    expect(costLine("dev", [virginia], [virginia, gateway("a")])).toBe(
      "0.00 → 32.85 USD a month; at most 0.00 → 32.85 (SIMULATED)",
    );
  });

  it("says that nothing changes", () => {
    const same = [virginia, gateway("a")];
    expect(costLine("dev", same, same)).toBe("32.85 USD a month, no change (SIMULATED)");
  });

  it("is none where nothing costs", () => {
    expect(costLine("dev", [virginia], [virginia])).toBeUndefined();
  });

  it("is not known where a type has no price: never zero instead", () => {
    expect(costLine("dev", [virginia], [virginia, unknown])).toBe(
      "not known: 1 value has no price (npx fridayproof costs -s dev)",
    );
  });
});

describe("the line of a plan with a region without prices", () => {
  const ireland = provider("eu-west-1", "ireland");
  const inIreland = (name: string) => ({ ...gateway(name), provider: `${ireland.urn}::id` });

  it("says so where everything is there", () => {
    expect(costLine("qa", [ireland], [ireland, inIreland("a")])).toBe("not known: there are no prices of eu-west-1");
  });

  it("adds the rest up and says what is left out", () => {
    const inVirginia = { ...gateway("b"), provider: `${virginia.urn}::id` };
    expect(costLine("foundation", [], [virginia, ireland, inVirginia, inIreland("a")])).toBe(
      "0.00 → 32.85 USD a month; at most 0.00 → 32.85 (SIMULATED); there are no prices of eu-west-1",
    );
  });
});

describe("the rows of a bill", () => {
  it("are one a price, the dearest first, with who causes them", () => {
    const address = resource("aws:ec2/eip:Eip", "address", {});
    const { costs } = tableOf(gateway("a"), gateway("b"), address);
    expect(costRows(costs).map(({ what, month, resources }) => [what, usd(month), resources])).toEqual([
      ["2 x NAT gateway", "65.70", ["a", "b"]],
      ["1 x public IPv4 address", "3.65", ["address"]],
    ]);
  });
});
