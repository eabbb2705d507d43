/** Scenarios and steps of a drill as data: which steps an end needs, in which order, and what is lost in each. */
import { describe, expect, it } from "vitest";
import { losesOf, type Scenario, scenarios, stepsOf } from "../../../guard/drill";

const named = (name: string): Scenario => {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const ids = (name: string): string =>
  stepsOf(named(name))
    .map(({ id }) => id)
    .join(" ");

const OVER =
  "preflight detect decide stop scale fence data secrets ready smoke parity open clients opened identical watch";
const BACK = "fence-again data-back return close parity-back teardown leaks";

describe("the steps of a scenario that must end", () => {
  it.each(["region-lost", "region-hangs", "sign-in", "late-decision"])("failed over: %s", (name) => {
    expect(ids(name)).toBe(`${OVER} ${BACK}`);
  });

  it("with nothing changed: an update is tried where the region is away, and none where the primary serves", () => {
    for (const name of ["blip", "flap"])
      expect(ids(name)).toBe("preflight detect looks changes decide same teardown leaks");
    expect(ids("zone")).toBe("preflight detect looks decide same teardown leaks");
  });

  it("refused: nothing is made, and nothing that stands is different", () => {
    expect(ids("replica-zone")).toBe("preflight detect decide scale same teardown leaks");
    expect(ids("both-regions")).toBe("preflight detect decide scale same teardown leaks");
    expect(ids("cold")).toBe("detect decide scale same teardown leaks");
    const [scale] = stepsOf(named("cold")).filter(({ id }) => id === "scale");
    expect(scale?.action).toEqual({
      does: "up",
      leg: "replica",
      legs: { primary: "serves", replica: "scaled" },
      during: true,
      refused: true,
    });
  });
});

describe("a failover", () => {
  const steps = stepsOf(named("region-lost"));
  const at = (id: string): number => steps.findIndex((step) => step.id === id);

  it("opens the leg after it was looked at and compared, and fences the primary before it serves again", () => {
    const order = [
      "scale",
      "fence",
      "ready",
      "parity",
      "open",
      "opened",
      "identical",
      "fence-again",
      "return",
      "close",
    ].map(at);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  it("changes the replica alone while the region is lost, and tries the primary once, which must fail", () => {
    const during = steps.flatMap(({ action }) => (action.does === "up" && action.during ? [action] : []));
    expect(during.map(({ leg, refused }) => `${leg}${refused === true ? " refused" : ""}`)).toEqual([
      "replica",
      "primary refused",
      "replica",
    ]);
  });

  it("has a budget wherever somebody waits, and none where nobody does", () => {
    for (const { line, times, budget } of steps)
      expect(budget !== undefined).toBe(times.length > 0 && ["detect", "decide", "act"].includes(line));
  });
});

it("a blip is shorter than anybody may decide about, and a zone is nothing to decide about", () => {
  const why = (name: string) => stepsOf(named(name)).find(({ id }) => id === "decide")?.action;
  expect(why("blip")).toEqual({ does: "skip", why: "it is over before anybody may decide" });
  expect(why("flap")).toEqual(why("blip"));
  expect(why("zone")).toEqual({ does: "skip", why: "the primary serves: there is nothing to decide" });
});

it("what is lost has the pair's own names", () => {
  const pair = { primary: "us-east-1", replica: "us-west-2", zone: "use1-az4", replicaZone: "usw2-az3" };
  const lost = (name: string) => JSON.stringify(losesOf(named(name), pair));
  expect(scenarios.map(({ name }) => `${name} ${lost(name)}`)).toEqual([
    'region-lost {"denyRegion":["us-east-1"]}',
    'region-hangs {"denyRegion":["us-east-1:hang"]}',
    'blip {"denyRegion":["us-east-1"]}',
    'flap {"denyRegion":["us-east-1:flap"]}',
    'zone {"denyZone":["use1-az4"]}',
    'sign-in {"denyService":["sts:us-east-1"]}',
    'late-decision {"denyRegion":["us-east-1"]}',
    'cold {"denyRegion":["us-east-1"]}',
    'replica-zone {"denyRegion":["us-east-1"],"denyZone":["usw2-az3"]}',
    'both-regions {"denyRegion":["us-east-1","us-west-2"]}',
  ]);
});
