/** What Argo CD's sync windows hold, and until when: each decision of SyncWindows.CanSync, one changed field a case. */
import { describe, expect, it } from "vitest";
import { type ProjectWindow, syncHold } from "../../../../policies/kit/argo-cd/sync-hold";

const application = {
  name: "shop",
  namespace: "shop-live",
  clusterName: "",
  server: "https://kubernetes.default.svc",
};
const deny: ProjectWindow = {
  kind: "deny",
  schedule: "0 0 26 11 *",
  duration: "120h",
  timeZone: "America/New_York",
  applications: ["*"],
};
const allow: ProjectWindow = { kind: "allow", schedule: "0 9 * * 1-5", duration: "8h", applications: ["shop"] };

/** What holds it: schedules of the windows, end, and whether a person may. */
function held(windows: readonly ProjectWindow[], moment: string) {
  const hold = syncHold(windows, application, Date.parse(moment));
  if (hold === undefined) return undefined;
  const until = hold.until === undefined ? "never" : new Date(hold.until).toISOString().slice(0, -8);
  return [hold.windows.map(({ schedule }) => schedule), until, hold.manual];
}
const IN_FREEZE = "2026-11-30T12:00:00Z";
const FREEZE = [["0 0 26 11 *"], "2026-12-01T05:00", false];

describe("a denial", () => {
  it.each([
    ["2026-11-26T04:59:59Z", undefined],
    ["2026-11-26T05:00:00Z", FREEZE],
    ["2026-12-01T04:59:59Z", FREEZE],
    ["2026-12-01T05:00:00Z", undefined],
  ])("from its start to its end on the clock of its zone: at %s", (moment, expected) => {
    expect(held([deny], moment)).toEqual(expected);
  });

  it("with manualSync lets a person synchronize, where every other that is active does too", () => {
    const permitting = { ...deny, manualSync: true };
    expect(held([permitting], IN_FREEZE)).toEqual([["0 0 26 11 *"], "2026-12-01T05:00", true]);
    expect(held([permitting, { ...deny, schedule: "0 0 30 11 *" }], IN_FREEZE)?.[2]).toBe(false);
  });

  it("that overlaps another holds until the last of them has ended", () => {
    const next = { ...deny, schedule: "0 12 30 11 *", duration: "24h" };
    expect(held([deny, next], IN_FREEZE)).toEqual([["0 0 26 11 *"], "2026-12-01T17:00", false]);
  });

  it("wins over a permission", () => {
    expect(held([allow, deny], IN_FREEZE)).toEqual([["0 0 26 11 *"], "2026-12-01T09:00", false]);
  });

  it("on a day that never comes is always active, and never ends", () => {
    const endless = { ...deny, schedule: "0 0 30 2 *" };
    expect(held([endless], IN_FREEZE)).toEqual([["0 0 30 2 *"], "never", false]);
    expect(held([{ ...endless, manualSync: true }], IN_FREEZE)?.[2]).toBe(true);
    expect(syncHold([endless], application, Date.parse(IN_FREEZE))).toStrictEqual({
      windows: [endless],
      manual: false,
    });
  });

  it("that begins anew before it ends is given up on, and never ends", () => {
    expect(held([{ ...deny, schedule: "* * * * *", duration: "2m" }], IN_FREEZE)?.[1]).toBe("never");
  });

  it("of no length is never active", () => {
    expect(held([{ ...deny, duration: "0h" }], IN_FREEZE)).toBeUndefined();
  });

  it("in a zone that nobody knows is one of UTC", () => {
    expect(held([{ ...deny, timeZone: "europe/berlin" }], IN_FREEZE)?.[1]).toBe("2026-12-01T00:00");
    expect(held([{ ...deny, timeZone: undefined }], IN_FREEZE)?.[1]).toBe("2026-12-01T00:00");
  });
});

