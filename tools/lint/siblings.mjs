/** The workspace packages and their folders: an import by name is checked as the same import by path. */
export const siblings = {
  "@fridayproof/components": "components",
  "@fridayproof/policies": "policies",
  "@fridayproof/guard": "guard",
  "@fridayproof/sandbox": "sandbox",
  fridayproof: "cli",
};

/** The sandbox's entry points: one file for each thing that a command does with it, behind which everything else may move. */
export const SANDBOX_ENTRIES = ["run", "serve", "account", "graph", "outages", "stacks", "terminal", "errors"].map(
  (entry) => `sandbox/${entry}`,
);
