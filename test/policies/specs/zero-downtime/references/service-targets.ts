/** Cases of references-resolve: Services that lead to pods that end, and to addresses. */
import { but, deployment } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";

const service = (spec: object) =>
  object("core/v1:Service", "shop", { metadata: { name: "shop", namespace: "shop" }, spec });
const serving = service({ selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: "http" }] });
const template = (labels: object) => ({
  metadata: { labels },
  spec: { restartPolicy: "Never", containers: [{ name: "run", image: "example.com/run" }] },
});
const job = (labels: object): Given =>
  object("batch/v1:Job", "migrate", {
    metadata: { name: "migrate", namespace: "shop" },
    spec: { template: template(labels) },
  });
const cronJob = (labels: object): Given =>
  object("batch/v1:CronJob", "nightly", {
    metadata: { name: "nightly", namespace: "shop" },
    spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: template(labels) } } },
  });
const external = (externalName: string) => service({ type: "ExternalName", externalName });

/** Cases of what Services lead to besides the pods that serve. */
export const selectedCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a job with labels of its own": given(deployment, serving, job({ app: "migrate" })),
    "two versions of one application": given(
      deployment,
      { ...but(deployment, { "metadata.name": "next" }), name: "next" },
      serving,
    ),
    "the pods of a job, by themselves": given(
      {
        ...but(deployment, {
          "metadata.name": "web",
          "spec.selector.matchLabels": { app: "web" },
          "spec.template.metadata.labels": { app: "web" },
        }),
        name: "web",
      },
      job({ app: "shop" }),
      but(serving, { "spec.ports": [] }),
    ),
    "a host of the outside": given(external("db.example.com"), { ...external("10.example.com"), name: "two" }),
  },
  bad: {
    "the pods of a job beside those that serve": given(deployment, serving, job({ app: "shop", job: "migrate" })),
    "the pods of a nightly job beside those that serve": given(deployment, serving, cronJob({ app: "shop" })),
    "an address as the name of a host": given(external("10.0.0.7")),
    "an address of IPv6 as the name of a host": given(external("2001:db8::7")),
  },
};
