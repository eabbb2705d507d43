/** Sessions of each version are read by the other before a user meets it: by the rendered commands and the real curl. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { platform, smallest } from "./spec-fixture";

const run = promisify(execFile);
const haveCurl = spawnSync("curl", ["--version"]).status === 0;

interface SmokeContainer {
  readonly name: string;
  readonly command: readonly string[];
}

interface SmokeJobSpec {
  readonly initContainers?: readonly SmokeContainer[];
  readonly containers: readonly SmokeContainer[];
}

const spec: AppSpec = {
  ...smallest,
  sessions: { kept: "stateless", issuedBy: "/session?for=test", readBy: "/session/read" },
};

function smokePod(of: AppSpec): SmokeJobSpec {
  const template = app(of, platform).everywhere.find(({ metadata }) => metadata.name === "shop-smoke")?.spec;
  const [metric] = template?.["metrics"] as readonly { provider: { job: { spec: { template: { spec: unknown } } } } }[];
  return metric?.provider.job.spec.template.spec as SmokeJobSpec;
}

/** Which tokens each version accepts, and how it refuses others. */
interface Versions {
  readonly accepts: Readonly<Record<"old" | "new", readonly string[]>>;
  readonly refusal?: number;
}

/** The gateway with both versions behind it. */
async function gateway({ accepts, refusal = 401 }: Versions) {
  const paths: string[] = [];
  const versionOf = ({ headers }: IncomingMessage) => (headers["x-preview"] === "true" ? "new" : "old");
  const server = createServer((request, response) => {
    const version = versionOf(request);
    paths.push(`${version} ${request.url} ${request.headers.host}`);
    if (request.url?.startsWith("/session?") === true) {
      response.end(`Cookie: session=${version}; theme=dark\nX-Tenant: test\n`);
      return;
    }
    const token = /session=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
    const known = accepts[version].includes(token) && request.headers["x-tenant"] === "test";
    if (request.url === "/session/read" && !known) response.writeHead(refusal, { location: "/login" });
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { paths: paths, port: (server.address() as AddressInfo).port };
}

/** Runs the containers one after the other, as a pod does. @returns the code that the first bad one ended with. */
async function smoke(of: AppSpec, port: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "sessions-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { initContainers = [], containers } = smokePod(of);
  for (const { name, command } of [...initContainers, ...containers]) {
    const [program = "", ...args] = command.map((each) =>
      each
        .replace("http://istio-ingress.istio-ingress", `http://127.0.0.1:${port}`)
        .replace("/sessions/", `${folder}/`),
    );
    try {
      await run(program, args);
    } catch (error) {
      return `${name}: ${(error as { code: number }).code}`;
    }
  }
  return "passed";
}

const both = ["old", "new"];
const failed = 22;
const redirected = 47;

test.skipIf(!haveCurl).each<[string, Versions, string]>([
  ["each version reads sessions of the other", { accepts: { old: both, new: both } }, "passed"],
  ["the new version refuses old sessions", { accepts: { old: both, new: ["new"] } }, `smoke: ${failed}`],
  ["the old version refuses new sessions", { accepts: { old: ["old"], new: both } }, `smoke: ${failed}`],
  [
    "the new version sends old sessions to the login",
    { accepts: { old: both, new: [] }, refusal: 302 },
    `smoke: ${redirected}`,
  ],
])("%s", async (_title, versions, outcome) => {
  const { port } = await gateway(versions);
  expect(await smoke(spec, port)).toBe(outcome);
});

test.skipIf(!haveCurl)("every request goes to the version and host that it is for", async () => {
  const { paths: paths, port } = await gateway({ accepts: { old: both, new: both } });
  await smoke(spec, port);
  expect(paths).toEqual(
    ["old /session?for=test", "new /session?for=test", "new /ready", "new /session/read", "old /session/read"].map(
      (each) => `${each} shop.example.com`,
    ),
  );
});

test("without the paths a smoke test is one container and no volume", () => {
  expect(Object.keys(smokePod(smallest))).toEqual([
    "restartPolicy",
    "automountServiceAccountToken",
    "securityContext",
    "containers",
  ]);
});

test("sticky sessions are a cookie of the gateway, which ends with the browser's session", () => {
  const rules = (of: AppSpec) =>
    app(of, platform)
      .everywhere.filter(({ kind }) => kind === "DestinationRule")
      .map((each) => (each.spec?.["trafficPolicy"] as { readonly loadBalancer?: unknown }).loadBalancer);
  const cookie = { consistentHash: { httpCookie: { name: "shop-pod", path: "/", ttl: "0s" } } };
  expect(rules({ ...smallest, strategy: "blueGreen", sessions: { kept: "sticky" } })).toEqual([cookie, cookie]);
  expect(rules(spec)).toEqual([undefined, undefined]);
});
