/** Example of Keys: the three keys that production shares. */
import type * as aws from "@pulumi/aws";
import { Keys } from "../../../../components/encryption/keys";

export function keys(provider: aws.Provider): Keys {
  return new Keys(
    "keys",
    {
      environment: "prod",
      accountId: "000000000000",
      deployRoleArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
      region: "us-east-1",
      alarms: true,
      protect: true,
    },
    { providers: [provider] },
  );
}
