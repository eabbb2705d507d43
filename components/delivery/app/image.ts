/** The image of a container, as a spec may name it: by its registry, and by its digest. */
import type { Problem } from "../../core/checks";
import { applicationSpecLimits } from "../../core/limits/application-spec";

/**
 * Host, path, tag, digest. A first part without a dot or a port is no host, except for localhost: what is named so is
 * taken from docker.io. Source: https://github.com/distribution/reference/blob/main/reference.go and normalize.go
 */
const LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
const HOST = `(${LABEL}(\\.${LABEL})+(:\\d+)?|${LABEL}:\\d+|localhost)`;
const PART = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
const VERSION = "(:\\w[\\w.-]{0,127})?@sha256:[0-9a-f]{64}";
const IMAGE = new RegExp(`^${HOST}(/${PART})+${VERSION}$`);
const WITHOUT_HOST = new RegExp(`^${PART}(/${PART})*${VERSION}$`);

/** Everything before tag and digest. */
const repositoryOf = (image: string): string => image.replace(/(:\w[\w.-]*)?@.*$/, "");

/** A node that has no host to go to goes to Docker Hub: somebody else's image may have that name there. */
function hostProblem(path: string, image: string): Problem {
  const repository = repositoryOf(image);
  const taken = repository.includes("/") ? repository : `library/${repository}`;
  const allowed = `a registry's host first, with a dot or a port: without one a node takes docker.io/${taken}`;
  const fix = `Write the registry that it was pushed to in front, such as "registry.example.com/${repository}".`;
  return { path, got: image, allowed, fix };
}

/** What is wrong with an image's name; empty where nothing is. */
export function imageProblems(path: string, image: string): Problem[] {
  const longest = applicationSpecLimits.longestRepository.value;
  const { length } = repositoryOf(image);
  if (length > longest) {
    const allowed = `a repository of up to ${longest} characters`;
    return [{ path, got: `${length} characters`, allowed, fix: "Push it under a shorter name." }];
  }
  if (IMAGE.test(image)) return [];
  if (WITHOUT_HOST.test(image)) return [hostProblem(path, image)];
  const allowed = "registry/repository, a tag if you like, and @sha256: with 64 hexadecimal digits";
  const fix = "Take the digest that the push printed: a tag may be another image tomorrow.";
  return [{ path, got: image, allowed, fix }];
}
