/** Which folder may import which, each with its reason: the direction in which data flows through the house. */
import path from "node:path";

/**
 * One row per folder, the most specific first. `may` lists folders of the project; a folder may always import itself.
 * `packages` names what it may take from node_modules: `any`, `none`, or `no-pulumi`.
 */
export const boundaries = [
  {
    folder: "components/core",
    may: [],
    packages: "none",
    reason: "limits, units and checks are read by policies and guard too, so they must load in a millisecond",
  },
  {
    folder: "components/charts",
    may: ["components/core"],
    packages: "any",
    reason: "how a chart is installed is the same for every component, so it can know none of them",
  },
  {
    folder: "components/*",
    may: ["components/core", "components/charts"],
    packages: "any",
    reason: "components meet as arguments: the stack passes ids from one to the other, so each can be tested alone",
  },
  {
    folder: "stacks",
    may: ["components"],
    packages: "any",
    reason: "the program is what `pulumi up` runs on AWS: nothing of the sandbox, the guard or the command line",
  },
  {
    folder: "apps",
    may: ["components/delivery"],
    packages: "any",
    reason: "an application is a typed spec; what becomes of it is decided by components/delivery",
  },
  {
    folder: "policies",
    may: ["components/core"],
    packages: "any",
    reason: "policies judge the program from outside and learn about an environment only as policy config",
  },
  {
    folder: "guard",
    may: ["components/core"],
    packages: "no-pulumi",
    reason: "the guard reads plans and states as data, from the real engine and the sandbox alike",
  },
  {
    folder: "sandbox/values",
    may: [],
    packages: "no-pulumi",
    reason: "the words that state, clouds and engine share, so they can know none of those",
  },
  {
    folder: "sandbox/store",
    may: ["sandbox/errors"],
    packages: "no-pulumi",
    reason: "files and locks are the same whatever is in them",
  },
  {
    folder: "sandbox/state",
    may: ["sandbox/values", "sandbox/store", "sandbox/errors"],
    packages: "no-pulumi",
    reason: "a state is data: it can be read without an engine",
  },
  {
    folder: "sandbox/report",
    may: ["sandbox/values", "sandbox/state", "sandbox/errors"],
    packages: "no-pulumi",
    reason: "display and command line read what a run tells, and load no engine for it",
  },
  {
    folder: "sandbox/provider",
    may: ["sandbox/values"],
    packages: "none",
    reason: "what an engine and a cloud agree on belongs to neither",
  },
  {
    folder: "sandbox/refusals",
    may: ["sandbox/values", "sandbox/provider", "sandbox/tables", "sandbox/cloud"],
    packages: "no-pulumi",
    reason: "what AWS refuses is judged on the account alone",
  },
  {
    folder: "sandbox/cloud",
    may: [
      "sandbox/values",
      "sandbox/store",
      "sandbox/errors",
      "sandbox/provider",
      "sandbox/refusals",
      "sandbox/tables",
    ],
    packages: "no-pulumi",
    reason: "the simulated clouds serve the embedded engine and a real one alike, so they know neither",
  },
  {
    folder: "sandbox/policies",
    may: ["sandbox/values", "sandbox/store", "sandbox/state", "sandbox/report", "sandbox/errors"],
    packages: "any",
    reason: "the rules judge goals and rows, whoever carries them out",
  },
  {
    folder: "sandbox/engine",
    may: [
      "sandbox/values",
      "sandbox/state",
      "sandbox/report",
      "sandbox/errors",
      "sandbox/provider",
      "sandbox/policies/policy-runner",
    ],
    packages: "no-pulumi",
    reason: "the engine decides on plain data; programs, clouds and rules reach it through one interface each",
  },
  {
    folder: "sandbox",
    may: [],
    packages: "any",
    reason: "the sandbox runs the program as a program, as the real engine would, never as a library",
  },
  {
    folder: "cli",
    may: ["guard", "sandbox", "components/core", "policies/rules", "policies/manifests", "policies/kit", "scripts"],
    packages: "any",
    reason: "the command line is a thin cover over guard, sandbox and the policies' rule arrays",
  },
  {
    folder: "bench",
    may: ["sandbox", "policies", "components/core"],
    packages: "any",
    reason: "benchmarks start processes as a person does, and time the rules by themselves",
  },
  {
    folder: "scripts",
    may: ["sandbox", "components", "stacks", "policies", "guard"],
    packages: "any",
    reason: "scripts generate from every part of the product, but a person's commands live in cli alone",
  },
];

const matches = (folder, file) => {
  const parts = folder.split("/");
  return parts.every((part, index) => part === "*" || part === file.split("/")[index]);
};

/** Where the file lives by its own row: `components/*` becomes `components/network`. */
const homeOf = (boundary, file) => file.split("/").slice(0, boundary.folder.split("/").length).join("/");

/** The workspace packages and their folders: an import by name is judged as the same import by path. */
export const siblings = {
  "@fridayproof/components": "components",
  "@fridayproof/policies": "policies",
  "@fridayproof/guard": "guard",
  "@fridayproof/sandbox": "sandbox",
  fridayproof: "cli",
};

/** Path from the project root of what a specifier leads to inside the project; undefined for other people's packages. */
function targetOf(file, specifier) {
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
  const sibling = Object.keys(siblings).find((name) => specifier === name || specifier.startsWith(`${name}/`));
  return sibling === undefined ? undefined : `${siblings[sibling]}${specifier.slice(sibling.length) || "/index"}`;
}

function judgePackage(boundary, name) {
  if (name.startsWith("node:") && boundary.packages !== "none") return undefined;
  if (boundary.packages === "none") return `${boundary.folder} imports no package`;
  if (boundary.packages === "no-pulumi" && name.startsWith("@pulumi/")) return `${boundary.folder} imports no Pulumi`;
  return undefined;
}

/**
 * What is wrong with an import, or undefined.
 * @param {string} file path of the importing file from the project root, with forward slashes.
 * @param {string} specifier what stands between the quotes.
 */
export function judge(file, specifier) {
  const boundary = boundaries.find((row) => matches(row.folder, file));
  if (boundary === undefined) return undefined;
  const because = (what) => `${what}: ${boundary.reason}.`;
  const target = targetOf(file, specifier);
  if (target === undefined) {
    const wrong = judgePackage(boundary, specifier);
    return wrong === undefined ? undefined : because(wrong);
  }
  const allowed = [homeOf(boundary, file), ...boundary.may];
  if (!target.includes("/") || allowed.some((folder) => `${target}/`.startsWith(`${folder}/`))) return undefined;
  return because(`${homeOf(boundary, file)} may not import ${target}`);
}

/** The lint rule over {@link judge}. */
export const importRule = {
  meta: { type: "problem", schema: [], messages: { boundary: "{{ message }}" } },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join("/");
    const check = (node, source) => {
      const message = typeof source?.value === "string" ? judge(file, source.value) : undefined;
      if (message !== undefined) context.report({ node, messageId: "boundary", data: { message } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal),
      TSExternalModuleReference: (node) => check(node, node.expression),
      "CallExpression[callee.name='require']": (node) => check(node, node.arguments[0]),
    };
  },
};
