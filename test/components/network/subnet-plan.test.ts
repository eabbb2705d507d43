/** Subnets never move: what a zone and tier get depends on nothing but the VPC's block and the zone's number. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cidr, contains, overlaps } from "../../../components/core/cidr";
import { natZones } from "../../../components/network/nat";
import { type SubnetPlanArgs, planSubnets, subnetPlanProblems } from "../../../components/network/subnet-plan";
import { zonePrefix } from "../../../components/network/zones";
import { messageOf } from "../../support/message-of";

const usable = [1, 2, 4, 5, 6, 7, 8].map((number) => `use1-az${number}`);
const zoneSets = fc.uniqueArray(fc.constantFrom(...usable), { minLength: 2, maxLength: 7 });
const blocks = fc.integer({ min: 16, max: 20 }).map((prefix) => `10.10.0.0/${prefix}`);

describe("the subnet plan", () => {
  test("cuts a /16 the same way every time", () => {
    const plan = planSubnets({
      region: "us-east-1",
      cidr: "10.10.0.0/16",
      zones: ["use1-az1", "use1-az2"],
      controlPlaneZones: ["use1-az1", "use1-az2"],
    });
    expect(plan).toEqual([
      { tier: "public", zoneId: "use1-az1", cidr: "10.10.16.0/22" },
      { tier: "public", zoneId: "use1-az2", cidr: "10.10.48.0/22" },
      { tier: "private", zoneId: "use1-az1", cidr: "10.10.0.0/20" },
      { tier: "private", zoneId: "use1-az2", cidr: "10.10.32.0/20" },
      { tier: "intra", zoneId: "use1-az1", cidr: "10.10.20.0/24" },
      { tier: "intra", zoneId: "use1-az2", cidr: "10.10.52.0/24" },
    ]);
  });

  test("subnets lie in the VPC, do not overlap, and are no smaller than AWS allows", () => {
    fc.assert(
      fc.property(zoneSets, blocks, (zones, block) => {
        const plan = planSubnets({ region: "us-east-1", cidr: block, zones, controlPlaneZones: zones });
        const cut = plan.map((subnet) => cidr(subnet.cidr));
        expect(plan).toHaveLength(zones.length * 3);
        expect(cut.every((subnet) => contains(cidr(block), subnet) && subnet.prefix <= 28)).toBe(true);
        expect(cut.some((a, i) => cut.some((b, j) => i < j && overlaps(a, b)))).toBe(false);
      }),
    );
  });

  test("adding, removing or reordering zones moves nothing that stays", () => {
    fc.assert(
      fc.property(zoneSets, zoneSets, blocks, (before, after, block) => {
        const plan = (zones: string[]) =>
          planSubnets({ region: "us-east-1", cidr: block, zones, controlPlaneZones: zones });
        const later = new Map(plan(after).map((subnet) => [`${subnet.tier} ${subnet.zoneId}`, subnet.cidr]));
        for (const subnet of plan(before)) {
          const moved = later.get(`${subnet.tier} ${subnet.zoneId}`) ?? subnet.cidr;
          expect(moved).toBe(subnet.cidr);
        }
      }),
    );
  });

  test("a zone added for nodes gets no control-plane subnet", () => {
    const zones = ["use1-az1", "use1-az2", "use1-az4"];
    const controlPlaneZones = ["use1-az1", "use1-az2"];
    const plan = planSubnets({ region: "us-east-1", cidr: "10.10.0.0/16", zones, controlPlaneZones });
    expect(plan.filter((subnet) => subnet.zoneId === "use1-az4").map((subnet) => subnet.tier)).toEqual([
      "public",
      "private",
    ]);
  });

  test("everything that is wrong is said at once", () => {
    const args = {
      region: "us-east-1",
      cidr: "10.10.0.0/24",
      zones: ["us-east-1a", "use1-az3", "use1-az3"],
      controlPlaneZones: ["use1-az1"],
    };
    const aZone = "a zone id of us-east-1: use1-az1 to use1-az8";
    const notAName =
      "Write the zone id, not the zone name: names such as us-east-1a mean other zones in other accounts.";
    const refused = "allowed: a zone that EKS supports; fix: EKS refuses use1-az3: take another zone.";
    expect(messageOf(() => planSubnets(args))).toBe(
      [
        "7 problems in the subnet plan:",
        '  cidr: got "10.10.0.0/24"; allowed: a block from /16 to /20; fix: Choose another size: AWS refuses larger VPCs, and in smaller ones the tiers do not fit.',
        `  zones[0]: got "us-east-1a"; allowed: ${aZone}; fix: ${notAName}`,
        `  zones[1]: got "use1-az3"; ${refused}`,
        `  zones[2]: got "use1-az3"; ${refused}`,
        '  zones[2]: got "use1-az3"; allowed: each zone once; fix: Remove the repetition.',
        '  controlPlaneZones: got ["use1-az1"]; allowed: 2 zones or more; fix: Add a zone: EKS and the load balancer need two.',
        '  controlPlaneZones[0]: got "use1-az1"; allowed: a zone of `zones`; fix: Keep the zone in `zones`: the control plane\'s zones can neither grow nor shrink after creation.',
      ].join("\n"),
    );
  });

  test("a tier more moves no subnet that is there, and overlaps none", () => {
    const ways = fc.constantFrom("none" as const, "nat" as const);
    const free = [
      { newBits: 3, netNumber: 6 },
      { newBits: 3, netNumber: 7 },
      { newBits: 5, netNumber: 21 },
      { newBits: 5, netNumber: 22 },
    ];
    const tierSets = fc.dictionary(fc.constantFrom("data", "cache", "vpn"), fc.nat(free.length - 1)).chain((chosen) => {
      const names = Object.keys(chosen).filter(
        (name, at, all) => all.findIndex((other) => chosen[other] === chosen[name]) === at,
      );
      return ways.map((egress) =>
        Object.fromEntries(names.map((name) => [name, { ...free[chosen[name] ?? 0], egress }])),
      );
    });
    fc.assert(
      fc.property(zoneSets, blocks, tierSets, (zones, block, tiers) => {
        const args = { region: "us-east-1", cidr: block, zones, controlPlaneZones: zones };
        const before = planSubnets(args);
        const after = planSubnets({ ...args, tiers: tiers as SubnetPlanArgs["tiers"] });
        expect(after.slice(0, before.length)).toEqual(before);
        expect(after).toHaveLength(before.length + zones.length * Object.keys(tiers).length);
        const cut = after.map((subnet) => cidr(subnet.cidr));
        expect(cut.every((subnet) => contains(cidr(block), subnet) && subnet.prefix <= 28)).toBe(true);
        expect(cut.some((a, i) => cut.some((b, j) => i < j && overlaps(a, b)))).toBe(false);
      }),
    );
  });

  test("any tier is either refused or planned without touching another", () => {
    const tier = fc.record({
      newBits: fc.integer({ min: -1, max: 14 }),
      netNumber: fc.integer({ min: -1, max: 300 }),
      egress: fc.constant("none" as const),
    });
    fc.assert(
      fc.property(blocks, tier, tier, (block, data, cache) => {
        const zones = ["use1-az1", "use1-az2"];
        const args = { region: "us-east-1", cidr: block, zones, controlPlaneZones: zones, tiers: { data, cache } };
        if (subnetPlanProblems(args).length > 0) return;
        const cut = planSubnets(args).map((subnet) => cidr(subnet.cidr));
        expect(cut.every((subnet) => contains(cidr(block), subnet) && subnet.prefix <= 28)).toBe(true);
        expect(cut.some((a, i) => cut.some((b, j) => i < j && overlaps(a, b)))).toBe(false);
      }),
    );
  });

  test("tiers that cannot be are refused, all at once", () => {
    const zones = ["use1-az1", "use1-az2"];
    const egress = "none";
    const tiers = {
      data: { newBits: 3, netNumber: 6, egress },
      cache: { newBits: 4, netNumber: 12, egress },
      tiny: { newBits: 10, netNumber: 0, egress },
      far: { newBits: 3, netNumber: 8, egress },
      intra: { newBits: 5, netNumber: 22, egress },
      "My-Tier": { newBits: 5, netNumber: 20, egress },
    } as const;
    const args = { region: "us-east-1", cidr: "10.10.0.0/16", zones, controlPlaneZones: zones, tiers };
    const allowedName = "allowed: 2 to 16 lower-case letters and digits, not public, private, intra";
    const named = "fix: Call it after what lives there, such as data.";
    const stays = "fix: Choose another netNumber: a subnet's addresses stay with it for ever.";
    expect(messageOf(() => planSubnets(args))).toBe(
      [
        "6 problems in the subnet plan:",
        `  tiers.cache: got "10.10.24.0/23 in the first zone"; allowed: a block that shares no address with data; ${stays}`,
        "  tiers.tiny.newBits: got 10; allowed: a whole number from 1 to 9; fix: Take another size: a zone is a /19 here, and AWS refuses subnets smaller than /28.",
        "  tiers.far.netNumber: got 8; allowed: a whole number from 0 to 7; fix: Number the blocks of that size from 0.",
        `  tiers.intra: got "intra"; ${allowedName}; ${named}`,
        `  tiers.My-Tier: got "My-Tier"; ${allowedName}; ${named}`,
        `  tiers.My-Tier: got "10.10.20.0/24 in the first zone"; allowed: a block that shares no address with intra; ${stays}`,
      ].join("\n"),
    );
  });

  test("a zone of another region is refused", () => {
    const args = { region: "us-west-2", cidr: "10.40.0.0/16", zones: usable.slice(0, 2), controlPlaneZones: [] };
    expect(messageOf(() => planSubnets(args))).toContain("allowed: a zone id of us-west-2: usw2-az1 to usw2-az8");
  });
});

describe("zones", () => {
  test("ids begin with the region's short form", () => {
    const regions = [
      "us-east-1",
      "us-west-2",
      "eu-central-1",
      "ap-northeast-1",
      "ap-southeast-2",
      "ca-central-1",
      "us-gov-west-1",
    ];
    expect(regions.map(zonePrefix)).toEqual(["use1", "usw2", "euc1", "apne1", "apse2", "cac1", "usgw1"]);
  });

  test("a single NAT gateway stays where it is when zones are added or reordered", () => {
    const controlPlaneZones = ["use1-az4", "use1-az2"];
    const zonesOf = (zones: string[]) => natZones({ mode: "single", zones, controlPlaneZones });
    expect(zonesOf(["use1-az4", "use1-az2"])).toEqual(["use1-az2"]);
    expect(zonesOf(["use1-az1", "use1-az2", "use1-az4"])).toEqual(["use1-az2"]);
    expect(natZones({ mode: "per-az", zones: ["use1-az4", "use1-az1"], controlPlaneZones })).toEqual([
      "use1-az4",
      "use1-az1",
    ]);
  });
});
