/** Credentials inside texts: where they are found, and that no text breaks the search. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { formOf } from "../../../policies/security/credentials/forms";
import { credentialsAmong, credentialsIn, textAtMost } from "../../../policies/security/credentials/texts";

const names = (text: string): readonly (string | undefined)[] => credentialsIn(text).map(({ name }) => name);
const forms = (text: string): readonly string[] => credentialsIn(text).map(({ what }) => what);

describe("a text", () => {
  it("gives each credential with its line", () => {
    expect(credentialsIn("a: 1\npassword: x1y2\n\ntoken: x1y2\npassword: x1y2\n")).toEqual([
      { what: "a password", name: "password", line: 2 },
      { what: "a key or token", name: "token", line: 4 },
      { what: "a password", name: "password", line: 5 },
    ]);
  });

  it("gives several of a line, each name once, and all in the order of the lines", () => {
    expect(names("password=x1y2 token=x1y2 password=x1y3")).toEqual(["password", "token"]);
    expect(credentialsIn("\napp --token x1y2\npassword=x1y2").map(({ name, line }) => [name, line])).toEqual([
      ["token", 2],
      ["password", 3],
    ]);
  });

  it.each([
    ["password=x1y2", "password"],
    ["password=x1y2==", "password"],
    ["password: 'x1 Horse y2'", "password"],
    ["{user:a,password:x1y2}", "password"],
    ["a.b.password = x1y2", "a.b.password"],
    ["password: 'x1 y2'", "password"],
    ["  - password: x1y2 # why", "password"],
    ["{user: a, password: x1y2}", "password"],
    ["password: |\n  x1y2", "password"],
    ['{\\"password\\":\\"x1y2\\"}', "password"],
    ["https://a/b?api_key=x1y2&c=d", "api_key"],
    ["--from-literal=password=x1y2", "password"],
    ["app --password x1y2", "password"],
    ["app --password 'x1y2'", "password"],
    ["<password>x1y2</password>", "password"],
    ['"auth":"c2hvcDpob3JzZQ=="', "auth"],
    ["local password := x1y2", "password"],
    ['env "password": x1y2', "password"],
    ['password: "Hunter22"', "password"],
    ["password: x1y2  \nuser: a", "password"],
    ["{password: x1y2, user: a}", "password"],
    ['{\\"password\\":\\"x1 y2\\"}', "password"],
    ["# why\npassword=x1y2", "password"],
    [`x${" ".repeat(600)}password: x1y2`, "password"],
  ])("%j holds one under its name", (text, name) => {
    expect(names(text)).toEqual([name]);
  });

  it.each([
    ["postgres://shop:x1y2@db/shop", "a password"],
    ["redis://:x1y2@cache", "a password"],
    ["# redis://:x1y2@cache", "a password"],
    ["jdbc:oracle:thin:scott/tiger@db:1521", "a password"],
    ["machine a login b password x1y2", "a password"],
    ["ALTER USER a PASSWORD 'x1y2'", "a password"],
    ["masterauth x1y2z3", "a password"],
    ["mysqldump -u root -px1y2 shop", "a password"],
    ["curl --user a:x1y2 https://a", "a password"],
    ["sshpass -p x1y2 ssh a", "a password"],
    [`password=gho_${"a1".repeat(18)}`, "a GitHub token"],
    ["redis-cli -a x1y2 ping", "a password"],
    ["Authorization: Bearer x1y2z3a4", "an authorization header"],
    ["-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"],
    [`github_pat_${"a1".repeat(30)}`, "a GitHub token"],
    ["xapp-1-A0123456789-abc", "a Slack token"],
    ["https://hooks.slack.com/services/T0/B0/abc", "a webhook's address"],
    ["https://a.webhook.office.com/webhookb2/1234@5678/IncomingWebhook/9", "a webhook's address"],
    ["sk_live_0123456789abc", "a Stripe key"],
    [`AIza${"a".repeat(35)}`, "a Google key"],
    [`npm_${"a".repeat(36)}`, "a token of a package registry"],
    [`hvs.${"a".repeat(24)}`, "a Vault token"],
    [`SG.${"a".repeat(22)}.${"b".repeat(43)}`, "a service's token"],
  ])("%j holds one by its form", (text, what) => {
    expect(forms(text)).toEqual([what]);
  });

  it.each([
    "# password: x1y2",
    "  // password = x1y2",
    "-- ALTER, password=x1y2",
    "The password: choose a long one",
    "password: choose a long one",
    'password: "Choose a long one"',
    'password: "x1y2',
    "password: getPassword()",
    "See {a}, the password: x1y2",
    "ALTER USER a PASSWORD '<password>'",
    "ALTER USER a PASSWORD 'required'",
    ...['"oauth":"c2hvcDpob3JzZQ=="', '"auths":"c2hvcDpob3JzZQ=="', '"auth":"!c2hvcDpob3JzZQ=="'],
    ...['"auth":"c2hvcDpob3JzZQ==!"', '"auth":"aGVsbG93b3JsZA=="', '"auth":"OmhvcnNlYmF0dGVyeQ=="'],
    '"auth":"AGFiOmNkZWZnaA=="',
    "password: >-\n  {{ .Values.password }}",
    "Enter password:secretly, please",
    "if [ $password = x1y2 ]; then",
    "password == other",
    "password = getPassword()",
    "password = config.db.password",
    'password = os.environ["A"]',
    "--password-file /run/x1y2",
    "redis-cli --no-auth-warning ping",
    "postgres://shop@db/shop",
    "postgres://shop:${PASSWORD}@db/shop",
    "postgres://shop:<password>@db/shop",
    "Authorization: Bearer $TOKEN",
    "-----BEGIN PUBLIC KEY-----",
    "pk_live_0123456789abc",
    "secretName: shop",
    "apiVersion: v1\nkind: Secret\nname: token\n",
  ])("%j holds none", (text) => {
    expect(credentialsIn(text)).toEqual([]);
  });

  it("tells no more than twenty, and looks no further than a ConfigMap reaches", () => {
    expect(credentialsIn("password=x1y2\n".repeat(50))).toHaveLength(20);
    expect(credentialsIn(`${" ".repeat(textAtMost)}password=x1y2`)).toEqual([]);
  });

  it("may be any text", () => {
    const parts = fc.constantFrom(
      "password",
      "=",
      ":",
      '"',
      "'",
      "\n",
      "://",
      "@",
      "eyJ",
      ".",
      "-",
      "{",
      "$",
      " ",
      "\\",
    );
    const odd = fc.array(fc.oneof(parts, fc.string({ unit: "binary" })), { maxLength: 60 }).map((all) => all.join(""));
    fc.assert(fc.property(odd, (text) => credentialsIn(text).every(({ line }) => line <= text.split("\n").length)));
  });

  it("may be long and made to be slow", () => {
    for (const part of ["a.", "://", "password", "eyJ-", "a=", ':"', "mysql ", "\\", "curl ", "<a>"])
      expect(credentialsIn(part.repeat(20_000)).length).toBeLessThanOrEqual(20);
  });
});

describe("a form", () => {
  it("is looked for only in texts with one of the signs", () => {
    const exec = vi.spyOn(RegExp.prototype, "exec");
    expect(formOf("shop")).toBeUndefined();
    expect(exec).toHaveBeenCalledTimes(1);
    expect(formOf("key-a")).toBeUndefined();
    expect(exec.mock.calls.length).toBeGreaterThan(2);
  });
});

describe("the words of a command line", () => {
  it("hold a credential in a word, or in the word after an option", () => {
    const found = credentialsAmong(["run", "--db-password=x1y2", "--token", "x1y2", "-v", "--api-key", "--quiet"]);
    expect(found.map(({ word, name }) => [word, name])).toEqual([
      [1, "db-password"],
      [3, "token"],
    ]);
    expect(credentialsAmong(["-token", "x1y2"])).toHaveLength(1);
    expect(credentialsAmong(["a--token", "x1y2", "--token!", "x1y2"])).toEqual([]);
  });
});
