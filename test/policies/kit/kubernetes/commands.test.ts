/** Commands of containers and probes, as a shell counts. */
import { describe, expect, it } from "vitest";
import { cannotFail, acceptsAnyStatus } from "../../../../policies/kit/kubernetes/commands";

const shell = (script: string, flag = "-c"): readonly string[] => ["sh", flag, script];
const calling = "curl -f http://shop/ready";

describe("a command", () => {
  it.each([
    ["true", ["true"], true],
    ["a word in another folder", ["/usr/bin/true"], true],
    ["a check", ["curl", "-f", "http://shop/ready"], false],
    ["the image's own", [], false],
    ["a script without a command", shell("\n;"), false],
    ["a script that only sets options", shell("set -x\nset +e"), false],
    ["a check, and a word after it", shell(`${calling}; echo ready`), true],
    ["a check that ends the script", shell(`set -e; ${calling}; echo ready`), false],
    ["a check that ends the script by a later line", shell(`echo a\n  set  -ue\n${calling}\necho ready`), false],
    ["options of another word", shell(`offset -e; ${calling}; echo ready`), true],
    ["a check that ends the script by the shell's flag", shell(`${calling}; echo ready`, "-ec"), false],
    ["a word, and options after it", shell("echo a; set   -x"), true],
    ["a check whose words end like an option", shell("reset -x"), false],
  ])("that is %s cannot fail: %s", (_what, command, expected) => {
    expect(cannotFail(command)).toBe(expected);
  });
});

describe("curl", () => {
  it.each([
    ["without a word about failing", ["curl", "http://shop"], true],
    ["by its path", ["/usr/bin/curl", "http://shop"], true],
    ["by another path", ["/bin/curl", "http://shop"], true],
    ["that fails", ["curl", "-f", "http://shop"], false],
    ["that fails, among other letters", ["curl", "-sSf", "http://shop"], false],
    ["that fails, in words", ["curl", "--fail-with-body", "http://shop"], false],
    ["whose answer is looked at", shell("curl http://shop | grep -q ok"), false],
    ["in the end of a script", shell("echo a; sleep 1; curl http://shop"), true],
    ["before the end of a script", shell("echo a; curl http://shop; sleep 1"), false],
    ["that another program starts", ["timeout", "5", "curl", "http://shop"], false],
    ["of no script", shell(""), false],
  ])("%s takes every answer: %s", (_what, command, expected) => {
    expect(acceptsAnyStatus(command)).toBe(expected);
  });
});
