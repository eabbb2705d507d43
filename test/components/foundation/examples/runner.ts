/** Example of Runner: jobs of one repository, from one address. */
import type * as aws from "@pulumi/aws";
import { Runner } from "../../../../components/foundation/runner";

export function runner(provider: aws.Provider): Runner {
  return new Runner(
    "runner-us-east-1",
    {
      account: "000000000000",
      region: "us-east-1",
      zoneId: "use1-az1",
      cidr: "10.255.0.0/27",
      project: "fridayproof-runner-us-east-1",
      repository: "example/fridayproof",
      connectionArn: "arn:aws:codeconnections:us-east-1:000000000000:connection/11111111-2222-3333-4444-555555555555",
      image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
      protect: true,
    },
    { providers: [provider] },
  );
}
