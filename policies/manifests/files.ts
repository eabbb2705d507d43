/** Finds the manifests below a path: links are followed once, and what cannot be read is reported. */
import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";

/** One manifest's text with its name in reports. */
export interface Text {
  readonly file: string;
  readonly text: string;
}

/** A folder that a tool renders to manifests. */
export interface Unrendered {
  /** Name in reports. */
  readonly file: string;
  readonly folder: string;
  readonly tool: "helm" | "kustomize";
}

/** Content of a path. */
export interface Found {
  readonly texts: readonly Text[];
  readonly unrendered: readonly Unrendered[];
  /** Problems of files that could not be read, each as a sentence. */
  readonly problems: readonly string[];
}

/** Names of kustomize's file, in the order in which it searches them. */
export const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;
const chartFile = "Chart.yaml";
/** Folder of this project beside manifests: exemptions, states. */
const ownFolder = ".fridayproof";
/** Files of a folder that kubectl and Argo CD read. */
const manifestName = /\.(ya?ml|json)$/i;

/** The manifests below the path, which is a file or a folder; names in reports are relative to the folder. */
export function findManifests(path: string): Found {
  const status = statSync(path);
  const search = new Search();
  if (status.isDirectory()) search.folder(path, "");
  else search.named(path, status);
  return search;
}

/** One walk: the content found so far, and the folders that were entered. */
class Search implements Found {
  readonly texts: Text[] = [];
  readonly unrendered: Unrendered[] = [];
  readonly problems: string[] = [];
  private readonly entered = new Set<string>();

  /** A file that the user named, whatever its ending; a pipe of the shell (`<(…)`) is one too. */
  named(path: string, status: Stats): void {
    const name = basename(path);
    if (status.isFile() || /^\/(dev|proc)\//.test(path)) this.text(path, name);
    else
      this.addProblem(
        name,
        kindOfEntry(status),
        "a file or a folder",
        `pipe it: fridayproof lint-manifests - < ${name}`,
      );
  }

  /** Files below a kustomization are its parts: kustomize and Argo CD read them through it, or not at all. */
  folder(path: string, name: string, parts = false): void {
    const file = name === "" ? "." : name;
    this.guarded(file, () => {
      this.entered.add(realpathSync(path));
      const names = readdirSync(path).sort();
      if (names.includes(chartFile)) {
        this.unrendered.push({ file, folder: path, tool: "helm" });
        return;
      }
      const kustomized = kustomizationNames.some((candidate) => names.includes(candidate));
      if (kustomized) this.unrendered.push({ file, folder: path, tool: "kustomize" });
      for (const entry of names.filter((one) => one !== ownFolder))
        this.entry(join(path, entry), join(name, entry), parts || kustomized);
    });
  }

  private entry(path: string, name: string, parts: boolean): void {
    this.guarded(name, () => {
      const status = statSync(path);
      if (status.isDirectory()) {
        if (lstatSync(path).isSymbolicLink() && this.entered.has(realpathSync(path)))
          this.addProblem(name, "a link to a folder that is read already", "files", "remove the link");
        else this.folder(path, name, parts);
      } else if (parts || !manifestName.test(name)) return;
      else if (status.isFile()) this.text(path, name);
      else this.addProblem(name, kindOfEntry(status), "a file", "remove it");
    });
  }

  private text(path: string, file: string): void {
    this.guarded(file, () => {
      const text = decoded(readFileSync(path));
      if (text === undefined) this.addProblem(file, "bytes that are no UTF-8", "a text", "save the file as UTF-8");
      else this.texts.push({ file, text });
    });
  }

  /** An error of the file system becomes a problem of that name, and the walk goes on. */
  private guarded(name: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      const why = refusals[(error as NodeJS.ErrnoException).code ?? ""];
      if (why === undefined) throw error;
      this.addProblem(name, why[0], "what can be read", why[1]);
    }
  }

  private addProblem(name: string, got: string, expected: string, fix: string): void {
    this.problems.push(`${name}: got ${got}; expected ${expected}. Fix: ${fix}.`);
  }
}

/** Sentence about an error of the file system, with the fix. */
const refusals: Readonly<Record<string, readonly [got: string, fix: string]>> = {
  ENOENT: ["a link to what is not there", "remove the link, or restore what it names"],
  ELOOP: ["a link that leads back to itself", "remove the link"],
  EACCES: ["no permission to read it", "give the user read permission, or leave it out"],
  EPERM: ["no permission to read it", "give the user read permission, or leave it out"],
  ENAMETOOLONG: ["a name that is too long", "shorten it"],
  EIO: ["a failing disk", "read it from another copy"],
};

function kindOfEntry(status: Stats): string {
  if (status.isFIFO()) return "a named pipe";
  return status.isSocket() ? "a socket" : "a device";
}

/** The bytes as text; undefined where they are not UTF-8, which kubectl and Argo CD reject as well. */
export function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
