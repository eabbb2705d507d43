/** The dev environment with flags of one of two applications. */
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";

/** A flag for a share of people. */
export const checkout = { owner: "payments", removeBy: "2027-03-01", default: false, percentage: 5 };

/** The environment. */
export const flagged: EnvironmentInput = {
  ...dev,
  gitOps: { ...dev.gitOps, applications: ["shop", "blog"] },
  flags: { shop: { checkout } },
};
