/** Production in another region. */
import { prod } from "./prod";
import { replicaOf } from "./replica-of";

/** As prod in everything that is not named here. */
export const replica = replicaOf(prod, {
  region: "us-west-2",
  cidr: "10.40.0.0/16",
  zones: ["usw2-az1", "usw2-az2", "usw2-az3"],
  // Of example.com in the simulated account: whoever changes the domain changes it too.
  zoneId: "Z76D6E39BD8709C624FC0",
});
