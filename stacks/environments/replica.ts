/** Production in another region. */
import { prod } from "./prod";
import { type ReplicaChoice, replicaOf } from "./replica-of";

/** What it has of its own. `npx fridayproof replica scale` writes the state. */
export const replicaChoice: ReplicaChoice = {
  region: "us-west-2",
  cidr: "10.40.0.0/16",
  zones: ["usw2-az1", "usw2-az2", "usw2-az3"],
  // Of example.com in the simulated account: whoever changes the domain changes it too.
  zoneId: "Z76D6E39BD8709C624FC0",
  mode: "pilot",
  standingNodes: { apps: 0, system: 2 },
  state: "standby",
};

/** As prod in everything that is not named here. */
export const replica = replicaOf(prod, replicaChoice);
