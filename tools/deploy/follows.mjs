/**
 * Whether production has this commit: the newest deployment of the branch is of it, and ended well. The replica gets nothing
 * that production does not have, and no freeze that was merged since is overlooked.
 */
import { spawnSync } from "node:child_process";

const { GITHUB_REF_NAME = "", GITHUB_REPOSITORY = "", GITHUB_SHA = "" } = process.env;

function stop(message) {
  process.stderr.write(`fridayproof: ${message} Nothing was changed.\n`);
  process.exit(1);
}

const args = ["run", "list", "--repo", GITHUB_REPOSITORY, "--workflow", "deploy.yml", "--event", "push"];
const { status, stdout, error } = spawnSync(
  "gh",
  [...args, "--branch", GITHUB_REF_NAME, "--limit", "1", "--json", "conclusion,headSha,status,url"],
  { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
);
if (error !== undefined || status !== 0) stop("the deployments of production cannot be read.");
const [newest] = JSON.parse(stdout);
if (newest === undefined) stop(`nothing of ${GITHUB_REF_NAME} was ever deployed: production comes first.`);
const { conclusion, headSha, status: state, url } = newest;
if (headSha !== GITHUB_SHA)
  stop(`${url} deploys ${headSha.slice(0, 12)}, and this run is of ${GITHUB_SHA.slice(0, 12)}: start a new one.`);
if (conclusion !== "success")
  stop(`${url} is ${conclusion || state}: the replica follows when production has ${headSha.slice(0, 12)}.`);
process.stdout.write(`production has ${headSha.slice(0, 12)}: ${url}\n`);
