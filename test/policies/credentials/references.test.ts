/** Which values under a promising name are no credentials. */
import { describe, expect, it } from "vitest";
import { isHarmless, namesObject } from "../../../policies/security/credentials/references";

describe("a value under the name of a password", () => {
  it.each([
    "",
    " required ",
    '"true"',
    "16",
    "30s",
    "$(DB_PASSWORD)",
    "${DB_PASSWORD}",
    "${DB_PASSWORD:-}",
    "${A:-required}",
    "user-$(SUFFIX)",
    "{{ .password }}",
    "$argocd:webhook.secret",
    "<password>",
    "__PASSWORD__",
    "********",
    "replace-me",
    "arn:aws:secretsmanager:us-east-1:1:secret:a",
    "vault:secret/data/a#b",
    "ref+vault://secret/a",
    "/var/run/secrets/db",
    "./password.txt",
    "https://idp.example.com/token",
    "ENC[AES256_GCM,data:a]",
    "sha256:0a1b",
    "ssh-ed25519 AAAA",
    "-----BEGIN CERTIFICATE-----",
  ])("%j is none", (value) => {
    expect(isHarmless(value, "password")).toBe(true);
  });

  it.each([
    "correct-horse",
    "12345678",
    "${DB_PASSWORD:-correct-horse}",
    "/9j4AA+Q==",
    "https://idp.example.com/token?key=a",
    "https://shop:horse@db",
    "changeme",
    "<<a>>b",
    "x",
  ])("%j is one", (value) => {
    expect(isHarmless(value, "password")).toBe(false);
  });

  it("is a count under the name of a token", () => {
    expect(isHarmless("40960", "key")).toBe(true);
  });
});

describe("a value under a vague name", () => {
  it.each([
    ["DB_SECRET", "shop-db"],
    ["SECRET", "regcred"],
    ["TOKEN", "team/shop-token"],
  ])("%s=%s names an object", (name, value) => {
    expect(namesObject(name, value)).toBe(true);
  });

  it.each([
    ["DB_SECRET", "correct-horse"],
    ["SECRET", "Regcred-Secret"],
    ["TOKEN", "a/b/token"],
    ["A_SECRET", "a-horse"],
  ])("%s=%s does not", (name, value) => {
    expect(namesObject(name, value)).toBe(false);
  });
});
