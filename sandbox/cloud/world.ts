/** The account as it is before any stack: the objects of `seed.yaml`, made by the same provider that stacks use. */
import { Account, ACCOUNT_ID, type CloudObject } from "./account";
import { readSeed } from "./aws/facts";
import { awsPackage } from "./aws/package";
import type { PropertyMap } from "../values/values";

interface SeedRow {
  readonly type: string;
  readonly name: string;
  /** us-east-1 when absent. */
  readonly region?: string;
  readonly inputs: PropertyMap;
}

const NO_SEED = new Uint8Array();

function make(account: Account, row: SeedRow): void {
  const region = row.region ?? "us-east-1";
  const provider = awsPackage(account).configure({ region });
  const subject = { type: row.type, name: row.name, urn: `seed:${region}:${row.name}` };
  const { inputs, failures } = provider.check(subject, {}, row.inputs, NO_SEED) as Exclude<
    ReturnType<typeof provider.check>,
    Promise<unknown>
  >;
  const [failure] = failures;
  if (failure)
    throw new Error(`sandbox/cloud/seed.yaml: ${row.type} ${row.name}: ${failure.property}: ${failure.reason}`);
  void provider.create(subject, inputs, false);
  for (const object of account.madeBy(subject.urn)) {
    account.remove(object);
    account.put({ ...object, urn: "" });
  }
}

/**
 * What a new account holds.
 * @throws Error with the row's name when `seed.yaml` holds what AWS would refuse.
 */
export function loadWorld(): { readonly accountId: string; readonly objects: readonly CloudObject[] } {
  const account = new Account(ACCOUNT_ID);
  for (const row of readSeed().objects as readonly SeedRow[]) make(account, row);
  return { accountId: ACCOUNT_ID, objects: account.all() };
}
