/** Names are folded by what they begin with, and none is lost: a shell that unfolds the braces has them all again. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldedNames } from "../../cli/stack/folded-names";

/** As a shell expands braces: the parts of a list that are separated by commas outside of inner braces. */
function unfolded(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of text) {
    if (character === "{") depth++;
    if (character === "}") depth--;
    if (character === "," && depth === 0) {
      parts.push(part.trim());
      part = "";
    } else part += character;
  }
  return [...parts, part.trim()].flatMap((name) => {
    const at = name.indexOf("{");
    if (at < 0) return [name];
    return unfolded(name.slice(at + 1, -1)).map((end) => name.slice(0, at) + end);
  });
}

describe("folded names", () => {
  it.each([
    [["a"], "a"],
    [["keys-logs", "keys-volumes"], "keys-{logs, volumes}"],
    [["eks", "eks-role"], "eks, eks-role"],
    [["net-vpc", "net-a-1", "net-a-2", "alb"], "net-{vpc, a-{1, 2}}, alb"],
  ])("of %j are %s", (names, text) => {
    expect(foldedNames(names)).toBe(text);
  });

  it("of a group that is too long to be read at once are several groups", () => {
    const names = Array.from({ length: 100 }, (_, index) => `blue-${index % 2 === 0 ? "cluster" : "apps"}-${index}`);
    expect(foldedNames(names)).toMatch(/^blue-cluster-\{0, 2, .*, 98\}, blue-apps-\{1, .*, 99\}$/);
  });

  it("are all there, each once", () => {
    const name = fc.array(fc.constantFrom("blue", "eks", "az1", "nodes", "x"), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.uniqueArray(
          name.map((words) => words.join("-")),
          { minLength: 1, maxLength: 60 },
        ),
        (names) => {
          expect(unfolded(foldedNames(names)).sort()).toEqual([...names].sort());
        },
      ),
    );
  });
});