describe("a permission", () => {
  it.each([
    ["2026-12-01T08:59:59Z", [["0 9 * * 1-5"], "2026-12-01T09:00", false]],
    ["2026-12-01T09:00:00Z", undefined],
    ["2026-12-01T17:00:00Z", [["0 9 * * 1-5"], "2026-12-02T09:00", false]],
    ["2026-12-04T18:00:00Z", [["0 9 * * 1-5"], "2026-12-07T09:00", false]],
  ])("holds outside of its hours until the next of them: at %s", (moment, expected) => {
    expect(held([allow], moment)).toEqual(expected);
  });

  it("is enough where another one is not active", () => {
    expect(held([allow, { ...allow, schedule: "0 18 * * *", duration: "1h" }], "2026-12-01T18:30:00Z")).toBeUndefined();
  });

  it("of two that are not active is waited for that begins first", () => {
    const evening = { ...allow, schedule: "0 18 * * *", duration: "1h" };
    expect(held([evening, allow], "2026-12-01T08:00:00Z")?.[1]).toBe("2026-12-01T09:00");
  });

  it("lets a person synchronize outside of it where every one says so", () => {
    const permitting = { ...allow, manualSync: true };
    expect(held([permitting], "2026-12-01T18:00:00Z")?.[2]).toBe(true);
    expect(held([permitting, { ...allow, schedule: "0 3 * * *" }], "2026-12-01T18:00:00Z")?.[2]).toBe(false);
  });

  it("that comes within five years only on a leap day is waited for, and another never ends", () => {
    expect(held([{ ...allow, schedule: "0 0 29 2 *" }], IN_FREEZE)?.[1]).toBe("2028-02-29T00:00");
    expect(held([{ ...allow, duration: "0h" }], IN_FREEZE)?.[1]).toBe("never");
    // 2100 is no leap year: the next such day is in 2104.
    expect(held([{ ...allow, schedule: "0 0 29 2 *" }], "2096-03-01T12:00:00Z")?.[1]).toBe("never");
  });

  it("on a day that never comes is always active, and holds nobody", () => {
    expect(held([{ ...allow, schedule: "0 0 30 2 *" }], "2026-12-01T18:00:00Z")).toBeUndefined();
  });
});

describe("what a window is about", () => {
  const none = { ...deny, applications: [] };
  it.each<[string, Partial<ProjectWindow>, boolean]>([
    ["no list", {}, false],
    ["its name", { applications: ["sho?"] }, true],
    ["one of two patterns", { applications: ["cart", "shop"] }, true],
    ["another name", { applications: ["cart"] }, false],
    ["its namespace", { namespaces: ["shop-*"] }, true],
    ["another namespace", { namespaces: ["shop"] }, false],
    ["the address of its cluster", { clusters: ["https://kubernetes*"] }, true],
    ["another cluster", { clusters: ["in-cluster"] }, false],
    ["one of two lists", { applications: ["cart"], namespaces: ["shop-live"] }, true],
    [
      "one of two lists that are joined",
      { andOperator: true, applications: ["cart"], namespaces: ["shop-live"] },
      false,
    ],
    ["both lists that are joined", { andOperator: true, applications: ["shop"], namespaces: ["shop-live"] }, true],
    ["no list that could be joined", { andOperator: true }, false],
    ["a list that is joined with none", { andOperator: true, applications: ["shop"] }, true],
    ["a pattern of no text, where the cluster has no name", { clusters: [""] }, false],
  ])("%s", (_, lists, expected) => {
    expect(held([{ ...none, ...lists }], IN_FREEZE) !== undefined).toBe(expected);
  });

  it("its namespace, joined with a list of applications that is not there", () => {
    const { applications, ...others } = deny;
    expect(applications).toEqual(["*"]);
    expect(held([{ ...others, andOperator: true, namespaces: ["shop-live"] }], IN_FREEZE)).toEqual(FREEZE);
  });

  it.each(["in-*", "https://*"])("a cluster by its name or by its address: %s", (pattern) => {
    const there = { ...application, clusterName: "in-cluster" };
    const hold = syncHold([{ ...none, clusters: [pattern] }], there, Date.parse(IN_FREEZE));
    expect(hold?.windows).toEqual([{ ...none, clusters: [pattern] }]);
  });
});

describe("what Argo CD cannot read", () => {
  it.each([{ schedule: "@daily" }, { duration: "5d" }, { schedule: undefined }, { duration: undefined }])(
    "%j holds for good",
    (broken) => {
      expect(
        syncHold([deny, { ...deny, manualSync: true, ...broken }], application, Date.parse("2026-06-01T00:00:00Z")),
      ).toEqual({ windows: [{ ...deny, manualSync: true, ...broken }], manual: false });
    },
  );

  it("holds nobody whom it is not about, and a kind that does not exist holds nobody", () => {
    expect(held([{ ...deny, schedule: "@daily", applications: ["cart"] }], IN_FREEZE)).toBeUndefined();
    expect(held([{ ...deny, kind: "block" }], IN_FREEZE)).toBeUndefined();
  });
});
