/** Examples of every verb: how people begin, before they read options. */

type Example = readonly [command: string, purpose: string];

const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  up: [
    ["up -s prod", "plan, question, update"],
    ["up -s dev --yes", "no question: scripts, CI"],
    ["up --target front-door-https", "only this resource"],
  ],
  preview: [
    ["preview -s prod --diff", "every value, and where it is declared"],
    ["preview --refresh", "what others changed stands above the plan"],
    ["preview --json", "for programs"],
  ],
  destroy: [
    ["destroy -s dev", "what goes and what is lifted, question, deletion"],
    ["destroy -s dev --yes", "no question: scripts, CI"],
  ],
  refresh: [
    ["refresh -s prod --preview-only", "what others changed; nothing is saved"],
    ["refresh -s prod --expect-no-changes", "exit 7 where something differs"],
  ],
  status: [
    ["status -s prod", "one screen"],
    ["status -s prod --refresh", "with what others changed"],
    ["status -s prod --watch", "again every 2 s, until Ctrl-C"],
    ["status --json", "for programs"],
  ],
  drift: [
    ["drift prod", "exit 7 where something drifted"],
    ["drift prod --json", "for programs"],
    ["drift prod --from refresh.json --trail events.json", "of a real account, offline"],
  ],
  graph: [["graph -s dev -o dev.svg", "the resources of dev as a picture"]],
  costs: [
    ["costs -s prod", "the dearest first"],
    ["costs --full", "every row"],
  ],
  outputs: [["outputs -s dev --json", "for programs"]],
  policies: [
    ["policies", "every rule"],
    ["policies keepalive-exceeds-idle", "one rule, with what it refuses and accepts"],
  ],
  "lint-manifests": [["lint-manifests gitops/dev", "checks the YAML below a folder"]],
  lock: [["lock --check", "versions that are unresolved or out of support"]],
  sandbox: [
    ["sandbox show", "what the account has"],
    ["sandbox tamper front-door-alb idleTimeout=90", "drift: changed behind the state's back"],
    ["sandbox reset", "an empty account"],
  ],
  new: [
    ["new environment qa --like staging", "every file of a new environment"],
    ["new application shop --image <image> --port 8080", "the spec of an application"],
  ],
  report: [["report prod=prod.json dev=dev.json --sarif report.sarif", "after `preview --json` of each"]],
  verdict: [["verdict plan.json", "of `pulumi preview --json` or `terraform show -json`"]],
  drill: [
    ["drill", "the primary's region is lost"],
    ["drill --scenario blip", "a minute without it must change nothing"],
    ["drill --list", "every scenario, and the incident behind it"],
  ],
  parity: [
    ["parity prod replica", "of two stacks on the sandbox"],
    ["parity prod.json replica.json", "of `pulumi stack export --show-secrets`"],
    ["parity prod replica --allow parity.json", "with accepted differences"],
  ],
  timeline: [
    ["timeline prod", "of a stack on the sandbox, as if made anew"],
    ["timeline plan.json --svg plan.svg", "of what `pulumi preview --json` makes, with a picture"],
  ],
  release: [
    ["release plan shop", "when each step ends, and what its gates measure"],
    ["release plan shop --svg > shop.svg", "the timetable as a picture"],
  ],
  shift: [
    ['shift -s prod --to "blue=95,green=5"', "the weights alone, after the checks"],
    ["shift -s prod --back", "what served before"],
  ],
  undo: [
    ["undo shop", "back to the release before, as a commit"],
    ["undo shop --no-commit", "what it would change"],
  ],
  replica: [
    ["replica scale --to prod", "the primary's size, and every application; it gets no traffic"],
    ["replica scale --to prod --open", "and as the last step its health check returns 200"],
    ["replica scale --to standby", "closed first, then small again"],
  ],
  render: [["render --check", "fails where gitops/ is not what the specs give"]],
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
