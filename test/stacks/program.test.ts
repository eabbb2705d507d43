/** The program refuses bad input whole, before it declares anything, and without a wall of internals. */
import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, test } from "vitest";
import { readFoundationSettings, readSettings } from "../../stacks/inputs/config";
import { program } from "../../stacks/program/program";
import { messageOf } from "../support/message-of";

function given(stack: string, config: Record<string, string>): void {
  pulumi.runtime.setMockOptions({}, "fridayproof", stack, true, "organization");
  pulumi.runtime.setAllConfig(config, []);
}

const good = { "fridayproof:account": "111122223333", "fridayproof:deployerCidrs": '["203.0.113.7/32"]' };

afterEach(() => {
  pulumi.runtime.setAllConfig({}, []);
});

describe("configuration", () => {
  const secretKeys = ["account", "deployerCidrs", "role", "teardown"];
  test.each(secretKeys)("of key %s is refused as a secret, good or bad, and its value is not repeated", (name) => {
    const key = `fridayproof:${name}`;
    for (const text of ["hunter2", (good as Record<string, string>)[key] ?? "true"]) {
      pulumi.runtime.setMockOptions({}, "fridayproof", "dev", true, "organization");
      pulumi.runtime.setAllConfig({ ...good, [key]: text }, [key]);
      const message = messageOf(readSettings);
      expect(message).toContain(`1 problem in the configuration of stack "dev":\n  ${key}: got "[secret]"; allowed: `);
      expect(message).toContain(`It stands in the clear in resources and states: pulumi config set ${key} `);
      expect(message).not.toContain("hunter2");
    }
  });

  test("keys that nobody reads are refused, with the nearest that somebody does", () => {
    given("dev", { ...good, "fridayproof:acount": "1", "fridayproof:colour": "red", "aws:region": "us-east-1" });
    const keys = ["account", "databaseSnapshot", "deployerCidrs", "role", "teardown", "makeAgain"];
    const allowed = keys.map((key) => `fridayproof:${key}`).join(", ");
    const where = (key: string): string =>
      `Remove it where it was set: stacks/sandbox/ or --config on the sandbox, pulumi config rm ${key} elsewhere.`;
    expect(messageOf(readSettings)).toBe(
      [
        '2 problems in the configuration of stack "dev":',
        `  fridayproof:acount: got "an unknown key"; allowed: ${allowed}; fix: Did you mean account? ${where("fridayproof:acount")}`,
        `  fridayproof:colour: got "an unknown key"; allowed: ${allowed}; fix: Leave it out. ${where("fridayproof:colour")}`,
      ].join("\n"),
    );
    given("foundation", { ...good, "fridayproof:githubRepo": "a/b" });
    expect(messageOf(readFoundationSettings)).toContain("fix: Did you mean githubRepository? Remove it");
  });

  test("is read and typed", () => {
    given("dev", good);
    expect(readSettings()).toEqual({
      account: "111122223333",
      deployerCidrs: ["203.0.113.7/32"],
      role: "deploy",
      teardown: false,
      databaseSnapshot: "",
    });
    given("dev", { ...good, "fridayproof:teardown": "true" });
    expect(readSettings().teardown).toBe(true);
    given("dev", { ...good, "fridayproof:makeAgain": "another team's" });
    expect(readSettings().makeAgain).toBe("another team's");
  });

  test("missing keys are all named, with what they are for and how to set them", () => {
    given("dev", {});
    expect(messageOf(readSettings)).toBe(
      [
        '2 problems in the configuration of stack "dev":',
        "  fridayproof:account: got nothing; allowed: twelve digits; fix: It is the AWS account that this stack may touch: pulumi config set fridayproof:account 111122223333",
        "  fridayproof:deployerCidrs: got nothing; allowed: a JSON list of one or more blocks from /28 to /32; fix: It is the addresses from which deployments reach the Kubernetes API: pulumi config set fridayproof:deployerCidrs '[\"203.0.113.7/32\"]'",
      ].join("\n"),
    );
  });

  const malformed: readonly (readonly [string, string])[] = [
    ["fridayproof:account", "1111"],
    ["fridayproof:deployerCidrs", "203.0.113.7/32"],
    ["fridayproof:deployerCidrs", "[]"],
    ["fridayproof:deployerCidrs", '["0.0.0.0/0"]'],
    ["fridayproof:deployerCidrs", '["203.0.113.0/27"]'],
    ["fridayproof:deployerCidrs", "[7]"],
    ["fridayproof:teardown", "yes"],
    ["fridayproof:makeAgain", "because"],
    ["fridayproof:role", "admin"],
  ];

  test("role=caller is for people: a workflow is refused by name", () => {
    given("dev", { ...good, "fridayproof:role": "caller" });
    expect(readSettings({}).role).toBe("caller");
    expect(readSettings({ CI: "false" }).role).toBe("caller");
    for (const name of ["CI", "GITHUB_ACTIONS", "CODEBUILD_BUILD_ID", "JENKINS_URL", "TF_BUILD", "TEAMCITY_VERSION"])
      expect(messageOf(() => readSettings({ [name]: "true" }))).toBe(
        [
          '1 problem in the configuration of stack "dev":',
          `  fridayproof:role: got "caller"; allowed: deploy or preview, because this is CI: ${name} is set; fix: Leave it out: a workflow logs in to its own role. caller is for a person on the first day (docs/foundation.md).`,
        ].join("\n"),
      );
    given("dev", { ...good, "fridayproof:role": "preview" });
    expect(readSettings({ CI: "true" }).role).toBe("preview");
  });

  test.each(malformed)("%s does not take %s", (key, text) => {
    given("dev", { ...good, [key]: text });
    expect(messageOf(readSettings)).toContain(
      `1 problem in the configuration of stack "dev":\n  ${key}: got ${JSON.stringify(text)}`,
    );
  });
});

describe("the program", () => {
  const errorOf = async (): Promise<Error> => {
    try {
      await program();
    } catch (error) {
      if (pulumi.RunError.isInstance(error)) return error;
      throw error;
    }
    throw new Error("nothing was thrown");
  };

  test("an unknown stack ends it with a message and no stack trace", async () => {
    given("production", good);
    expect((await errorOf()).message).toContain('got "production"; allowed: dev, staging, prod, replica');
  });

  test("bad configuration ends it the same way", async () => {
    given("dev", {});
    expect((await errorOf()).message).toContain('2 problems in the configuration of stack "dev"');
  });
});
