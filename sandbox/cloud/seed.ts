/** The account as it is before any stack: the objects of `seed.yaml`, made by the same provider that stacks use. */
import { Account, ACCOUNT_ID, type CloudObject } from "./account/account";
import { readSeed, type SeedRow } from "./aws/object/facts";
import { awsPackage } from "./aws/package";

function make(account: Account, { type, name, region = "us-east-1", inputs }: SeedRow): void {
  const provider = awsPackage(account).configure({ region });
  const identity = { type, name, urn: `seed:${region}:${name}` };
  const checked = provider.check(identity, {}, inputs, new Uint8Array());
  const [failure] = checked.failures;
  if (failure) throw new Error(`sandbox/cloud/seed.yaml: ${type} ${name}: ${failure.property}: ${failure.reason}`);
  provider.create(identity, checked.inputs, false);
}

/**
 * What a new account holds; no program owns it.
 * @throws Error with the row's name when `seed.yaml` holds what AWS would refuse.
 */
export function loadSeed(): { readonly objects: readonly CloudObject[] } {
  const account = new Account(ACCOUNT_ID);
  for (const row of readSeed().objects) make(account, row);
  return { objects: account.all().map((object) => ({ ...object, urn: "" })) };
}
