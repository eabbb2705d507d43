/** Which names promise a credential. */
import { describe, expect, it } from "vitest";
import { promiseOf, wordsOf } from "../../../policies/security/credentials/names";

describe("a name", () => {
  it.each([
    ["DB_PASS", ["db", "pass"]],
    ["dbPassword", ["db", "password"]],
    ["APIKey", ["api", "key"]],
    ["auth.rootPassword", ["auth", "root", "password"]],
    ["", []],
  ])("%s is split into its words", (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });

  it.each([
    "DB_PASS",
    "PGPASSWORD",
    "mysqlpwd",
    "PASSWORD_PROD",
    "password2",
    "password12",
    "PASSWORD_V2",
    "PASSWORD_12",
    "DB_PASSWORD_BASE64",
    "passphrase",
    "POSTGRES_PASSWORDS",
  ])("%s promises a password", (name) => {
    expect(promiseOf(name)).toBe("password");
  });

  it.each([
    "API_KEY",
    "apikey",
    "AWS_SECRET_ACCESS_KEY",
    "SECRET_KEY_BASE",
    "AccountKey",
    "client-key-data",
    "SLACK_TOKEN",
    "authToken",
    "CLIENT_SECRET",
    "webhook.github.secret",
  ])("%s promises a key or token", (name) => {
    expect(promiseOf(name)).toBe("key");
  });

  it.each(["TOKEN", "DB_SECRET", "CREDENTIAL", "credentials", "creds"])("%s may name an object", (name) => {
    expect(promiseOf(name)).toBe("vague");
  });

  it.each([
    "PASSWORD_FILE",
    "secretName",
    "passwordKey",
    "TOKEN_URL",
    "IMAGE_PULL_SECRET",
    "existingSecret",
    "PUBLIC_KEY",
    "checksum/secret",
    "AWS_ACCESS_KEY_ID",
    "partitionKey",
    "certificate-authority-data",
    "COMPASS",
    "PASSWORD_SHOP2",
    "PASSWORD_2FA",
    "API_MONKEY",
    "API_KEYNAME",
    "API_TOKENIZER",
    "SACRED",
    "CREDIT",
    "bypass",
    "PASS2WORD",
    "PASSWORD_2fa",
    `${"a_".repeat(150)}password`,
    "",
  ])("%s promises nothing", (name) => {
    expect(promiseOf(name)).toBeUndefined();
  });
});
