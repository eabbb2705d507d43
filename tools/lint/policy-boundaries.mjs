/** Rows of the import table for the policy pack: groups of rules, and the kit in its layers. */

const READING = "policies/kit/reading";

/** What every reader of facts for rules may use. */
const FACTS = [READING, "policies/kit/finding", "policies/limits", "components/core"];

/** In the form of the rows in boundaries.mjs, the most specific first. */
export const policyBoundaries = [
  {
    folder: "policies/kit/reading",
    may: ["components/core"],
    packages: "no-pulumi",
    reason: "a value is read the same way whatever rule reads it, from a program or from a manifest",
  },
  {
    folder: "policies/kit/finding",
    may: [READING, "components/core"],
    packages: "no-pulumi",
    reason: "a finding is data about a resource, whichever rule found it",
  },
  {
    folder: "policies/kit/rule",
    may: [...FACTS, "policies/kit/kubernetes"],
    packages: "any",
    reason: "what runs rules knows no system but Kubernetes, by whose pods rules name what they read",
  },
  {
    folder: "policies/kit/kubernetes",
    may: FACTS,
    packages: "no-pulumi",
    reason: "facts about objects are read the same way by every rule, so they depend on none",
  },
  {
    folder: "policies/kit/*",
    may: [...FACTS, "policies/kit/kubernetes"],
    packages: "no-pulumi",
    reason:
      "facts about a system are read the same way by every rule, so they depend on no rule and on no other system",
  },
  ...["zero-downtime", "security", "immutability", "replica"].map((group) => ({
    folder: `policies/${group}`,
    may: ["policies/kit", "policies/limits", "components/core"],
    packages: "no-pulumi",
    reason: "rules of one group meet those of another in the list of all rules alone",
  })),
  {
    folder: "policies",
    may: ["components/core"],
    packages: "any",
    reason: "policies check the program from outside and read an environment only as policy config",
  },
];
