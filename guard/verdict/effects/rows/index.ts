/** The rows, a file for each group of services. */
import type { EffectRows } from "../row";
import clusterObjects from "./cluster-objects.json";
import compute from "./compute.json";
import databases from "./databases.json";
import eks from "./eks.json";
import extensions from "./extensions.json";
import lb from "./lb.json";
import names from "./names.json";
import network from "./network.json";
import others from "./others.json";
import rights from "./rights.json";
import storage from "./storage.json";
import workloads from "./workloads.json";

/** Every file; types of JSON are wider than what is in it, which a test holds against the row's shape. */
export const rowFiles = [
  clusterObjects,
  compute,
  databases,
  eks,
  extensions,
  lb,
  names,
  network,
  others,
  rights,
  storage,
  workloads,
] as unknown as readonly EffectRows[];
