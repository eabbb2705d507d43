/** The pipeline's log-in and its look at a real account, with command lines that answer as AWS's and Pulumi's do. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { StandIns } from "./stand-ins";

const TOOLS = path.resolve(__dirname, "../../../tools/deploy");
const ROLE = "arn:aws:iam::111122223333:role/fridayproof-preview";
const CREDENTIALS = { AccessKeyId: "AKIA1", SecretAccessKey: "s3cret", SessionToken: "t0ken" };

let programs: StandIns;
let server: Server;
let received: { readonly url?: string; readonly authorization?: string };
let status: number;

beforeEach(async () => {
  programs = new StandIns();
  [received, status] = [{}, 200];
  server = createServer((request, response) => {
    received = { url: request.url, authorization: request.headers.authorization };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ value: "jwt" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** Runs a program of tools/deploy as a job does. */
async function job(file: string, env: NodeJS.ProcessEnv) {
  const { port } = server.address() as AddressInfo;
  const exported = path.join(programs.folder, "env");
  writeFileSync(exported, "");
  const child = spawn(process.execPath, [path.join(TOOLS, file)], {
    cwd: programs.folder,
    env: {
      ...programs.env,
      ROLE,
      REGION: "us-east-1",
      GITHUB_ENV: exported,
      GITHUB_RUN_ID: "7",
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer-1",
      ...env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, output, exported: readFileSync(exported, "utf8") };
}

it("takes the role with the job's own token, masks what is secret, and leaves it to the next steps", async () => {
  programs.add("aws", { "sts assume-role-with-web-identity": JSON.stringify({ Credentials: CREDENTIALS }) });
  expect(await job("log-in.mjs", {})).toEqual({
    code: 0,
    output: "::add-mask::s3cret\n::add-mask::t0ken\n",
    exported: "AWS_ACCESS_KEY_ID=AKIA1\nAWS_SECRET_ACCESS_KEY=s3cret\nAWS_SESSION_TOKEN=t0ken\nAWS_REGION=us-east-1\n",
  });
  expect(received).toEqual({ url: "/token?api=1&audience=sts.amazonaws.com", authorization: "Bearer bearer-1" });
  expect(programs.calls).toEqual([
    `aws sts assume-role-with-web-identity --output json --region us-east-1 --role-arn ${ROLE} --role-session-name github-7 --web-identity-token jwt`,
  ]);
});

it.each<[string, NodeJS.ProcessEnv, string]>([
  ["a role that is none", { ROLE: "" }, 'ROLE: got ""; allowed: the ARN of a role. Set the repository\'s variable.'],
  ["a region that is none", { REGION: "mars" }, 'REGION: got "mars"; allowed: a region.'],
  [
    "a job without the right to a token",
    { ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined },
    "this job has no OIDC token: give it `permissions: id-token: write`.",
  ],
])("refuses %s before anything is called", async (_title, env, message) => {
  const { code, output, exported } = await job("log-in.mjs", env);
  expect([code, output, exported, received]).toEqual([1, `fridayproof: ${message}\n`, "", {}]);
});

it("ends with 1 where GitHub gives no token, and where AWS does not give the role", async () => {
  programs.add("aws", {});
  const refused = await job("log-in.mjs", {});
  expect([refused.code, refused.output, refused.exported]).toEqual([
    1,
    `unknown call\nfridayproof: AWS did not give ${ROLE} to this job.\n`,
    "",
  ]);
  status = 403;
  const { code, output } = await job("log-in.mjs", {});
  expect([code, output]).toEqual([1, "fridayproof: GitHub gave no OIDC token: 403.\n"]);
});

it("looks at an account without saving, and writes what `drift` reads", async () => {
  programs.add("pulumi", { "refresh --preview-only --json --non-interactive --stack prod": '{"steps":[]}' });
  programs.add("aws", { "cloudtrail lookup-events --output json": '{"Events":[]}' });
  expect((await job("refreshed.mjs", { STACK: "prod" })).code).toBe(0);
  const text = (name: string): string => readFileSync(path.join(programs.folder, "reports", name), "utf8");
  expect([text("refresh.json"), text("trail.json")]).toEqual(['{"steps":[]}', '{"Events":[]}']);
  const { code, output } = await job("refreshed.mjs", { STACK: "qa" });
  expect([code, output]).toEqual([1, "unknown call\nfridayproof: pulumi refresh failed: exit code 254.\n"]);
});
