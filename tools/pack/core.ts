/** The folder `core` of components, as others take it along: a package that depended on its sibling could not be installed alone. */
import * as path from "node:path";
import { CORE } from "./sources";

/** Where it stands in a package that takes it along. */
const VENDORED = "vendor/core";

const PACKAGE = "@fridayproof/components/core";
/** As a quoted specifier, in code and in declarations alike. */
const IMPORT = new RegExp(`(["'])${PACKAGE}(/[^"']*)?\\1`, "g");

/** Whether a specifier leads into core by the name of its package. */
export function isCore(specifier: string): boolean {
  return specifier === PACKAGE || specifier.startsWith(`${PACKAGE}/`);
}

/** Where a file of core stands in a package that takes it along. */
export function vendoredName(file: string): string {
  return `${VENDORED}${file.slice(CORE.length)}`;
}

/** The text of a staged file with each import of core by name turned to the copy beside it. @param file path from the package's root. */
export function withOwnCore(file: string, text: string): string {
  return text.replace(IMPORT, (_match, quote: string, below = "") => {
    const way = path.posix.relative(path.posix.dirname(file), `${VENDORED}${String(below)}`);
    return `${quote}${way.startsWith(".") ? way : `./${way}`}${quote}`;
  });
}
