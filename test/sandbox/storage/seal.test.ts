/** Sealed strings: what holds a secret stands in no file in the clear, and comes back as it was. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAccount } from "../../../sandbox/cloud/account/account-file";
import { sealing } from "../../../sandbox/storage/seal";
import { messageOf } from "../../support/message-of";

const SECRET = "s3cret-token";
let folder: string;
const key = (): string => path.join(folder, "account.key");

const written = (value: unknown, secrets: readonly string[] = [SECRET]): string =>
  sealing(key(), secrets).stringify(value);
const read = (text: string): unknown => sealing(key(), []).parse(text);

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "seal "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a document", () => {
  it.each([
    ["the secret itself", SECRET],
    ["a text that quotes it", `token=${SECRET};`],
    ["its base64, as a Secret has it", Buffer.from(SECRET).toString("base64")],
    ["JSON that holds it", JSON.stringify({ token: SECRET })],
  ])("holds no %s in the clear, and gives it back", (_name, text) => {
    const document = written({ a: [text], b: "plain" });
    expect(document).not.toContain(text);
    expect(document).toContain('"b":"plain"');
    expect(read(document)).toEqual({ a: [text], b: "plain" });
  });

  it("comes back whatever is in it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ minLength: 3 }), (value, secret) => {
        const document: unknown = JSON.parse(JSON.stringify({ value, secret }));
        expect(read(written(document, [secret]))).toEqual(document);
      }),
    );
  });

  it("keeps sealed what came sealed, though the run has no secret", () => {
    const before = written({ token: SECRET });
    const codec = sealing(key(), []);
    const value = codec.parse(before);
    expect(codec.stringify(value)).not.toContain(SECRET);
  });

  it("leaves a secret of two characters alone, and makes no key for it", () => {
    expect(written({ zone: "us-east-1a" }, ["1a"])).toBe('{"zone":"us-east-1a"}');
    expect(() => statSync(key())).toThrow("ENOENT");
  });

  it("has a key that its owner alone may read", () => {
    written(SECRET);
    expect(statSync(key()).mode & 0o777).toBe(0o600);
  });

  it("is refused where its key is another one", () => {
    const document = written({ token: SECRET });
    writeFileSync(key(), Buffer.alloc(32).toString("base64"));
    expect(messageOf(() => read(document))).toBe(
      `secrets of the simulated account are sealed with a key that is not in ${key()}.\n` +
        "Nothing was changed. Restore the file, or start anew with every stack: npx fridayproof sandbox reset.",
    );
  });
});

describe("the account", () => {
  const object = {
    type: "aws:ec2/vpc:Vpc",
    id: "vpc-1",
    scope: "us-east-1",
    inputs: { tags: { token: SECRET } },
    outputs: {},
  };

  it("has a secret sealed in its journal and in its file", () => {
    const { account, save } = openAccount(folder, () => [], undefined, [SECRET]);
    account.put({ ...object, urn: "urn" });
    expect(readFileSync(path.join(folder, "account.journal.jsonl"), "utf8")).not.toContain(SECRET);
    save();
    expect(readFileSync(path.join(folder, "account.json"), "utf8")).not.toContain(SECRET);
    expect(openAccount(folder, () => []).account.all()[0]?.inputs).toEqual(object.inputs);
  });
});
