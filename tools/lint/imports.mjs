/** The lint rule that holds every import against the table of folders. */
import path from "node:path";
import { boundaries } from "./boundaries.mjs";
import { siblings } from "./siblings.mjs";

const matches = (folder, file) => {
  const parts = folder.split("/");
  return parts.every((part, index) => part === "*" || part === file.split("/")[index]);
};

/** Where the file lives by its own row: `components/*` becomes `components/network`. */
const homeOf = (boundary, file) => file.split("/").slice(0, boundary.folder.split("/").length).join("/");

/** Path from the project root of what a specifier leads to inside the project; undefined for other people's packages. */
function targetOf(file, specifier) {
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
  const sibling = Object.keys(siblings).find((name) => specifier === name || specifier.startsWith(`${name}/`));
  return sibling === undefined ? undefined : `${siblings[sibling]}${specifier.slice(sibling.length) || "/index"}`;
}

function packageProblem(boundary, name) {
  if (name.startsWith("node:") && boundary.packages !== "none") return undefined;
  if (boundary.packages === "none") return `${boundary.folder} imports no package`;
  if (boundary.packages === "no-pulumi" && name.startsWith("@pulumi/")) return `${boundary.folder} imports no Pulumi`;
  return undefined;
}

/** The name of the package that a path of the project lies in; undefined for the root's own folders. */
const packageOf = (target) => Object.keys(siblings).find((name) => target.startsWith(`${siblings[name]}/`));

/**
 * What is wrong with a path into another package: only by its name does an import meet what the package says is public.
 * Tools generate files of the packages, and see inside.
 */
function pathProblem(file, specifier, target) {
  const name = packageOf(target);
  if (!specifier.startsWith(".") || name === undefined || name === packageOf(file) || file.startsWith("tools/"))
    return undefined;
  return `${file} imports ${target} by its path: import it by the name of its package, ${name}.`;
}

/**
 * What is wrong with an import, or undefined.
 * @param {string} file path of the importing file from the project root, with forward slashes.
 * @param {string} specifier what stands between the quotes.
 */
export function importProblem(file, specifier) {
  const boundary = boundaries.find((row) => matches(row.folder, file));
  if (boundary === undefined) return undefined;
  const because = (what) => `${what}: ${boundary.reason}.`;
  const target = targetOf(file, specifier);
  if (target === undefined) {
    const wrong = packageProblem(boundary, specifier);
    return wrong === undefined ? undefined : because(wrong);
  }
  const allowed = [homeOf(boundary, file), ...boundary.may];
  if (!target.includes("/") || allowed.some((folder) => `${target}/`.startsWith(`${folder}/`)))
    return pathProblem(file, specifier, target);
  return because(`${homeOf(boundary, file)} may not import ${target}`);
}

/** The lint rule over {@link importProblem}. */
export const importRule = {
  meta: { type: "problem", schema: [], messages: { boundary: "{{ message }}" } },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join("/");
    const check = (node, source) => {
      const message = typeof source?.value === "string" ? importProblem(file, source.value) : undefined;
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
