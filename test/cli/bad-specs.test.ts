/** Bad specs as a person meets them: `render`, `release plan` and `new application` end with a sentence, and nothing is written. */
import { execFileSync } from "node:child_process";
import { describe, expect, test, vi } from "vitest";
import { anImage, aPath, aPort, aRegistry, badSpecs } from "./bad-spec-cases";
import {
  CURL,
  DIGEST,
  digest,
  IMAGE,
  moduleOf,
  type Parts,
  problems,
  project,
  refused,
  SPEC,
} from "./bad-spec-project";

describe.each(badSpecs)("%s", (_title, change, ...lines) => {
  const spec = { ...SPEC, ...change };
  const subject = `application "${spec.name}"`;

  test("is refused by render", async () => {
    const root = project({ name: spec.name, module: moduleOf(spec) });
    expect(await refused(root, 1, "render")).toBe(`${problems(subject, lines)}\nNothing was written.`);
  });

  test("is refused by release plan", async () => {
    const root = project({ name: spec.name, module: moduleOf(spec) });
    expect(await refused(root, 1, "release", "plan", spec.name)).toBe(problems(subject, lines));
  });
});

const images =
  'an image with curl by digest, which smoke tests run: { "curl": "registry.example.com/curl@sha256:..." }';

test.each<[string, Parts, string]>([
  [
    "no module",
    { module: undefined },
    "there is no application shop: apps/ has none yet. `npx fridayproof new application shop` writes one.",
  ],
  [
    "a module without a spec",
    { module: "export const shop = {};\n" },
    "apps/shop.ts exports no `spec`: write `export const spec: AppSpec = …`.",
  ],
  [
    "a spec with the name of another",
    { module: moduleOf({ ...SPEC, name: "cart" }) },
    'apps/shop.ts: spec.name is "cart"; name it "shop", or rename the file.',
  ],
  ["a module that throws", { module: 'throw new Error("no");\n' }, "apps/shop.ts cannot be read: no"],
  [
    "no image for smoke tests",
    { module: moduleOf(SPEC), images: undefined },
    `1 problem in apps/images.json:\n  curl: got nothing; allowed: ${images}; fix: Write it there, or give it to \`new application\` as --curl-image; once is enough.`,
  ],
  [
    "an image for smoke tests without a registry",
    { module: moduleOf(SPEC), images: JSON.stringify({ curl: `curl@${DIGEST}` }) },
    `1 problem in application "shop":\n  platform.curlImage: got "curl@${DIGEST}"; allowed: ${aRegistry("library/curl")}curl".`,
  ],
  [
    "flags where no image of the agent is given",
    { module: moduleOf({ ...SPEC, flags: {}, calls: [{ cidr: "10.0.0.0/20", port: 443 }] }) },
    '1 problem in application "shop":\n  flags: got {}; allowed: an environment that has an image of AWS AppConfig\'s agent by digest; fix: Write it beside the image of curl: { "flagAgent": "registry.example.com/agent@sha256:..." } in apps/images.json.',
  ],
])("render refuses %s", async (_title, parts, sentence) => {
  expect(await refused(project(parts), 1, "render")).toBe(`fridayproof: ${sentence}\nNothing was written.`);
});

test("render refuses an undo to an image that was never released", async () => {
  const root = project({ module: moduleOf({ ...SPEC, undo: { of: digest("b"), to: DIGEST } }) });
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], { cwd: root });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Nothing was released yet");
  const problem = `apps/shop.ts: undo.to: got "${DIGEST}"; allowed: a digest that shop was released with in dev, by its gates; fix: Take \`undo\` out. In a shallow clone the release may only be missing: git fetch --unshallow.`;
  expect(await refused(root, 1, "render")).toBe(`${problems("the applications", [problem])}\nNothing was written.`);
});

describe("new application", () => {
  const flags = { image: IMAGE, port: "8080", "curl-image": CURL };

  test.each<[string, string, Parts, Readonly<Record<string, string>>, string]>([
    [
      "an image without a registry",
      "shop",
      {},
      { image: `shop@${DIGEST}` },
      problems('application "shop"', [`image: got "shop@${DIGEST}"; allowed: ${aRegistry("library/shop")}shop".`]),
    ],
    [
      "an image of curl without a digest",
      "shop",
      {},
      { "curl-image": "registry.example.com/curl:8" },
      problems('application "shop"', [`platform.curlImage: got "registry.example.com/curl:8"; allowed: ${anImage}`]),
    ],
    [
      "everything wrong at once",
      "argocd",
      {},
      { image: "shop", port: "0", ready: "ready", live: "a b" },
      problems('application "argocd"', [
        'name: got "argocd"; allowed: a name that no part of the platform has: it is the application\'s namespace and host name; fix: Give it another name.',
        `image: got "shop"; allowed: ${anImage}`,
        `port: got 0; allowed: ${aPort}`,
        `readinessPath: got "ready"; allowed: ${aPath}`,
        `livenessPath: got "a b"; allowed: ${aPath}`,
      ]),
    ],
    [
      "an environment that there is not",
      "shop",
      {},
      { environment: "moon" },
      problems("environment", [
        'name: got "moon"; allowed: dev, staging, prod, replica; fix: Take one of them, or write a new one with `npx fridayproof new environment`.',
      ]),
    ],
    [
      "an application that there is",
      "shop",
      { module: moduleOf(SPEC) },
      {},
      problems("new application", [
        'name: got "shop"; allowed: a name without apps/shop.ts; fix: Change that file, or give the application another name.',
      ]),
    ],
    [
      "a list that is not where it was",
      "shop",
      { environment: "export const dev = {};\n" },
      {},
      problems("stacks/environments/dev.ts", [
        'gitOps.applications: got nothing; allowed: a list `applications: [...]` in the file; fix: Add "shop" to gitOps.applications yourself.',
      ]),
    ],
  ])("refuses %s", async (_title, name, parts, change, sentence) => {
    const given = Object.entries({ ...flags, ...change }).flatMap(([flag, value]) => [`--${flag}`, value]);
    const said = await refused(project(parts), 2, "new", "application", name, ...given);
    expect(said).toBe(`${sentence}\nNothing was written.`);
  });

  test.each(["x", "", "80.5", "-1", "0x50", "8080 "])("refuses %j as a port", async (port) => {
    const said: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((chunk) => said.push(String(chunk)) > 0);
    const given = ["--image", IMAGE, "--curl-image", CURL, "--port", port];
    expect(await refused(project({}), 2, "new", "application", "shop", ...given)).toBe("");
    expect(said.join("")).toBe(
      `error: option '--port <port>' argument '${port}' is invalid. A whole number from 1 to 65535.\n(fridayproof --help lists the verbs)\n`,
    );
  });
});
