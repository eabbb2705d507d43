/** Numbers of what an account has before any environment. */
import { limits } from "./limit";

const IAM_QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

/** Rows of the foundation. */
export const foundationLimits = limits({
  certificateNames: {
    value: 10,
    unit: "count",
    kind: "quota",
    source: "https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html",
    checked: "2026-11-21",
    reason: "ACM refuses a certificate with more names; each environment takes three.",
  },
  certificateWait: {
    value: 15,
    unit: "minutes",
    kind: "choice",
    source:
      "validation took 1.5 to 9 minutes in four public logs; the provider's own default is 75: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/acm_certificate_validation",
    checked: "2026-11-21",
    reason:
      "A longer wait only hides that the zone is not delegated; a shorter one fails certificates that would come.",
  },
  validationTtl: {
    value: 300,
    unit: "seconds",
    kind: "choice",
    source: "the records never change as long as account and domain are the same",
    checked: "2026-11-21",
    reason: "A short life only adds queries; a very long one outlives a mistake.",
  },
  sessionAtMost: {
    value: 2,
    unit: "hours",
    kind: "choice",
    source: "a preview takes minutes, a push of all images less than an hour",
    checked: "2026-11-29",
    reason: "A session that ends during a push leaves half a release; a longer one is worth stealing.",
  },
  deploySession: {
    value: 4,
    unit: "hours",
    kind: "choice",
    source:
      "the largest pool here, ten nodes at nodeRoll each, takes two and a half, and the rest of an update less than one",
    checked: "2026-11-29",
    reason: "A session that ends during an update leaves pending operations; a longer one is worth stealing.",
  },
  personSession: {
    value: 1,
    unit: "hours",
    kind: "choice",
    source:
      "the shortest that IAM allows as a maximum: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
    checked: "2026-11-21",
    reason: "A forgotten terminal with break-glass rights must not stay open over night.",
  },
  policySize: {
    value: 6144,
    unit: "characters",
    kind: "hard limit",
    source: IAM_QUOTAS,
    checked: "2026-11-21",
    reason: "IAM refuses a longer managed policy, white space not counted.",
  },
  policiesPerRole: {
    value: 10,
    unit: "count",
    kind: "quota",
    source: IAM_QUOTAS,
    checked: "2026-11-21",
    reason: "IAM refuses to attach more managed policies to one role.",
  },
  untaggedImages: {
    value: 14,
    unit: "days",
    kind: "choice",
    source: "what no tag and no image index names was left by a push that failed",
    checked: "2026-11-21",
    reason: "Shorter, and a slow retry finds its layers gone.",
  },
  taggedImages: {
    value: 500,
    unit: "count",
    kind: "choice",
    source: "ten releases a working day for ten weeks: older than any digest that still runs",
    checked: "2026-11-21",
    reason: "Too few, and the digest that a rollback or a replica asks for has been removed.",
  },
  oldStates: {
    value: 365,
    unit: "days",
    kind: "choice",
    source: "a year of states shows how every incident began; each is some 100 KiB",
    checked: "2026-11-21",
    reason: "A state that was overwritten by mistake can be brought back only while its version is kept.",
  },
  trailRetention: {
    value: 365,
    unit: "days",
    kind: "choice",
    source: "who did what is asked up to a year later; PCI DSS 10.5.1 asks for twelve months",
    checked: "2026-11-21",
    reason: "After that nobody can prove who changed production by hand.",
  },
  runnerPrefix: {
    value: 27,
    unit: "prefix length",
    kind: "choice",
    source: "two subnets of the smallest size that AWS allows, /28",
    checked: "2026-11-21",
    reason: "A /28 leaves eleven addresses for builds, which is more than run at once.",
  },
  runnerSubnetBits: {
    value: 1,
    unit: "count",
    kind: "choice",
    source: "one half for the NAT gateway, one for builds",
    checked: "2026-11-21",
    reason: "Changing it replaces both subnets.",
  },
  runnerTimeout: {
    value: 240,
    unit: "minutes",
    kind: "choice",
    source: "as long as the deploy role's session",
    checked: "2026-11-21",
    reason: "A build that is cut leaves pending operations in the state.",
  },
  https: {
    value: 443,
    unit: "port",
    kind: "hard limit",
    source: "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml?search=443",
    checked: "2026-11-21",
    reason: "Everything that a build fetches comes over HTTPS.",
  },
});
