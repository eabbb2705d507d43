/** The simulated providers of the sandbox, all on one account. */
import type { Account } from "./account/account";
import { loadFacts, type QuotaLevel } from "./aws/object/facts";
import { awsPackage } from "./aws/package";
import { eksPackage } from "./eks/package";
import { kubernetesPackage } from "./kubernetes/package";
import type { ProviderPackage } from "../protocol/provider";
import { randomPackage } from "./random/package";

/** Every package that the program may use. @param quotas which of them count; what the seed says when absent. */
export function sandboxPackages(account: Account, quotas?: QuotaLevel): ProviderPackage[] {
  return [awsPackage(account, loadFacts(quotas)), eksPackage(), kubernetesPackage(account), randomPackage()];
}
