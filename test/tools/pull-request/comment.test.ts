/** The comment on a pull request, against a server that answers as GitHub's API does. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { commentMark } from "../../../guard/report";

const SCRIPT = path.resolve(__dirname, "../../../tools/pull-request/comment.mjs");
const REPORT = `${commentMark}\n## SAFE in dev\n`;

interface Comment {
  readonly id: number;
  readonly user: { readonly type: string };
  body: string;
}

/** A repository with one open pull request, 7, of branch `change` at commit `abc`. */
async function github(comments: Comment[], token = "good"): Promise<string> {
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status).end(JSON.stringify(body));
      };
      const url = new URL(request.url ?? "", "http://api");
      const [, id] = /^\/repos\/o\/r\/issues\/comments\/(\d+)$/.exec(url.pathname) ?? [];
      const body = text === "" ? "" : (JSON.parse(text) as { readonly body: string }).body;
      if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { message: "Bad credentials" });
      if (url.pathname === "/repos/o/r/pulls" && url.searchParams.get("head") === "o:change")
        return answer(200, [{ number: 7, head: { sha: "abc" } }]);
      if (url.pathname === "/repos/o/r/pulls") return answer(200, []);
      if (url.pathname === "/repos/o/r/issues/7/comments" && request.method === "GET") {
        const [size, page] = ["per_page", "page"].map((key) => Number(url.searchParams.get(key)));
        return answer(200, comments.slice(((page ?? 1) - 1) * (size ?? 30), (page ?? 1) * (size ?? 30)));
      }
      if (url.pathname === "/repos/o/r/issues/7/comments" && request.method === "POST") {
        comments.push({ id: comments.length + 1, user: { type: "Bot" }, body });
        return answer(201, {});
      }
      const own = comments.find((comment) => comment.id === Number(id));
      if (own === undefined || request.method !== "PATCH") return answer(404, { message: "Not Found" });
      own.body = body;
      return answer(200, {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function comment(
  api: string,
  { text = REPORT, head = "o:change", commit = "abc", token = "good" } = {},
): Promise<Ended> {
  const folder = mkdtempSync(path.join(tmpdir(), "comment-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, "comment.md"), text);
  const env = { ...process.env, GITHUB_API_URL: api, GITHUB_TOKEN: token };
  return new Promise((resolve) => {
    const options = { cwd: folder, env };
    execFile(process.execPath, [SCRIPT, "o/r", head, commit, "comment.md"], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

test("the first report is a comment, the next one takes its place", async () => {
  const comments: Comment[] = [];
  const api = await github(comments);
  expect(await comment(api)).toEqual({ code: 0, stdout: "wrote the report on #7\n", stderr: "" });
  expect(await comment(api, { text: `${REPORT}again\n` })).toMatchObject({ stdout: "rewrote the report on #7\n" });
  expect(comments.map(({ body }) => body)).toEqual([`${REPORT}again\n`]);
});

test("ours is found behind a hundred others, and never in what a person wrote", async () => {
  const others = Array.from({ length: 100 }, (_each, index) => ({
    id: index + 1,
    user: { type: "User" },
    body: REPORT,
  }));
  const comments: Comment[] = [...others, { id: 101, user: { type: "Bot" }, body: `${REPORT}old` }];
  await comment(await github(comments));
  expect(comments.filter(({ body }) => body !== REPORT)).toEqual([]);
  expect(comments).toHaveLength(101);
});

test.each([
  [{ text: "# Hello\n" }, 2, `comment.md does not begin with ${commentMark}: it is no report.`],
  [{ commit: "old" }, 1, "no open pull request of o:change is at old: it was closed, or has moved on."],
  [{ head: "o:gone" }, 1, "no open pull request of o:gone is at abc: it was closed, or has moved on."],
  [
    { token: "bad" },
    1,
    'GET /repos/o/r/pulls?state=open&head=o%3Achange: GitHub returned 401: {"message":"Bad credentials"}',
  ],
  [{ token: "" }, 2, "GITHUB_TOKEN is not set: a token that may write pull requests."],
])("%j writes nothing and says why", async (wrong, code, message) => {
  const comments: Comment[] = [];
  expect(await comment(await github(comments), wrong)).toEqual({
    code,
    stdout: "",
    stderr: `comment.mjs: ${message}\n`,
  });
  expect(comments).toEqual([]);
});
