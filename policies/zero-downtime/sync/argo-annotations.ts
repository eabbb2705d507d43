/** Values of Argo CD's annotations: an unknown one has no effect, without an error. */
import { slipOf } from "@fridayproof/components/core";
import { applications, layers } from "../../kit/argo-cd/applications";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { example, type Remedy, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { optionsIn } from "../../kit/argo-cd/sync-options";
import { deletionOf, hookOf, integer, optionsOf, waveOf } from "../../kit/argo-cd/sync-phase";

/** Hooks, and when they are deleted. Source: argo-cd, gitops-engine/pkg/sync/common/types.go; PreDelete since Argo CD 3.3. */
const hooks = ["PreSync", "Sync", "PostSync", "SyncFail", "PreDelete", "PostDelete", "Skip"];
const deletions = ["HookSucceeded", "HookFailed", "BeforeHookCreation"];

const switches = ["true", "false"];
const confirmed = [...switches, "confirm"];
/** Options of a sync and their values. Source: the same file, and Argo CD, sync options. */
const options: ReadonlyMap<string, readonly string[]> = new Map([
  ["ApplyOutOfSyncOnly", switches],
  ["ClientSideApplyMigration", switches],
  ["CreateNamespace", switches],
  ["Delete", confirmed],
  ["FailOnSharedResource", switches],
  ["Force", switches],
  ["Prune", confirmed],
  ["PruneLast", switches],
  ["PrunePropagationPolicy", ["background", "foreground", "orphan"]],
  ["Replace", switches],
  ["RespectIgnoreDifferences", switches],
  ["ServerSideApply", switches],
  ["SkipDryRunOnMissingResource", switches],
  ["Validate", switches],
]);

/** What an object's annotations say to Argo CD. */
export function* checkAnnotations(object: Resource): Iterable<Finding> {
  yield* checkKnown(object, hookOf(object), hooks, "a hook that Argo CD does not know, and never runs");
  yield* checkKnown(object, deletionOf(object), deletions, "a time that Argo CD does not know, and leaves out");
  yield* checkWave(object);
  yield* checkOptions(object, optionsOf(object), optionsIn(optionsOf(object)));
  if (!object.is(...applications)) return;
  for (const layer of layers(object))
    for (const option of layer.at("spec", "syncPolicy", "syncOptions").list())
      yield* checkOptions(object, option, optionsIn(option));
}

function* checkKnown(object: Resource, field: Field, known: readonly string[], got: string): Iterable<Finding> {
  const words = optionsIn(field);
  const unknown = words.find((word) => word !== "" && !known.includes(word));
  if (unknown === undefined) return;
  const meant = slipOf(unknown, known);
  yield violation(object, {
    at: field.path,
    got,
    expected: known.join(", "),
    fix: meant === undefined ? `write one of ${known.join(", ")}` : corrected(field, words, unknown, meant),
  });
}

function* checkWave(object: Resource): Iterable<Finding> {
  const field = waveOf(object);
  if (!field.isSet() || integer.test(field.textOrEmpty())) return;
  yield violation(object, {
    at: field.path,
    got: "a text that is no whole number, which counts as 0",
    expected: "a whole number",
    fix: example(set(field, "0"), "the number that is meant"),
  });
}

/** A newer Argo CD may know more options: one is wrong where it is a slip of a known one, or where its value is none. */
function* checkOptions(object: Resource, field: Field, words: readonly string[]): Iterable<Finding> {
  for (const word of words) {
    const meant = meantBy(word);
    if (meant === undefined) continue;
    yield violation(object, {
      at: field.path,
      got: "an option that Argo CD does not know, and leaves out",
      expected: meant,
      fix: corrected(field, words, word, meant),
    });
    return;
  }
}

/** The option that a wrong one stands for; undefined for a right one and for one that may be new. */
function meantBy(word: string): string | undefined {
  const key = word.split("=", 1).join("");
  const value = word.slice(key.length + 1);
  const known = slipOf(key, [...options.keys()]);
  if (known === undefined) return undefined;
  const values = options.get(known) ?? switches;
  return known === key && values.includes(value) ? undefined : `${known}=${slipOf(value, values) ?? values[0]}`;
}

/** The same words with the one that was meant; words that no message may show are left out. */
function corrected(field: Field, words: readonly string[], wrong: string, meant: string): Remedy {
  const all = words.map((word) => (word === wrong ? meant : word));
  return set(field, all.filter((word) => /^[A-Za-z=]+$/.test(word)).join(","));
}
