/** Example of Certificates: one for production and staging in their region. */
import * as aws from "@pulumi/aws";
import { Certificates } from "../../../../components/foundation/certificates";

export function certificates(provider: aws.Provider): Certificates {
  const domains = ["example.com", "staging.example.com"];
  const zoneIds = domains.map((name) => [name, aws.route53.getZoneOutput({ name }, { provider }).zoneId] as const);
  return new Certificates("certificates", {
    certificates: [{ region: "us-east-1", provider, generation: "1", domains }],
    zoneIds: Object.fromEntries(zoneIds),
    protect: true,
    tags: { "fridayproof.dev/certificate": "environments" },
  });
}
