/** Example of Trail: everything that is done in the account, in every region. */
import type * as aws from "@pulumi/aws";
import { Trail } from "../../../../components/foundation/trail";

export function trail(provider: aws.Provider): Trail {
  return new Trail(
    "trail",
    {
      account: "000000000000",
      region: "us-east-1",
      trailName: "fridayproof",
      bucket: "fridayproof-trail-000000000000",
      protect: true,
    },
    { providers: [provider] },
  );
}
