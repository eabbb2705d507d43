/** Helm charts. */
import { isUnknown, textAt } from "../../plans/values";
import { type Conditions, safe, unknown } from "../core/condition";
import { isNewCluster } from "./new-cluster";

/** Conditions about charts. */
export const charts: Conditions = {
  chart: (context) =>
    isNewCluster(context) ? safe("its cluster is new: nobody is served by it yet") : unknown(context.row.when),
  chartVersion: ({ resource, after, row }) => {
    const [name, repository] = [
      textAt(resource.after, "chart") ?? "CHART",
      textAt(resource.after, "repositoryOpts.repo") ?? textAt(resource.after, "repository"),
    ];
    const from = repository === undefined || repository.startsWith("oci:") ? "" : ` --repo ${repository}`;
    const version = isUnknown(after) || typeof after !== "string" ? "VERSION" : after;
    return unknown(
      `${row.when}: \`helm show crds ${name}${from} --version ${version} | kubectl apply --server-side -f -\``,
    );
  },
};
