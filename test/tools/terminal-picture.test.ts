/** A terminal's picture holds what was printed, in its colours and on its grid. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText, runsOf, terminalPicture, textOf } from "../../tools/docs/terminal-picture";

const ESC = "\u001b[";

describe("what was printed", () => {
  it("is taken apart into pieces of one style, which go on over lines", () => {
    const plain = { bold: false, dim: false, color: undefined };
    expect(runsOf(`a${ESC}1mb${ESC}22m\n${ESC}31mc${ESC}39md`)).toEqual([
      [
        { ...plain, text: "a" },
        { ...plain, bold: true, text: "b" },
      ],
      [
        { ...plain, color: "#ff7b72", text: "c" },
        { ...plain, text: "d" },
      ],
    ]);
  });

  it("has no style that the picture would leave out", () => {
    expect(() => runsOf(`${ESC}4ma`)).toThrow(new Error("the picture of a terminal has no style 4"));
  });

  it("is plain without its styles", () => {
    expect(plainText(`${ESC}2m$${ESC}0m npx`)).toBe("$ npx");
  });
});

describe("the picture", () => {
  it("is as wide as its longest line, and keeps each piece at its column", () => {
    const svg = terminalPicture("a & b", `x ${ESC}1m<y>${ESC}22m\n`);
    expect(svg).toContain('width="74" height="78"');
    expect(svg).toContain('<text x="16" y="58" textLength="16.8" fill="#e6edf3">x\u00a0</text>');
    expect(svg).toContain('<text x="32.8" y="58" textLength="25.2" fill="#e6edf3" font-weight="bold">&lt;y&gt;</text>');
    expect(svg).toContain("<title>a &amp; b</title>");
  });

  it("gives back every line that has letters", () => {
    const line = fc.stringMatching(/^[ -~]{1,40}$/).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const text = lines.map((each) => `x${each}x`).join("\n");
        expect(textOf(terminalPicture("t", text))).toBe(text);
      }),
    );
  });
});
