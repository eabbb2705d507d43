/** A data source that fails ends the run with its reason: nothing waits for an answer that never comes. */
import * as aws from "@pulumi/aws";
import { expect, it } from "vitest";
import { graphOf } from "../../support/graph";

const provider = (): aws.Provider =>
  new aws.Provider("aws", { region: "us-east-1", allowedAccountIds: ["000000000000"] });

it("as an output that a resource takes", async () => {
  const { exitCode, diagnostics } = await graphOf(
    () => {
      const inRegion = provider();
      const zone = aws.route53.getZoneOutput({ name: "nowhere.example" }, { provider: inRegion });
      const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.1.0.0/16" }, { provider: inRegion });
      new aws.route53.Record(
        "record",
        { zoneId: zone.zoneId, name: "a", type: "A", ttl: 60, records: ["192.0.2.1"] },
        { provider: inRegion },
      );
      return { vpcId: vpc.id, zone: zone.zoneId };
    },
    { allowErrors: true },
  );
  expect(exitCode).toBe(1);
  expect(diagnostics.map(({ message }) => message).join("\n")).toContain("nowhere.example");
});

it("even where another resource waits for the one that could not be prepared", async () => {
  const { exitCode } = await graphOf(
    () => {
      const inRegion = provider();
      const zone = aws.route53.getZoneOutput({ name: "nowhere.example" }, { provider: inRegion });
      const record = new aws.route53.Record(
        "record",
        { zoneId: zone.zoneId, name: "a", type: "A", ttl: 60, records: ["192.0.2.1"] },
        { provider: inRegion },
      );
      new aws.ec2.Vpc("vpc", { cidrBlock: "10.1.0.0/16" }, { provider: inRegion, dependsOn: [record] });
      return { fqdn: record.fqdn };
    },
    { allowErrors: true, preview: true },
  );
  expect(exitCode).toBe(1);
});
