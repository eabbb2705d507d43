/** Example of StateStore: two regions under one key. */
import type * as aws from "@pulumi/aws";
import { StateStore } from "../../../../components/foundation/state-store";

export function stateStore(east: aws.Provider, west: aws.Provider): StateStore {
  return new StateStore("state", {
    regions: [
      { region: "us-east-1", provider: east, bucket: "fridayproof-state-000000000000-us-east-1" },
      { region: "us-west-2", provider: west, bucket: "fridayproof-state-000000000000-us-west-2" },
    ],
    keyAlias: "alias/fridayproof-state",
    protect: true,
  });
}
