/** Addresses of manifests in other repositories, and whether each names one immutable tree. */
import { isExactVersion } from "./version";

/** Whether the entry lies in another repository: a build fetches it from the network, and no review here has seen it. */
export function isRemote(entry: string): boolean {
  return /^(https?|ssh|git|file|oci):\/\/|^git::|^git@|^[\w.-]+\.[a-z]{2,}[:/].*\/|[?&]ref=|\.git(\/|$|\?)/i.test(
    entry,
  );
}

/** Whether the text is a whole commit of Git. */
export function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text) || /^[0-9a-f]{64}$/.test(text);
}

/** Whether the text is a digest of a registry. */
export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** Branch, tag or commit in a kustomization's address (`?ref=` or `?version=`). */
export function revisionIn(address: string): string | undefined {
  return /[?&](?:ref|version)=([^&]*)/.exec(address)?.[1];
}

/** Whether the address names one tree: by its revision, or by a commit, a digest or a version in its path. */
export function isPinnedAddress(address: string): boolean {
  const revision = revisionIn(address);
  if (revision !== undefined) return isCommit(revision) || isExactVersion(revision);
  const parts = address.split("?", 1).flatMap((path) => path.split(/[/@:]/));
  return parts.some((part) => isCommit(part) || isVersionWord(part));
}

/** A release in a path, alone or behind a name: `v1.2.3`, `chart-v1.2.3`. */
function isVersionWord(part: string): boolean {
  const [, version = part] = /-(v?\d+\.\d+\.\d+.*)/.exec(part) ?? [];
  return isExactVersion(version);
}

/** The address in one of the spellings that a repository may have, for comparison. */
export function normalAddress(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^git::/, "")
    .replace(/[?].*$/, "")
    .replace(/(?<!:)\/\/.*$/, "")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "");
}
