/** Example of ImageStore: one application and one mirrored chart, in two regions. */
import type * as aws from "@pulumi/aws";
import { ImageStore } from "../../../../components/foundation/image-store";

export function imageStore(east: aws.Provider, west: aws.Provider): ImageStore {
  return new ImageStore("images", {
    account: "000000000000",
    regions: [
      { region: "us-east-1", provider: east },
      { region: "us-west-2", provider: west },
    ],
    applications: ["fridayproof/apps/shop"],
    mirrors: ["fridayproof/charts/argo-cd"],
    prefix: "fridayproof/",
    forceDelete: false,
  });
}
