/** A small program on the simulated cloud: a network, names drawn at random, users of users; for tests of the disk. */
import * as aws from "@pulumi/aws";
import * as random from "@pulumi/random";

/** What the program declares. */
export interface SmallProgram {
  /** Number of subnets. */
  readonly subnets: number;
  /** Block of the VPC: another one replaces it and everything inside. */
  readonly cidr?: string;
}

/** A provider, a VPC, subnets, a log group and a password. */
export function smallProgram({ subnets, cidr = "10.7.0.0/16" }: SmallProgram): () => Record<string, unknown> {
  return () => {
    const provider = new aws.Provider("aws", { region: "us-east-1", allowedAccountIds: ["000000000000"] });
    const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: cidr }, { provider });
    const base = cidr.split(".").slice(0, 2).join(".");
    const made = Array.from({ length: subnets }, (_, index) => {
      const cidrBlock = `${base}.${index}.0/24`;
      return new aws.ec2.Subnet(`subnet-${index}`, { vpcId: vpc.id, cidrBlock }, { provider });
    });
    const password = new random.RandomPassword("password", { length: 24 });
    const logs = new aws.cloudwatch.LogGroup("logs", { name: "/small/logs", retentionInDays: 7 }, { provider });
    return { vpcId: vpc.id, subnetIds: made.map((subnet) => subnet.id), logs: logs.name, password: password.result };
  };
}
