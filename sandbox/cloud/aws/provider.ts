/** The simulated AWS provider: plain data in, objects of the simulated account out. */
import { UNKNOWN, isObject, withoutBookkeeping, type PropertyMap, type Value } from "../../values/values";
import type { Account, CloudObject } from "../account";
import { CloudError, type DiffResult, type Made, type Provider, type Subject } from "../provider";
import { refuse } from "../refusals/table";
import { afterDelete, afterWrite } from "./aftermath";
import { checkInputs, diffOf } from "./check";
import { AWS_TYPES, type AwsType } from "./entry";
import { answer } from "./invokes";
import { Making, TOMBSTONE, type Caller } from "./making";
import { emptyValue, schema } from "./schema";

type Known = { id: string; inputs: PropertyMap; outputs: PropertyMap };

/** The type under which objects are kept: `alb` is another name of `lb`, and `V2` buckets are buckets. */
export function canonical(type: string): string {
  return type.replace(/^aws:alb\//, "aws:lb/").replace(/^aws:s3\/(\w+)V2:(\w+)V2$/, "aws:s3/$1:$2");
}

function entryOf(type: string): AwsType {
  const entry = AWS_TYPES[canonical(type)];
  if (entry !== undefined) return entry;
  throw new CloudError(
    "UnknownType",
    `the sandbox does not know ${type}. Add one entry to its service's file in sandbox/cloud/aws/types/ and run npm run schema.`,
  );
}

/** What AWS made of the inputs; in preview whatever only AWS can know is unknown. */
function outputsOf(made: Making, preview: boolean, before: PropertyMap = {}): PropertyMap {
  const members = schema().resources[made.type]?.outputs ?? {};
  const outputs: Record<string, Value> = {};
  for (const [key, spec] of Object.entries(members)) {
    const value = outputOf(made, key, spec, preview, before);
    if (value !== undefined) outputs[key] = value;
  }
  return outputs;
}

function outputOf(made: Making, key: string, spec: string, preview: boolean, before: PropertyMap): Value | undefined {
  const input = made.inputs[key];
  if (key === "tagsAll") return tagsAll(made);
  if (key === "region") return made.region;
  const isNested = isObject(input);
  if (preview && !isNested && input !== undefined) return input;
  const old = before[key];
  const isVolatile = made.entry.volatile?.includes(key) === true;
  if (preview && input === undefined) {
    if (isVolatile || (old === undefined && !spec.endsWith("?"))) return UNKNOWN;
    return spec.endsWith("?") ? undefined : old;
  }
  const computed = computedOutput(made, key);
  if (preview && isNested && isObject(computed)) return foreseenBlock(input, computed, old);
  return computed ?? (spec.endsWith("?") ? undefined : (old ?? emptyValue(spec)));
}

function computedOutput(made: Making, key: string): Value | undefined {
  const output = made.entry.outputs?.[key];
  const input = made.inputs[key];
  if (typeof output === "string" && output.startsWith("=")) return made.render(output);
  if (isObject(output) && isObject(input))
    return { ...(made.render(output) as PropertyMap), ...withoutBookkeeping(input) };
  if (input !== undefined) return input;
  if (output !== undefined) return made.render(output);
  return key === "arn" && made.entry.arn !== undefined ? made.arn : made.prefixed(key) || undefined;
}

/** A block of which the program gave some members and AWS will give the rest. */
function foreseenBlock(input: PropertyMap, computed: PropertyMap, old: Value | undefined): PropertyMap {
  const members = Object.keys(computed).map((key) => [
    key,
    input[key] ?? (isObject(old) ? old[key] : undefined) ?? UNKNOWN,
  ]);
  return { ...withoutBookkeeping(input), ...Object.fromEntries(members as [string, Value][]) };
}

function tagsAll(made: Making): Value {
  const tags = made.inputs.tags ?? {};
  return isObject(tags) ? withoutBookkeeping({ ...made.caller.defaultTags, ...tags }) : UNKNOWN;
}

/** A provider with its region and caller. */
export class AwsProvider implements Provider {
  private readonly account: Account;

  constructor(private readonly caller: Caller) {
    this.account = caller.account;
  }

  check(subject: Subject, olds: PropertyMap, news: PropertyMap, seed: Uint8Array): ReturnType<typeof checkInputs> {
    return checkInputs(subject, canonical(subject.type), entryOf(subject.type), olds, news, seed);
  }

  diff(subject: Subject, old: Known, news: PropertyMap): DiffResult {
    return diffOf(canonical(subject.type), entryOf(subject.type), old.inputs, news);
  }

  create(subject: Subject, inputs: PropertyMap, preview: boolean): Made {
    const made = this.making(subject, inputs);
    if (preview) return { id: "", outputs: outputsOf(made, true) };
    refuse(made, "create");
    made.id = made.fill(made.entry.id);
    const object = this.store(made, outputsOf(made, false));
    return { id: object.id, outputs: object.outputs };
  }

  read(subject: Subject, id: string, known: { inputs: PropertyMap }): (Made & { inputs: PropertyMap }) | undefined {
    const made = this.making(subject, known.inputs);
    const object = this.account.find(made.type, id, made.scope);
    return object && { id, inputs: object.inputs, outputs: object.outputs };
  }

  update(subject: Subject, old: Known, news: PropertyMap, preview: boolean): { outputs: PropertyMap } {
    const made = this.making(subject, news, this.existing(subject, old));
    made.id = old.id;
    if (preview) return { outputs: outputsOf(made, true, old.outputs) };
    refuse(made, "update");
    return { outputs: this.store(made, outputsOf(made, false, old.outputs)).outputs };
  }

  delete(subject: Subject, old: Known): void {
    const object = this.existing(subject, old);
    if (object === undefined) return;
    const made = this.making(subject, object.inputs, object);
    refuse(made, "delete");
    for (const side of made.companions()) this.account.remove(side);
    const count = this.account.find(TOMBSTONE, object.urn, "global")?.outputs.count;
    this.account.put({
      type: TOMBSTONE,
      id: object.urn,
      scope: "global",
      urn: "",
      inputs: {},
      outputs: { count: (typeof count === "number" ? count : 0) + 1 },
    });
    this.account.remove(object);
    afterDelete(made, object);
  }

  invoke(token: string, args: PropertyMap): PropertyMap {
    return answer(this.caller, token, args);
  }

  adopt(subject: Subject): (Made & { inputs: PropertyMap })[] {
    return this.account.madeBy(subject.urn).map(({ id, inputs, outputs }) => ({ id, inputs, outputs }));
  }

  private making(subject: Subject, inputs: PropertyMap, old?: CloudObject): Making {
    return new Making(this.caller, canonical(subject.type), entryOf(subject.type), subject, inputs, old);
  }

  private existing(subject: Subject, old: Known): CloudObject | undefined {
    const { type, scope } = this.making(subject, old.inputs);
    return this.account.find(type, old.id, scope);
  }

  /** Companions go first: a crash between the writes leaves none without its owner's URN to find it by. */
  private store(made: Making, outputs: PropertyMap): CloudObject {
    if (made.old === undefined) for (const side of made.companions()) this.account.put(side);
    const object = {
      type: made.type,
      id: made.id,
      scope: made.scope,
      urn: made.subject.urn,
      inputs: made.inputs,
      outputs,
    };
    this.account.put(object);
    afterWrite(made);
    return object;
  }
}
