/** Load balancers, listeners and certificates that the cloud refuses. */
import { describe, expect, it } from "vitest";
import type { PropertyMap } from "../../../../../../sandbox/property/values";
import { Cloud, errorOf } from "../../cloud";

/** Registers the tests. */
export function loadBalancers(): void {
  describe("load balancers", () => {
    const balancer = (
      zones: string[],
      more: PropertyMap = {},
      prepare: (cloud: Cloud, net: ReturnType<Cloud["network"]>) => PropertyMap = () => ({}),
    ) => {
      const cloud = new Cloud();
      const net = cloud.network(...zones);
      const extra = prepare(cloud, net);
      return errorOf(() =>
        cloud.make("aws:lb/loadBalancer:LoadBalancer", "front", {
          subnets: net.subnets.map(({ id }) => id),
          ...more,
          ...extra,
        }),
      );
    };

    it("stand in two zones, with one subnet each", () => {
      expect(balancer(["use1-az1"])).toBe(
        "ValidationError: At least two subnets in two different Availability Zones must be specified",
      );
      expect(balancer(["use1-az1", "use1-az1"])).toBe(
        "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone",
      );
      expect(balancer(["use1-az1", "use1-az2"])).toBe("not refused");
    });

    it("take security groups of their own VPC", () => {
      const foreign = (cloud: Cloud): PropertyMap => {
        const other = cloud.make("aws:ec2/vpc:Vpc", "other", { cidrBlock: "10.9.0.0/16" });
        return {
          securityGroups: [cloud.make("aws:ec2/securityGroup:SecurityGroup", "foreign", { vpcId: other.id }).id],
        };
      };
      expect(balancer(["use1-az1", "use1-az2"], {}, foreign)).toBe(
        "InvalidConfigurationRequest: One or more security groups are invalid",
      );
    });

    it("that face the internet need a gateway to it", () => {
      const closed = (cloud: Cloud, { gateway }: ReturnType<Cloud["network"]>): PropertyMap => (
        cloud.drop(gateway),
        {}
      );
      expect(balancer(["use1-az1", "use1-az2"], {}, closed)).toMatch(
        /^InvalidSubnet: VPC vpc-[0-9a-f]{17} has no internet gateway$/,
      );
      expect(balancer(["use1-az1", "use1-az2"], { internal: true }, closed)).toBe("not refused");
    });

    function front() {
      const cloud = new Cloud();
      const { vpc, subnets } = cloud.network("use1-az1", "use1-az2");
      const balancers = ["a", "b"].map((name) =>
        cloud.make("aws:lb/loadBalancer:LoadBalancer", name, { subnets: subnets.map(({ id }) => id) }),
      );
      const target = cloud.make("aws:lb/targetGroup:TargetGroup", "blue", {
        vpcId: vpc.id,
        port: 80,
        protocol: "HTTP",
      });
      const listen = (index: number, more: PropertyMap) =>
        cloud.make("aws:lb/listener:Listener", `l${index}`, {
          loadBalancerArn: balancers[index]?.id ?? "",
          port: 80,
          protocol: "HTTP",
          defaultActions: [{ type: "forward", targetGroupArn: target.id }],
          ...more,
        });
      return { cloud, target, listen };
    }

    it("do not share target groups", () => {
      const { listen, target } = front();
      listen(0, {});
      expect(errorOf(() => listen(1, {}))).toBe(
        `TargetGroupAssociationLimit: The following target groups cannot be associated with more than one load balancer: ${target.id}`,
      );
    });

    it("forward to target groups of their own VPC only, by listener and by rule", () => {
      const { cloud, listen } = front();
      const other = cloud.make("aws:ec2/vpc:Vpc", "other", { cidrBlock: "10.9.0.0/16" });
      const foreign = cloud.make("aws:lb/targetGroup:TargetGroup", "far", {
        vpcId: other.id,
        port: 80,
        protocol: "HTTP",
      });
      const defaultActions = [{ type: "forward", targetGroupArn: foreign.id }];
      const message =
        /^InvalidConfigurationRequest: The following target groups are in a different VPC than load balancer arn:.*loadbalancer\/app\/a.*: arn:.*targetgroup\/far/;
      expect(errorOf(() => listen(0, { defaultActions }))).toMatch(message);
      const listener = listen(0, {});
      const rule = { listenerArn: listener.id, priority: 1, actions: defaultActions, conditions: [] };
      expect(errorOf(() => cloud.make("aws:lb/listenerRule:ListenerRule", "r", rule))).toMatch(message);
    });

    it("serve HTTPS with a certificate that is issued", () => {
      const { cloud, listen } = front();
      expect(errorOf(() => listen(0, { protocol: "HTTPS" }))).toBe(
        "CertificateNotFound: A certificate must be specified for HTTPS listeners",
      );
      const certificate = cloud.make("aws:acm/certificate:Certificate", "new", {
        domainName: "new.example.com",
        validationMethod: "DNS",
      });
      const message = `UnsupportedCertificate: The certificate '${certificate.id}' must have a fully-qualified domain name, a supported signature, and a supported key size.`;
      expect(errorOf(() => listen(0, { protocol: "HTTPS", certificateArn: certificate.id }))).toBe(message);
      const listener = listen(0, {});
      expect(
        errorOf(() =>
          cloud.make("aws:lb/listenerCertificate:ListenerCertificate", "c", {
            listenerArn: listener.id,
            certificateArn: certificate.id,
          }),
        ),
      ).toBe(message);
    });

    it("wait for certificates whose validation record exists", () => {
      const cloud = new Cloud();
      const certificate = cloud.make("aws:acm/certificate:Certificate", "new", {
        domainName: "new.example.com",
        subjectAlternativeNames: ["*.new.example.com"],
        validationMethod: "DNS",
      });
      const [option] = certificate.outputs.domainValidationOptions as PropertyMap[];
      const name = String(option?.resourceRecordName);
      const validate = () =>
        cloud.make("aws:acm/certificateValidation:CertificateValidation", "v", { certificateArn: certificate.id });
      expect(errorOf(validate)).toBe(
        `Timeout: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s): no record ${name.replace(/\.$/, "")}`,
      );
      const { zoneId } = cloud.provider.invoke("aws:route53/getZone:getZone", { name: "example.com" });
      cloud.make("aws:route53/record:Record", "proof", {
        zoneId: String(zoneId),
        name,
        type: "CNAME",
        ttl: 60,
        records: [String(option?.resourceRecordValue)],
      });
      expect(errorOf(validate)).toBe("not refused");
      expect(cloud.provider.invoke("aws:acm/getCertificate:getCertificate", { domain: "new.example.com" }).status).toBe(
        "ISSUED",
      );
    });
  });
}
