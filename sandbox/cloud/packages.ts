/** The simulated providers of the sandbox, all on one account. */
import type { Account } from "./account";
import { awsPackage } from "./aws/package";
import { eksPackage } from "./eks/package";
import { kubernetesPackage } from "./kubernetes/package";
import type { ProviderPackage } from "../provider/provider";
import { randomPackage } from "./random/package";

/** Every package that the program may use. */
export function sandboxPackages(account: Account): ProviderPackage[] {
  return [awsPackage(account), eksPackage(), kubernetesPackage(account), randomPackage()];
}
