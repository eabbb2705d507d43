/** Numbers of what an account has before any environment. */
import { byDefault, choice, hardLimit, limits, quota } from "./limit";

const IAM_QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

/** Rows of the foundation. */
export const foundationLimits = limits("2026-11-21", {
  certificateNames: quota(10, "count", {
    source: "https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html",
    reason: "ACM refuses a certificate with more names; each environment takes three.",
  }),
  certificateWait: choice(15, "minutes", {
    source:
      "validation took 1.5 to 9 minutes in four public logs; the provider's own default is 75: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/acm_certificate_validation",
    reason:
      "A longer wait only hides that the zone is not delegated; a shorter one fails certificates that would come.",
  }),
  validationTtl: choice(300, "seconds", {
    source: "the records never change as long as account and domain are the same",
    reason: "A short life only adds queries; a very long one outlives a mistake.",
  }),
  sessionAtMost: choice(2, "hours", {
    source: "a preview takes minutes, a push of all images less than an hour",
    reason: "A session that ends during a push leaves half a release; a longer one is worth stealing.",
    checked: "2026-11-29",
  }),
  deploySession: choice(4, "hours", {
    source:
      "the largest pool here, ten nodes at nodeRoll each, takes two and a half, and the rest of an update less than one",
    reason: "A session that ends during an update leaves pending operations; a longer one is worth stealing.",
    checked: "2026-11-29",
  }),
  personSession: choice(1, "hours", {
    source:
      "the shortest that IAM allows as a maximum: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
    reason: "A forgotten terminal with break-glass rights must not stay open over night.",
  }),
  policySize: hardLimit(6144, "characters", {
    source: IAM_QUOTAS,
    reason: "IAM refuses a longer managed policy, white space not counted.",
  }),
  policiesPerRole: quota(10, "count", {
    source: IAM_QUOTAS,
    reason: "IAM refuses to attach more managed policies to one role.",
  }),
  untaggedImages: choice(14, "days", {
    source: "what no tag and no image index names was left by a push that failed",
    reason: "Shorter, and a slow retry finds its layers gone.",
  }),
  taggedImages: choice(500, "count", {
    source: "ten releases a working day for ten weeks: older than any digest that still runs",
    reason: "Too few, and the digest that a rollback or a replica needs has been removed.",
  }),
  oldStates: choice(365, "days", {
    source: "a year of states shows how every incident began; each is some 100 KiB",
    reason: "A state that was overwritten by mistake can be brought back only while its version is kept.",
  }),
  trailRetention: choice(365, "days", {
    source: "audits go back a year; PCI DSS 10.5.1 requires twelve months",
    reason: "After that there is no record of who changed production by hand.",
  }),
  runnerPrefix: choice(27, "prefix length", {
    source: "two subnets of the smallest size that AWS allows, /28",
    reason: "A /28 leaves eleven addresses for builds, which is more than run at once.",
  }),
  runnerSubnetBits: choice(1, "count", {
    source: "one half for the NAT gateway, one for builds",
    reason: "Changing it replaces both subnets.",
  }),
  runnerTimeout: choice(240, "minutes", {
    source: "as long as the deploy role's session",
    reason: "A build that is cut leaves pending operations in the state.",
  }),
  https: byDefault(443, "port", {
    source: "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml?search=443",
    reason: "Everything that a build fetches comes over HTTPS.",
  }),
});
