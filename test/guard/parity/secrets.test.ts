/** Secrets of two stacks are compared where somebody opened them, and never printed. */
import { SECRET_SIG, SIG } from "@fridayproof/components/core";
import { beforeAll, describe, expect, it } from "vitest";
import { parityMarkdown, parityText } from "../../../guard/parity";
import { compared, copyOf, type Exported, primary, put, replicaFrom, rowOf } from "./support";

let first: Exported;
let second: Exported;

beforeAll(async () => {
  first = await primary();
  second = replicaFrom(first);
});

const SECRET = "correct horse battery staple";
const envelope = (more: object): object => ({ [SIG]: SECRET_SIG, ...more });

/** Both states with a secret of these forms in one place. */
function withSecrets(one: object, other: object): readonly [Exported, Exported] {
  const both = [copyOf(first), copyOf(second)] as const;
  put(rowOf(both[0], "keys-logs").inputs ?? {}, "description", one);
  put(rowOf(both[1], "keys-logs").inputs ?? {}, "description", other);
  return both;
}

describe("secrets", () => {
  it("are compared opened, whoever opened them", () => {
    const plaintext = JSON.stringify(SECRET);
    expect(compared(...withSecrets(envelope({ plaintext }), envelope({ value: SECRET }))).verdict).toBe("IDENTICAL");
  });

  it("that differ are named, and never printed", () => {
    const parity = compared(...withSecrets(envelope({ value: SECRET }), envelope({ value: `${SECRET}!` })));
    expect(parity.differences).toEqual([
      {
        kind: "secret",
        address: "aws:kms/key:Key keys-logs inputs.description",
        first: "[secret]",
        second: "[secret]",
      },
    ]);
    const printed = [JSON.stringify(parity), parityText(parity).join("\n"), parityMarkdown(parity)].join("\n");
    expect(printed).not.toContain(SECRET);
  });

  it("are hidden in other values that repeat them", () => {
    const both = withSecrets(envelope({ value: SECRET }), envelope({ value: SECRET }));
    put(rowOf(both[1], "keys-alarms").inputs ?? {}, "description", `password=${SECRET}`);
    const parity = compared(...both);
    expect(parity.differences.map((each) => each.second)).toEqual(["password=[secret]"]);
  });

  it("that are closed are not compared, and nothing is called identical then", () => {
    const closed = envelope({ ciphertext: "v1:abc:def" });
    const { verdict, exitCode, notCompared } = compared(...withSecrets(closed, closed));
    expect({ verdict, exitCode, notCompared }).toEqual({
      verdict: "NOT COMPARED",
      exitCode: 4,
      notCompared: [{ address: "aws:kms/key:Key keys-logs inputs.description", why: "a secret that is not decrypted" }],
    });
  });

  it("on one side alone are a difference", () => {
    const parity = compared(...withSecrets(envelope({ value: SECRET }), { plain: SECRET }));
    expect(parity.differences.map(({ kind, first: one, second: other }) => [kind, one, other])).toEqual([
      ["secret", "[secret]", "[secret]"],
    ]);
  });
});
