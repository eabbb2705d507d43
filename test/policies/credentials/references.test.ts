/** Which values under a promising name are no credentials. */
import { describe, expect, it } from "vitest";
import { isHarmless, namesObject } from "../../../policies/security/credentials/references";

describe("a value under the name of a password", () => {
  it.each([
    "",
    " required ",
    '"true"',
    "'true'",
    "123",
    "${A:-x}-${B}",
    "$(A)${B:-x}",
    "%DB_PASSWORD%",
    "@@db.password@@",
    "@password@",
    "[password]",
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
    "1234",
    ...['a"true"', '"true"a', "a'true'", "'true'a"],
    "${db.password:correct-horse}",
    ...["a`b", "a$horse", "$horse!x", "a%B%", "%B%a", "a@b@", "@a@!", "a__B__", "__B__!"],
    ...["a<b>", "<b>a", "a[b]", "[b]a", "a****", "****a", "in-your-face", "horse/battery"],
    "horse https://a.example",
  ])("%j is one", (value) => {
    expect(isHarmless(value, "password")).toBe(false);
  });

  it.each(["40960", "1.25"])("is a count under the name of a token: %s", (value) => {
    expect(isHarmless(value, "key")).toBe(true);
  });

  it.each(["12345-horse", "1.25.horse"])("is no count under the name of a token: %s", (value) => {
    expect(isHarmless(value, "key")).toBe(false);
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
