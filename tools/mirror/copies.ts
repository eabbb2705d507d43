/** Which charts and images go into the account's own registry, and by which commands: pure, so that a test needs no network. */
import type { LockedChart } from "../../stacks/inputs/lock";
import { chartRepository, imageRepository } from "../../stacks/inputs/conventions";

/** A command line. */
export type Command = readonly [program: string, ...args: string[]];

const DOCKER = ["docker", "buildx", "imagetools"] as const;

/** What brings one chart over. */
export interface ChartCopy {
  /** Fails where the account has no such version yet. */
  readonly inspect: Command;
  readonly pull: Command;
  readonly push: Command;
  /** Writes the chart's objects, whose images follow. */
  readonly render: Command;
}

/** The commands of a chart. @param folder where it is kept in between. */
export function chartCopy(
  { chart, repository, version, release }: LockedChart,
  registry: string,
  folder: string,
): ChartCopy {
  const file = `${folder}/${chart}-${version}.tgz`;
  const from = repository.startsWith("oci://") ? [repository] : [chart, "--repo", repository];
  // Helm adds the chart's name itself.
  const parent = chartRepository(chart).replace(/\/[^/]+$/, "");
  return {
    inspect: ["helm", "show", "chart", `oci://${registry}/${chartRepository(chart)}`, "--version", version],
    pull: ["helm", "pull", ...from, "--version", version, "--destination", folder],
    push: ["helm", "push", file, `oci://${registry}/${parent}`],
    render: ["helm", "template", release, file],
  };
}

/** Images that rendered objects name, each once. */
export function imagesIn(manifests: string): readonly string[] {
  const found = [...manifests.matchAll(/^[ -]*image: *["']?([^"'\s]+)["']?\s*$/gm)].map(([, image = ""]) => image);
  return [...new Set(found)].sort();
}

/** An image with its registry: Docker's own is left out by charts. */
function wholeName(image: string): string {
  const [first = "", ...rest] = image.split("/");
  if (rest.length > 0 && /[.:]/.test(first)) return image;
  return `docker.io/${rest.length === 0 ? "library/" : ""}${image}`;
}

/**
 * The commands of an image.
 * @param repositories names of the images that the account has a repository for.
 * @throws Error for any other, and for one without a tag.
 */
export function imageCopy(
  named: string,
  registry: string,
  repositories: readonly string[],
): Pick<ChartCopy, "inspect"> & { readonly copy: Command } {
  const image = wholeName(named);
  const repository = imageRepository(image);
  if (!repositories.map(imageRepository).includes(repository))
    throw new Error(`${image}: there is no repository for it. Add it to images in stacks/account/foundation.ts.`);
  const tag = /:([\w.-]+)(?:@sha256:[0-9a-f]{64})?$/.exec(image)?.[1];
  if (tag === undefined) throw new Error(`${image}: it has no tag, so its version is unknown.`);
  const target = `${registry}/${repository}:${tag}`;
  return {
    inspect: [...DOCKER, "inspect", "--raw", target],
    // As it is: an image of one platform would get an index around it, and with it another digest.
    copy: [...DOCKER, "create", "--prefer-index=false", "--tag", target, image],
  };
}
