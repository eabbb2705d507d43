/** Cases of single-owner: several ExternalSecrets of one Secret. */
import { given, object, previewed, type Spec, UNKNOWN } from "../../support/spec";

const external = (name: string, target: unknown, namespace = "shop") =>
  object("external-secrets.io/v1:ExternalSecret", name, {
    metadata: { name, namespace },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "ClusterSecretStore", name: "aws" },
      target,
      data: [{ secretKey: "password", remoteRef: { key: "shop/db" } }],
    },
  });

/** Cases of single-owner: several ExternalSecrets of one Secret. */
export const secretCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a Secret for each, and others that only add": given(
      external("db", { name: "db" }),
      external("user", { name: "db", creationPolicy: "Merge" }),
      external("none", { name: "db", creationPolicy: "None" }),
      external("cache", {}),
      external("far", { name: "db" }, "cart"),
    ),
    "one object in two clusters": given(external("db", { name: "db" }), {
      ...external("db", { name: "db" }),
      urn: "b",
    }),
  },
  bad: {
    "three of one Secret": given(
      external("db", { name: "db" }),
      external("user", { name: "db" }),
      external("third", { name: "db" }),
    ),
    "two of one Secret": given(external("db", { name: "db" }), external("user", { name: "db" })),
    "one that is called as another's Secret": given(external("user", { name: "db" }), external("db", undefined)),
    "two of one Secret, one of which a preview hides": previewed(
      external("db", { name: "db" }),
      external("user", { name: "db" }),
      external("third", UNKNOWN),
    ),
  },
};
