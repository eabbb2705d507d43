/** Where a subnet's default routes lead. */
import { describe, expect, it } from "vitest";
import { UnknownRead } from "../../../../policies/kit/reading/field";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { isEgressElsewhere, leadsToOther, egressOf } from "../../../../policies/kit/aws/subnet-egress";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
type Links = Readonly<Record<string, readonly string[]>>;
const made = (type: string, name: string, props: object = {}, links: Links = {}): Resource =>
  new Resource({ type, name, urn: name, props, links });

const subnet = made("aws:ec2/subnet:Subnet", "subnet");
const nat = made("aws:ec2/natGateway:NatGateway", "nat");
const address = made("aws:ec2/eip:Eip", "address");
const tableOf = (props: object = {}, links: Links = {}): Resource =>
  made("aws:ec2/routeTable:RouteTable", "table", props, links);
const association = made(
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "association",
  {},
  { subnetId: ["subnet"], routeTableId: ["table"] },
);
const everywhere = { destinationCidrBlock: "0.0.0.0/0" };
const route = (props: object, links: Links = {}): Resource =>
  made("aws:ec2/route:Route", "route", props, { routeTableId: ["table"], ...links });
const viaNat = route({ ...everywhere, natGatewayId: UNKNOWN }, { natGatewayId: ["nat"] });

const leads = (...others: readonly Resource[]): unknown =>
  egressOf(new Stack([subnet, nat, address, association, ...others]), subnet)?.map((way) =>
    way === "elsewhere" ? way : way.nat.name,
  );

describe("a subnet's ways out", () => {
  it("are not known where no association says its route table", () => {
    expect(egressOf(new Stack([subnet, nat, tableOf(), viaNat]), subnet)).toBeUndefined();
    const foreign = made(association.token, "foreign", {}, { subnetId: ["other"], routeTableId: ["table"] });
    expect(egressOf(new Stack([subnet, nat, tableOf(), viaNat, foreign]), subnet)).toBeUndefined();
  });

  it("are the default routes of its own table", () => {
    expect(leads(tableOf(), viaNat)).toEqual(["nat"]);
    expect(
      leads(tableOf(), route({ destinationCidrBlock: "10.0.0.0/8", natGatewayId: UNKNOWN }, viaNat.links)),
    ).toEqual([]);
    expect(
      leads(tableOf(), route({ ...everywhere, natGatewayId: "n" }, { ...viaNat.links, routeTableId: [] })),
    ).toEqual([]);
    expect(leads(tableOf(), route({ destinationCidrBlock: "::/0", transitGatewayId: "tgw" }))).toEqual(["elsewhere"]);
  });

  it("are those inside of the table, where no route stands beside it", () => {
    const inside = [
      { cidrBlock: "10.0.0.0/8", transitGatewayId: "tgw" },
      { cidrBlock: "0.0.0.0/0", natGatewayId: UNKNOWN },
    ];
    expect(leads(tableOf({ routes: inside }, { routes: ["nat", "address"] }))).toEqual(["nat"]);
    expect(leads(tableOf({ routes: inside }), viaNat)).toEqual(["nat"]);
    expect(leads(tableOf({ routes: inside.slice(0, 1) }))).toEqual([]);
    expect(leads(tableOf({ routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }] }))).toEqual(["elsewhere"]);
    expect(leads(tableOf({ routes: [{ cidrBlock: "0.0.0.0/0" }] }))).toEqual([]);
  });

  it("are as many as their NAT gateways, and nowhere without a target", () => {
    const second = made(nat.token, "second");
    expect(leads(tableOf(), second, route(everywhere, { natGatewayId: ["nat", "second", "address"] }))).toEqual([
      "nat",
      "second",
    ]);
    expect(leads(tableOf(), route(everywhere, { natGatewayId: ["address"] }))).toEqual([]);
    expect(leads(tableOf(), route(everywhere))).toEqual([]);
    expect(leads(tableOf(), route({ ...everywhere, natGatewayId: "nat-1" }))).toEqual(["elsewhere"]);
    expect(leads(tableOf(), route({ ...everywhere, gatewayId: UNKNOWN }))).toEqual(["elsewhere"]);
  });

  it("hang on a hidden destination only where no route is known to be the default one", () => {
    const hidden = made(
      "aws:ec2/route:Route",
      "hidden",
      { destinationCidrBlock: UNKNOWN },
      { routeTableId: ["table"] },
    );
    expect(leads(tableOf(), hidden, viaNat)).toEqual(["nat"]);
    expect(() => leads(tableOf(), hidden)).toThrow(UnknownRead);
    expect(() => leads(tableOf(), hidden, route({ destinationCidrBlock: "10.0.0.0/8" }))).toThrow(UnknownRead);
  });
});

describe("a way out without a NAT gateway", () => {
  const peering = route({ ...everywhere, vpcPeeringConnectionId: "pcx" });
  const internet = route({ ...everywhere, gatewayId: "igw" });
  const hidden = route({ destinationCidrBlock: UNKNOWN, transitGatewayId: "tgw" });
  const inner = route({ destinationCidrBlock: "10.0.0.0/8", transitGatewayId: "tgw" });

  it("is a default route with a target that is no gateway of the internet", () => {
    expect([peering, internet, inner, route(everywhere)].map(isEgressElsewhere)).toEqual([true, false, false, false]);
  });

  it("is in a stack where one route is, whatever the others hide", () => {
    const leaves = (...routes: readonly Resource[]): boolean => leadsToOther(new Stack(routes));
    expect([leaves(), leaves(internet, inner), leaves(internet, peering)]).toEqual([false, false, true]);
    expect(leaves(hidden, peering)).toBe(true);
    expect(() => leaves(internet, hidden)).toThrow(UnknownRead);
  });
});
