/** Nothing is promised that is not there: targets, verbs, options, scripts and files that texts name exist. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { fridayproof } from "../cli/support";
import { pages, promised, proseOf, ROOT } from "./promises";

/** Every verb's help is a process of its own. */
const PATIENCE_MS = 180_000;

const readRoot = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

describe("README, docs and the messages of the code", () => {
  it("are read: the README, pages, runbooks, and sources of every folder", () => {
    const files = pages().map(({ file }) => file);
    expect(files).toEqual(expect.arrayContaining(["README.md", "docs/sandbox.md", "docs/runbooks/gateway-down.md"]));
    expect(files.filter((file) => file.startsWith("policies/")).length).toBeGreaterThan(30);
  });

  it("name only targets that the Makefile has", () => {
    const targets = promised(/(?:^|&& |\()make ([a-z][a-z-]*)/g);
    expect(targets.length).toBeGreaterThan(20);
    const has = (target: string): boolean => new RegExp(`^${target}:`, "m").test(readRoot("Makefile"));
    expect(targets.filter(({ words: [target = ""] }) => !has(target))).toEqual([]);
  });

  it("name only scripts that package.json has", () => {
    const { scripts } = JSON.parse(readRoot("package.json")) as { scripts: Record<string, string> };
    const named = promised(/npm run (?:--silent )?([a-z][a-z:-]*)/g);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ words: [script = ""] }) => !(script in scripts))).toEqual([]);
  });

  it(
    "name only verbs that the command line has, with options that the verb has",
    async () => {
      const named = promised(/(?:^|npx )fridayproof ((?:-|[a-z])[^#|;)]*)/g);
      expect(named.length).toBeGreaterThan(10);
      const help = new Map<string, string>();
      const wrong: unknown[] = [];
      for (const { file, words } of named) {
        const line = (words[0] ?? "").trim().split(/\s+/);
        const verb = line
          .filter((word) => !word.startsWith("-"))
          .slice(0, ["sandbox", "new", "release", "replica"].includes(line[0] ?? "") ? 2 : 1)
          .join(" ");
        if (!help.has(verb)) {
          const { code, stdout } = await fridayproof([...verb.split(" ").filter((word) => word !== ""), "--help"]);
          help.set(verb, code === 0 ? stdout : "");
        }
        const known = help.get(verb) ?? "";
        const options = line
          .flatMap((word) => /^(--[a-z-]+)/.exec(word)?.[1] ?? [])
          .filter((word) => word !== "--help");
        if (known === "" || options.some((option) => !known.includes(option)))
          wrong.push({ file, line: line.join(" ") });
      }
      expect(wrong).toEqual([]);
    },
    PATIENCE_MS,
  );

  it("name only files and folders of the project that are there", () => {
    const folders = "bench|cli|components|docs|guard|policies|sandbox|stacks|test|tools|\\.github|\\.ci";
    const named = promised(new RegExp(`^((?:${folders})/(?:[\\w./-]|<environment>)*)$`, "g"));
    expect(named.length).toBeGreaterThan(30);
    // What is said of any environment holds of this one.
    const fileOf = (file: string): string => path.join(ROOT, file.replaceAll("<environment>", "dev"));
    expect(named.filter(({ words: [file = ""] }) => !existsSync(fileOf(file)))).toEqual([]);
  });

  it("call a workflow by name only where it is there, or is said not to be", () => {
    const named = promised(/^([a-z-]+\.yml)$/g);
    // The action for other repositories stands at the root, where GitHub looks for it.
    const standing = (file: string): boolean =>
      [path.join(".github", "workflows"), ""].some((folder) => existsSync(path.join(ROOT, folder, file)));
    const missing = named.filter(({ words: [file = ""] }) => !standing(file));
    const mentionsIt = (file: string): boolean => readRoot(file).includes("that you add");
    expect(missing.filter(({ file }) => !mentionsIt(file))).toEqual([]);
  });

  it("link only to pages that are there", () => {
    const broken = pages()
      .filter(({ file }) => file.endsWith(".md"))
      .flatMap(({ file }) => {
        const links = [...proseOf(file).matchAll(/\]\(((?!https?:|mailto:)[^)#\s]+)(?:#[^)]*)?\)/g)];
        return links.map(([, link = ""]) => path.join(path.dirname(file), link));
      })
      .filter((target) => !existsSync(path.join(ROOT, target)));
    expect(broken).toEqual([]);
  });
});

describe("the Makefile's help", () => {
  it("promises of `up` what it does: a graph is drawn by `graph` alone", () => {
    expect(/^up:.*## (.*)$/m.exec(readRoot("Makefile"))?.[1]).toBe("bring STACK up on the sandbox, policies enforced");
  });
});
