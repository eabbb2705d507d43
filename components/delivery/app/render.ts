/** An application's objects as files for Git: one per kind, in an order that never changes. */
import { stringify } from "yaml";
import { groupBy } from "../../core";
import { app } from "./app";
import type { Manifest } from "./manifest";
import type { AppPlatform, AppSpec } from "./spec";

/** A file below the application's folder. */
export interface RenderedFile {
  /** Path below `gitops/<environment>/<application>`. */
  readonly path: string;
  readonly text: string;
}

/** Folder of what runs in the active slot alone; Argo CD reads it there and nowhere else. */
const onceFolder = "once";

/** Kubernetes reads YAML 1.1, in which a plain `yes` is true: what either version takes for itself is quoted. */
const format = { aliasDuplicateObjects: false, lineWidth: 0, compat: "yaml-1.1" } as const;

function files(manifests: readonly Manifest[], folder: string, header: string): RenderedFile[] {
  return [...groupBy(manifests, ({ kind }) => kind)].map(([kind, all]) => ({
    path: `${folder}${kind.toLowerCase()}.yaml`,
    text: header + all.map((each) => stringify(each, format)).join("---\n"),
  }));
}

/**
 * Every file of an application's folder, sorted by path.
 * @param source file that the spec stands in, for the header.
 * @throws ProblemsError as {@link app} does.
 */
export function render(spec: AppSpec, platform: AppPlatform, source: string): readonly RenderedFile[] {
  const { everywhere, once } = app(spec, platform);
  const header = `# From ${source} by \`make render\`: change it there.\n`;
  const all = [...files(everywhere, "", header), ...files(once, `${onceFolder}/`, header)];
  return all.sort((left, right) => (left.path < right.path ? -1 : 1));
}
