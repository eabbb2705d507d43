/** The stacks that pipelines deploy and check for drift, in their order: the lists in GitHub's workflows and in GitLab's template. */

/** The files that have such lists. A matrix of GitHub or GitLab is a literal in the file. */
export const pipelineFiles = [
  ".github/workflows/deploy.yml",
  ".github/workflows/drift.yml",
  ".gitlab/fridayproof.gitlab-ci.yml",
] as const;

/** A list in JSON or YAML that begins with the foundation. */
const LIST = /\[("?)foundation\1(?:, \1\w+\1)+\]/g;

/** The lists of a pipeline's file, each with the stacks in their order. */
export function stackLists(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(LIST)].map(([list]) => list.match(/\w+/g) ?? []);
}

/**
 * The file with a stack more in each list, directly after another one.
 * @throws Error when there is no list, or one without the other stack.
 */
export function withStack(text: string, name: string, after: string): string {
  const lists = stackLists(text);
  if (lists.length === 0) throw new Error("no list of stacks that begins with foundation");
  if (lists.some((list) => !list.includes(after))) throw new Error(`a list of stacks without ${after}`);
  return text.replace(LIST, (list, quote: string) =>
    list.replace(new RegExp(`${quote}\\b${after}\\b${quote}`), (found) => `${found}, ${quote}${name}${quote}`),
  );
}
