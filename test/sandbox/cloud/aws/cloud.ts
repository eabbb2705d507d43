/** A small cloud for tests: an account with the seed, a provider, and calls that read like a program. */
import { Account, type CloudObject } from "../../../../sandbox/cloud/account/account";
import { AWS_TYPES } from "../../../../sandbox/cloud/aws/object/entry";
import { loadFacts, type Facts } from "../../../../sandbox/cloud/aws/object/facts";
import { ResourceContext } from "../../../../sandbox/cloud/aws/object/resource-context";
import { COMPUTED_OUTPUTS } from "../../../../sandbox/cloud/aws/object/computed-outputs";
import { awsPackage } from "../../../../sandbox/cloud/aws/package";
import type { AwsProvider } from "../../../../sandbox/cloud/aws/provider";
import { loadSeed } from "../../../../sandbox/cloud/seed";
import type { PropertyMap } from "../../../../sandbox/property/values";

export const SEED = new Uint8Array(32);
export const DEPLOY_ROLE = "arn:aws:iam::000000000000:role/fridayproof-deploy";

export const identity = (type: string, name: string) => ({ type, name, urn: `urn:pulumi:dev::test::${type}::${name}` });

export interface Thing {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** The account as it is when an environment comes: somebody has made the role that it takes. */
function withDeployRole(account: Account): Account {
  const role = { type: "aws:iam/role:Role", id: "fridayproof-deploy", scope: "global", urn: "" };
  account.put({ ...role, inputs: {}, outputs: { arn: DEPLOY_ROLE, name: role.id } });
  return account;
}

export class Cloud {
  readonly account: Account;
  readonly provider: AwsProvider;

  constructor(
    readonly region = "us-east-1",
    readonly facts: Facts = loadFacts(),
    account?: Account,
  ) {
    this.account = account ?? withDeployRole(new Account("000000000000", loadSeed().objects));
    const config = { region, assumeRoles: JSON.stringify([{ roleArn: DEPLOY_ROLE }]) };
    this.provider = awsPackage(this.account, facts).configure(config) as AwsProvider;
  }

  check(type: string, name: string, news: PropertyMap, olds: PropertyMap = {}): PropertyMap {
    const { inputs, failures } = this.provider.check(identity(type, name), olds, news, SEED);
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    return inputs;
  }

  make(type: string, name: string, news: PropertyMap): Thing {
    const inputs = this.check(type, name, news);
    return { type, name, inputs, ...this.provider.create(identity(type, name), inputs, false) };
  }

  change(thing: Thing, news: PropertyMap): Thing {
    const inputs = this.check(thing.type, thing.name, news, thing.inputs);
    const { outputs } = this.provider.update(identity(thing.type, thing.name), thing, inputs, false);
    return { ...thing, inputs, outputs };
  }

  drop(thing: Thing): void {
    this.provider.delete(identity(thing.type, thing.name), thing);
  }

  /** A VPC with an internet gateway and one subnet for each zone id. */
  network(...zones: string[]): { vpc: Thing; gateway: Thing; subnets: Thing[] } {
    const vpc = this.make("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
    const gateway = this.make("aws:ec2/internetGateway:InternetGateway", "igw", { vpcId: vpc.id });
    const subnets = zones.map((zone, index) =>
      this.make("aws:ec2/subnet:Subnet", `subnet-${index}`, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${index}.0/24`,
        availabilityZoneId: zone,
      }),
    );
    return { vpc, gateway, subnets };
  }

  /** An object as a row of the table sees it, without the provider's own checks. */
  seen(type: string, inputs: PropertyMap, old?: CloudObject): ResourceContext {
    const entry = AWS_TYPES[type];
    if (entry === undefined) throw new Error(type);
    const caller = {
      account: this.account,
      facts: this.facts,
      region: this.region,
      principal: DEPLOY_ROLE,
      defaultTags: {},
    };
    return new ResourceContext(caller, type, entry, identity(type, "seen"), inputs, COMPUTED_OUTPUTS, old);
  }
}

/** The message of what a call throws. */
export function errorOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return "not refused";
}

/** An object as if somebody had made it. */
export function object(type: string, id: string, inputs: PropertyMap, outputs: PropertyMap = inputs): CloudObject {
  return { type, id, scope: AWS_TYPES[type]?.scope ?? "us-east-1", urn: "", inputs, outputs };
}

/** Inputs of a cluster in a network of its own. */
export function clusterInputs(cloud: Cloud, zones = ["use1-az1", "use1-az2"]): PropertyMap {
  const { subnets } = cloud.network(...zones);
  return {
    name: "c",
    roleArn: DEPLOY_ROLE,
    vpcConfig: { subnetIds: subnets.map(({ id }) => id) },
    accessConfig: { authenticationMode: "API" },
  };
}
