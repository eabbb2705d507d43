/** Keys of ConfigMaps and Secrets, as their controllers make them. */
import { describe, expect, it } from "vitest";
import { keysIn, type KeysInSight } from "../../../../policies/kit/kubernetes/configuration-keys";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { types } from "../../../../policies/kit/reading/types";
import { UNKNOWN } from "../../support/spec";

const metadata = { name: "db", namespace: "shop" };
const one = (kind: string, props: object): Resource =>
  new Resource({ type: `kubernetes:${kind}`, name: "db", props: { metadata, ...props } });
const external = (spec: object): Resource => one("external-secrets.io/v1:ExternalSecret", { spec });
const sealed = (spec: object): Resource => one("bitnami.com/v1alpha1:SealedSecret", { spec });
const certificate = (spec: object): Resource =>
  one("cert-manager.io/v1:Certificate", { spec: { secretName: "db", ...spec } });
const seenIn = (kind: string, name: string, ...resources: readonly Resource[]): KeysInSight | undefined =>
  keysIn(new Stack(resources), kind, "shop", name);
/** The keys in their order; `open` where something unseen may add others. */
const keysOf = (kind: string, name: string, ...resources: readonly Resource[]): readonly string[] | string => {
  const seen = seenIn(kind, name, ...resources);
  if (seen === undefined) return "open";
  return "keys" in seen ? [...seen.keys] : `hidden at ${seen.at}`;
};
const secret = (resource: Resource, name = "db"): readonly string[] | string =>
  keysOf(types.opaqueSecret, name, resource);
const reading = { data: [{ secretKey: "password" }, { secretKey: "user" }] };

describe("keys of an object that holds its content", () => {
  it("are those of all its members", () => {
    const map = one("core/v1:ConfigMap", { data: { a: "1" }, binaryData: { b: "MQ==" } });
    expect(keysOf(types.configMap, "db", map)).toEqual(["a", "b"]);
    const plain = one("core/v1:Secret", { data: { a: "MQ==" }, stringData: { b: "1" } });
    expect(secret(plain)).toEqual(["a", "b"]);
  });

  it("are open where it has none, where nobody declares it, and where two do", () => {
    const empty = one("core/v1:Secret", {});
    const full = one("core/v1:Secret", { data: { a: "MQ==" } });
    expect([secret(empty), secret(full, "web"), keysOf(types.opaqueSecret, "db", full, external(reading))]).toEqual([
      "open",
      "open",
      "open",
    ]);
  });

  it("are open where they are malformed, and hidden at their place", () => {
    expect(secret(one("core/v1:Secret", { data: 7 }))).toBe("open");
    expect(secret(one("core/v1:Secret", { data: UNKNOWN }))).toBe("hidden at data");
  });

  it("are nobody's where the name is hidden", () => {
    expect(secret(one("core/v1:Secret", { metadata: { name: UNKNOWN, namespace: "shop" }, data: { a: "MQ==" } }))).toBe(
      "open",
    );
  });
});

describe("keys that external-secrets makes", () => {
  it.each([
    ["what is read", reading, ["password", "user"]],
    ["a template in its place", { ...reading, target: { template: { data: { url: "x" } } } }, ["url"]],
    [
      "a template beside it",
      { ...reading, target: { template: { mergePolicy: "Merge", data: { url: "x" } } } },
      ["url", "password", "user"],
    ],
    ["everything of a source", { ...reading, dataFrom: [{ extract: { key: "db" } }] }, "open"],
    ["a template from elsewhere", { ...reading, target: { template: { templateFrom: [{ literal: "x" }] } } }, "open"],
    ["a Secret of another owner", { ...reading, target: { creationPolicy: "Merge" } }, "open"],
    ["no Secret", { ...reading, target: { creationPolicy: "None" } }, "open"],
    ["a Secret of its own", { ...reading, target: { creationPolicy: "Owner" } }, ["password", "user"]],
    ["nothing", {}, "open"],
  ])("of %s", (_what, spec, keys) => {
    expect(secret(external(spec))).toEqual(keys);
  });

  it("stand under the name of the target, or of the object", () => {
    const named = external({ ...reading, target: { name: "other" } });
    expect([secret(named, "other"), secret(named)]).toEqual([["password", "user"], "open"]);
  });
});

describe("keys that other controllers make", () => {
  it("are what is sealed and what its template adds, under the template's name", () => {
    expect(secret(sealed({ encryptedData: { a: "x" }, template: { data: { b: "{{ .a }}" } } }))).toEqual(["a", "b"]);
    const named = sealed({ encryptedData: { a: "x" }, template: { metadata: { name: "other" } } });
    expect([secret(named, "other"), secret(named)]).toEqual([["a"], "open"]);
  });

  it.each([
    ["alone", {}, ["tls.crt", "tls.key", "ca.crt"]],
    ["with no further format", { additionalOutputFormats: [] }, ["tls.crt", "tls.key", "ca.crt"]],
    ["in further formats", { additionalOutputFormats: [{ type: "CombinedPEM" }] }, "open"],
    ["with a keystore", { keystores: { jks: { create: true } } }, "open"],
  ])("are those of a certificate %s", (_what, spec, keys) => {
    expect(secret(certificate(spec))).toEqual(keys);
  });
});
