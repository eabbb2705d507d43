/** Production in another region. */
import { prod } from "./prod";
import { type ReplicaChoice, replicaOf } from "./replica-of";

/** Its settings that differ from production's. `npx fridayproof replica scale` writes the state. */
export const replicaChoice: ReplicaChoice = {
  region: "us-west-2",
  cidr: "10.40.0.0/16",
  zones: ["usw2-az1", "usw2-az2", "usw2-az3"],
  // Id of example.com in the simulated account. Change it with the domain.
  zoneId: "Z76D6E39BD8709C624FC0",
  mode: "pilot",
  standingNodes: { apps: 0, system: 2 },
  state: "standby",
};

/** Every other setting is prod's. */
export const replica = replicaOf(prod, replicaChoice);
