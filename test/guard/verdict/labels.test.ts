/** Labels of objects: words, unless an object of the plan selects by them. */
import { expect, test } from "vitest";
import { terraform, verdictOnBytes } from "./support";

const labels = (version: string) => ({ metadata: [{ labels: { version } }] });

const renamed = { type: "kubernetes_config_map", name: "one", before: labels("1"), after: labels("2") };

const service = (after: object, unknown = {}) => ({
  type: "kubernetes_service",
  name: "web",
  actions: ["create"],
  after: { metadata: [{ name: "web" }], ...after },
  unknown,
});

const reasonOf = (...changes: Parameters<typeof terraform>[0]): string | undefined =>
  verdictOnBytes(terraform(changes)).changes.find(({ address }) => address.endsWith("one"))?.reason;

test.each([
  ["another key", service({ spec: [{ selector: { app: "web" } }] }), "descriptions, unless something selects by them"],
  [
    "its key",
    service({ spec: [{ selector: { version: "1" } }] }),
    "something selects by it (kubernetes_service.web by version): descriptions, unless something selects by them",
  ],
  [
    "keys that are known only after the run",
    service({ spec: [{}] }, { spec: [{ selector: true }] }),
    "something selects by it (kubernetes_service.web by version): descriptions, unless something selects by them",
  ],
])("a label that changes beside a Service that selects by %s", (_about, change, reason) => {
  expect(reasonOf(renamed, change)).toBe(reason);
});
