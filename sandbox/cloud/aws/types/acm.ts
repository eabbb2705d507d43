/** ACM certificates and the wait for their validation. */
import type { Value } from "../../../engine/values";
import type { Making } from "../making";
import type { AwsType } from "./entry";

/** One validation record per distinct name; a wildcard shares the record of its parent. */
function validationOptions(made: Making): Value {
  return [made.text("domainName"), ...made.texts("subjectAlternativeNames")].map((domainName) => {
    const name = domainName.replace(/^\*\./, "");
    return {
      domainName,
      resourceRecordName: `_${made.hash(32, name)}.${name}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${made.hash(32, `to ${name}`)}.acm-validations.aws.`,
    };
  });
}

/** Entries. */
export const CERTIFICATES: Readonly<Record<string, AwsType>> = {
  "aws:acm/certificate:Certificate": {
    source: "acm/certificate.go",
    forceNew: [
      "certificateAuthorityArn",
      "domainName",
      "keyAlgorithm",
      "subjectAlternativeNames",
      "validationMethod",
      "validationOptions",
    ],
    id: "{arn}",
    arn: "arn:aws:acm:{region}:{account}:certificate/{hash32}",
    outputs: {
      domainValidationOptions: validationOptions,
      keyAlgorithm: "RSA_2048",
      status: (made) => made.old?.outputs.status ?? "PENDING_VALIDATION",
      subjectAlternativeNames: (made) => [
        ...new Set([made.text("domainName"), ...made.texts("subjectAlternativeNames")]),
      ],
      type: "AMAZON_ISSUED",
      renewalEligibility: "INELIGIBLE",
    },
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    source: "acm/certificate_validation.go",
    forceNew: ["certificateArn", "validationRecordFqdns"],
    id: "{hash8}-validated",
    references: { certificateArn: "certificate" },
  },
};
