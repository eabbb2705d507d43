/** Applications that call each other: a call that no pod would take is refused, with the spec that has to say otherwise. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
// Specs are TypeScript, and read by `require`, as the command line does.
import "tsx/cjs";
import { expect, onTestFinished, test } from "vitest";
import { dev } from "../../stacks/environments/dev";
import { prod } from "../../stacks/environments/prod";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { checkNeighbours } from "../../tools/generate/neighbours";
import { renderedApplications } from "../../tools/generate/render";

const image = `registry.example.com/shop@sha256:${"a".repeat(64)}`;
const SPEC = { image, port: 8080, readinessPath: "/ready", livenessPath: "/live" };

type Specs = Readonly<Record<string, object>>;

/** A project with these specs, and environments that run all of them. */
function project(specs: Specs) {
  const root = mkdtempSync(path.join(tmpdir(), "neighbours-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(path.join(root, "apps"));
  writeFileSync(path.join(root, "apps/images.json"), JSON.stringify({ curl: image }));
  for (const [name, members] of Object.entries(specs))
    writeFileSync(
      path.join(root, `apps/${name}.ts`),
      `export const spec = ${JSON.stringify({ ...SPEC, name, ...members })};\n`,
    );
  const applications = Object.keys(specs);
  return { root, of: [dev, prod].map((each) => ({ ...each, gitOps: { ...each.gitOps, applications } })) };
}

function refused(specs: Specs): string {
  const { root, of } = project(specs);
  try {
    checkNeighbours(root, of, ["monitoring"]);
  } catch (error) {
    return (error as Error).message;
  }
  return "accepted";
}

const calls = (application: string, port: number) => ({
  calls: [
    { cidr: "10.0.0.0/20", port: 443 },
    { application, port },
  ],
});
const closed = (got: string, caller = "cart") =>
  `apps/shop.ts: callers: got ${got}; allowed: a list with "${caller}", which calls it; fix: Add "${caller}": whoever is not named is refused.`;

test.each<[string, Specs, readonly string[]]>([
  ["the callee does not name its caller", { cart: calls("shop", 8080), shop: {} }, [closed("[]")]],
  ["the callee names another one", { cart: calls("shop", 8080), shop: { callers: ["till"] } }, [closed('["till"]')]],
  [
    "the port is the Service's",
    { cart: calls("shop", 80), shop: { callers: ["cart"] } },
    [
      "apps/cart.ts: calls[1].port: got 80; allowed: 8080, on which the pods of shop listen, whatever port its Service has; fix: Write 8080: everything else is closed.",
    ],
  ],
  [
    "both at once",
    { cart: calls("shop", 80), shop: { port: 9000 } },
    [
      "apps/cart.ts: calls[1].port: got 80; allowed: 9000, on which the pods of shop listen, whatever port its Service has; fix: Write 9000: everything else is closed.",
      closed("[]"),
    ],
  ],
  [
    "a name with a slip",
    { cart: calls("shpo", 8080), shop: { callers: ["cart"] } },
    [
      'apps/cart.ts: calls[1].application: got "shpo"; allowed: an application of an environment; fix: Name it as an environment does, or give the address in cidr. Did you mean shop?',
    ],
  ],
  ["it calls itself and does not say so", { shop: calls("shop", 8080) }, [closed("[]", "shop")]],
])("%s: refused, once for all environments", (_title, specs, lines) => {
  const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
  expect(refused(specs)).toBe(
    [`${count} in calls between applications:`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
});

test.each<[string, Specs]>([
  ["nobody calls anybody", { cart: {}, shop: {} }],
  ["both say so", { cart: calls("shop", 8080), shop: { callers: ["cart"] } }],
  ["a caller that is not there yet", { shop: { callers: ["till"] } }],
  ["a namespace of the platform", { cart: calls("monitoring", 9090) }],
])("%s: accepted", (_title, specs) => {
  expect(refused(specs)).toBe("accepted");
});

test("a callee of another environment is no slip: the caller may be there before it", () => {
  const { root } = project({ cart: calls("shop", 8080), shop: {} });
  const running = (environment: EnvironmentInput, application: string): EnvironmentInput => ({
    ...environment,
    gitOps: { ...environment.gitOps, applications: [application] },
  });
  const [alone, other] = [running(dev, "cart"), running(prod, "shop")];
  expect(() => checkNeighbours(root, [alone, other], [])).not.toThrow();
});

test("render refuses it, and plans nothing", () => {
  const { root, of } = project({ cart: calls("shop", 8080), shop: {} });
  expect(() => renderedApplications(root, of)).toThrow(`1 problem in calls between applications:\n  ${closed("[]")}`);
});
