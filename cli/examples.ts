/** Examples of every verb, shown at the end of its help. */

type Example = readonly [command: string, purpose: string];

const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  up: [
    ["up -s prod", "plan, prompt, update"],
    ["up -s dev --yes", "no prompt: scripts, CI"],
    ["up --target front-door-https", "only this resource"],
  ],
  preview: [
    ["preview -s prod --diff", "every value, and where it is declared"],
    ["preview --refresh", "shows drift above the plan"],
    ["preview --json", "for programs"],
  ],
  destroy: [
    ["destroy -s dev", "what is deleted and unprotected, prompt, deletion"],
    ["destroy -s dev --yes", "no prompt: scripts, CI"],
  ],
  refresh: [
    ["refresh -s prod --preview-only", "drift only; nothing is saved"],
    ["refresh -s prod --expect-no-changes", "exit 7 on drift"],
  ],
  status: [
    ["status -s prod", "one screen"],
    ["status -s prod --refresh", "with drift"],
    ["status -s prod --watch", "again every 2 s, until Ctrl-C"],
    ["status --json", "for programs"],
  ],
  drift: [
    ["drift prod", "exit 7 on drift"],
    ["drift prod --json", "for programs"],
    ["drift prod --from refresh.json --trail events.json", "of a real account, offline"],
  ],
  graph: [["graph -s dev -o dev.svg", "the resources of dev as a picture"]],
  costs: [
    ["costs -s prod", "most expensive first"],
    ["costs --full", "every row"],
  ],
  outputs: [["outputs -s dev --json", "for programs"]],
  policies: [
    ["policies", "every rule"],
    ["policies keepalive-exceeds-idle", "one rule, with examples that fail and pass"],
  ],
  "lint-manifests": [["lint-manifests gitops/dev", "checks the YAML below a folder"]],
  lock: [["lock --check", "versions that are unresolved or out of support"]],
  sandbox: [
    ["sandbox show", "the objects of the account"],
    ["sandbox tamper front-door-alb idleTimeout=90", "cause drift: the state is not updated"],
    ["sandbox reset", "an empty account"],
  ],
  new: [
    ["new environment qa --like staging", "every file of a new environment"],
    ["new application shop --image <image> --port 8080", "the spec of an application"],
  ],
  report: [["report prod=prod.json dev=dev.json --sarif report.sarif", "after `preview --json` of each"]],
  verdict: [["verdict plan.json", "of `pulumi preview --json` or `terraform show -json`"]],
  drill: [
    ["drill", "outage of the primary's region"],
    ["drill --scenario blip", "an outage of a minute must change nothing"],
    ["drill --list", "every scenario, with the incident that it follows"],
  ],
  parity: [
    ["parity prod replica", "two stacks on the sandbox"],
    ["parity prod.json replica.json", "files of `pulumi stack export --show-secrets`"],
    ["parity prod replica --allow parity.json", "with accepted differences"],
  ],
  timeline: [
    ["timeline prod", "a stack on the sandbox, as if created from nothing"],
    ["timeline plan.json --svg plan.svg", "a plan of `pulumi preview --json`, with a picture"],
  ],
  release: [
    ["release plan shop", "when each step ends, and what its gates measure"],
    ["release plan shop --svg > shop.svg", "the timetable as a picture"],
  ],
  shift: [
    ['shift -s prod --to "blue=95,green=5"', "changes the weights only, after the checks"],
    ["shift -s prod --back", "back to the weights before"],
  ],
  undo: [
    ["undo shop", "reverts to the release before, as a commit"],
    ["undo shop --no-commit", "what it would change"],
  ],
  replica: [
    ["replica scale --to prod", "the primary's size, and every application; it gets no traffic"],
    ["replica scale --to prod --open", "the last step: its health check returns 200"],
    ["replica scale --to standby", "closes it first, then shrinks it"],
  ],
  render: [["render --check", "fails where gitops/ differs from the specs"]],
  completion: [
    ["completion bash >> ~/.bashrc", "from the next shell on"],
    ["completion zsh > ~/.zfunc/_fridayproof", "a folder of fpath"],
    ["completion fish > ~/.config/fish/completions/fridayproof.fish", "from now on"],
  ],
  cancel: [["cancel -s dev", "after a run that was killed"]],
};

/** The examples of a verb as its help shows them; empty where it has none. */
export function examplesOf(verb: string): string {
  const rows = EXAMPLES[verb] ?? [];
  const width = Math.max(0, ...rows.map(([command]) => command.length));
  const lines = rows.map(([command, purpose]) => `\n  npx fridayproof ${command.padEnd(width)}   ${purpose}`);
  return rows.length === 0 ? "" : `\n${lines.join("")}`;
}
