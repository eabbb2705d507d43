/**
 * Writes a report into the one comment of ours on a pull request: comment.mjs OWNER/NAME OWNER:BRANCH COMMIT FILE.
 * Needs GITHUB_TOKEN, which may write pull requests, and nothing installed: it runs beside a token. FILE comes from a run
 * of the pull request's own code, so it is text, and the number is GitHub's answer, not the run's.
 */
import { readFileSync } from "node:fs";

/** First line of every report (guard/report/markdown.ts). */
const MARK = "<!-- fridayproof-report -->";
const PER_PAGE = 100;
const USAGE = 2;

class CommentError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Calls the API of GitHub. @throws CommentError with the response of a request that fails. */
async function github(path, method = "GET", body) {
  const { GITHUB_API_URL: api = "https://api.github.com", GITHUB_TOKEN: token } = process.env;
  if (!token) throw new CommentError("GITHUB_TOKEN is not set: a token that may write pull requests.", USAGE);
  const response = await fetch(`${api}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "x-github-api-version": "2022-11-28",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok)
    throw new CommentError(`${method} ${path}: GitHub returned ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** The open pull request of a branch at a commit. A run that a fork's pull request started does not carry its number. */
async function numberOf(repository, head, commit) {
  const open = await github(`/repos/${repository}/pulls?state=open&head=${encodeURIComponent(head)}`);
  const found = open.find((each) => each.head.sha === commit);
  if (found === undefined)
    throw new CommentError(`no open pull request of ${head} is at ${commit}: it was closed, or has moved on.`);
  return found.number;
}

/** Our comment. Only a bot's: anybody can write one that begins with the mark. */
async function commentOf(repository, number) {
  for (let page = 1; ; page += 1) {
    const comments = await github(`/repos/${repository}/issues/${number}/comments?per_page=${PER_PAGE}&page=${page}`);
    const own = comments.find(({ user, body }) => user?.type === "Bot" && body.startsWith(MARK));
    if (own !== undefined || comments.length < PER_PAGE) return own;
  }
}

async function main([repository, head, commit, file]) {
  if (file === undefined) throw new CommentError("usage: comment.mjs OWNER/NAME OWNER:BRANCH COMMIT FILE", USAGE);
  const body = readFileSync(file, "utf8");
  if (body.split("\n")[0] !== MARK)
    throw new CommentError(`${file} does not begin with ${MARK}: it is no report.`, USAGE);
  const number = await numberOf(repository, head, commit);
  const own = await commentOf(repository, number);
  if (own === undefined) await github(`/repos/${repository}/issues/${number}/comments`, "POST", { body });
  else await github(`/repos/${repository}/issues/comments/${own.id}`, "PATCH", { body });
  process.stdout.write(`${own === undefined ? "wrote" : "rewrote"} the report on #${number}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`comment.mjs: ${error.message}\n`);
  process.exitCode = error.exitCode ?? 1;
}
