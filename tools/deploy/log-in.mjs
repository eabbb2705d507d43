/** Assumes an AWS role with the job's own OIDC token and leaves its credentials to the steps that follow. No action, no stored key. */
import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";

const { ROLE = "", REGION = "", GITHUB_ENV, GITHUB_RUN_ID = "0" } = process.env;
const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = process.env;

function stop(message) {
  process.stderr.write(`fridayproof: ${message}\n`);
  process.exit(1);
}

if (!/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(ROLE))
  stop(`ROLE: got ${JSON.stringify(ROLE)}; allowed: the ARN of a role. Set the repository's variable.`);
if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(REGION)) stop(`REGION: got ${JSON.stringify(REGION)}; allowed: a region.`);
if (url === undefined || token === undefined || GITHUB_ENV === undefined)
  stop("this job has no OIDC token: give it `permissions: id-token: write`.");

const answer = await fetch(`${url}&audience=sts.amazonaws.com`, { headers: { authorization: `Bearer ${token}` } });
if (!answer.ok) stop(`GitHub gave no OIDC token: ${answer.status}.`);
const { value } = await answer.json();
const { status, stdout } = spawnSync(
  "aws",
  [
    ...["sts", "assume-role-with-web-identity", "--output", "json", "--region", REGION, "--role-arn", ROLE],
    ...["--role-session-name", `github-${GITHUB_RUN_ID}`, "--web-identity-token", value],
  ],
  { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
);
if (status !== 0) stop(`AWS did not give ${ROLE} to this job.`);
const { AccessKeyId: id, SecretAccessKey: secret, SessionToken: session } = JSON.parse(stdout).Credentials;
for (const text of [secret, session]) process.stdout.write(`::add-mask::${text}\n`);
appendFileSync(
  GITHUB_ENV,
  `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\nAWS_SESSION_TOKEN=${session}\nAWS_REGION=${REGION}\n`,
);
