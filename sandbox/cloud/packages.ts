/** The simulated providers of the sandbox, all on one account. */
import type { Account } from "./account/account";
import { loadFacts, type QuotaLevel } from "./aws/object/facts";
import { awsPackage } from "./aws/package";
import { eksPackage } from "./eks/package";
import { kubernetesPackage } from "./kubernetes/package";
import { readOutages, type OutageTexts } from "./outage/outage";
import { withOutages, zonesIn } from "./outage/packages";
import type { ProviderPackage } from "../protocol/provider";
import { randomPackage } from "./random/package";

/**
 * Every package that the program may use.
 * @param quotas which of them count; the seed's when absent.
 * @param texts what is lost in this run, beside the regions that the seed denies.
 * @throws UserError where `texts` name nothing.
 */
export function sandboxPackages(account: Account, quotas?: QuotaLevel, texts: OutageTexts = {}): ProviderPackage[] {
  const seeded = loadFacts(quotas);
  const denyRegion = [...seeded.deniedRegions, ...(texts.denyRegion ?? [])];
  const outages = readOutages({ ...texts, denyRegion }, seeded);
  const facts = { ...seeded, deniedRegions: outages?.regions.map(({ region }) => region) ?? [] };
  const packages = [awsPackage(account, facts), eksPackage(), kubernetesPackage(account), randomPackage()];
  if (outages === undefined) return packages;
  const zones = zonesIn(account, facts);
  return packages.map((pkg) => withOutages(pkg, outages, zones));
}
