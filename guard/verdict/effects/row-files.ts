/** The rows, a file for each group of services. */
import type { EffectRows } from "./row";
import clusterObjects from "./rows/cluster-objects.json";
import compute from "./rows/compute.json";
import databases from "./rows/databases.json";
import edge from "./rows/edge.json";
import eks from "./rows/eks.json";
import extensions from "./rows/extensions.json";
import jobs from "./rows/jobs.json";
import lb from "./rows/lb.json";
import messages from "./rows/messages.json";
import names from "./rows/names.json";
import network from "./rows/network.json";
import others from "./rows/others.json";
import rights from "./rows/rights.json";
import storage from "./rows/storage.json";
import workloads from "./rows/workloads.json";

/** Every file; types of JSON are wider than what is in it, which a test holds against the row's shape. */
export const rowFiles = [
  clusterObjects,
  compute,
  databases,
  edge,
  eks,
  extensions,
  jobs,
  lb,
  messages,
  names,
  network,
  others,
  rights,
  storage,
  workloads,
] as unknown as readonly EffectRows[];
