/** The simulated AWS provider: plain data in, objects of the simulated account out. */
import { CloudError, type Checked, type DiffResult, type Known, type CreateResult } from "../../protocol/provider";
import type { Provider, ResourceIdentity } from "../../protocol/provider";
import { goneError } from "./validation/references";
import { validate } from "./validation/table";
import type { PropertyMap } from "../../property/values";
import { known, type CloudObject } from "../account/account";
import { afterDelete, afterWrite } from "./object/side-effects";
import { checkInputs, diffOf } from "./check";
import { asRead } from "./object/global-membership";
import { AWS_TYPES, type AwsType } from "./object/entry";
import { invokeFunction } from "./invokes";
import { ResourceContext, type Caller } from "./object/resource-context";
import { COMPUTED_OUTPUTS } from "./object/computed-outputs";
import { outputsOf } from "./outputs";
import { afterSending } from "./update-payloads";

/** The type under which objects are kept: `alb` is another name of `lb`, and `V2` buckets are buckets. */
function canonical(type: string): string {
  return type.replace(/^aws:alb\//, "aws:lb/").replace(/^aws:s3\/(\w+)V2:(\w+)V2$/, "aws:s3/$1:$2");
}

/** Whether the sandbox has an entry for the type. */
export function isKnownType(type: string): boolean {
  return AWS_TYPES[canonical(type)] !== undefined;
}

function entryOf(type: string): AwsType {
  const entry = AWS_TYPES[canonical(type)];
  if (entry !== undefined) return entry;
  throw new CloudError(
    "UnknownType",
    `the sandbox does not support ${type}. Add one entry to its service's file in sandbox/cloud/aws/types/ and run npm run schema.`,
  );
}

/** A provider with its region and caller. */
export class AwsProvider implements Provider {
  constructor(private readonly caller: Caller) {}

  check(identity: ResourceIdentity, olds: PropertyMap, news: PropertyMap, seed: Uint8Array): Checked {
    return checkInputs(identity, canonical(identity.type), entryOf(identity.type), olds, news, seed);
  }

  diff({ type }: ResourceIdentity, old: Known, news: PropertyMap): DiffResult {
    return diffOf(canonical(type), entryOf(type), old.inputs, news);
  }

  create(identity: ResourceIdentity, inputs: PropertyMap, preview: boolean): CreateResult {
    const ctx = this.contextOf(identity, inputs);
    if (preview) return { id: "", outputs: outputsOf(ctx, true) };
    validate(ctx, "create");
    ctx.id = ctx.fill(ctx.entry.id);
    return known(this.store(ctx, outputsOf(ctx, false)));
  }

  read(identity: ResourceIdentity, id: string, { inputs }: Pick<Known, "inputs">): Known | undefined {
    const object = this.existing(identity, { id, inputs });
    return object && asRead(this.caller, known(object), object);
  }

  update(identity: ResourceIdentity, old: Known, news: PropertyMap, preview: boolean): Pick<CreateResult, "outputs"> {
    const existing = this.existing(identity, old);
    if (preview) {
      const foreseen = this.contextOf(identity, news, existing);
      foreseen.id = old.id;
      return { outputs: outputsOf(foreseen, true, old.outputs) };
    }
    const type = canonical(identity.type);
    const inputs = existing === undefined ? news : afterSending(type, old.inputs, news, existing.inputs);
    const ctx = this.contextOf(identity, inputs, existing, old.inputs);
    ctx.id = old.id;
    if (existing === undefined) throw goneError(ctx);
    validate(ctx, "update");
    return known(this.store(ctx, outputsOf(ctx, false, old.outputs)));
  }

  delete(identity: ResourceIdentity, old: Known): void {
    const object = this.existing(identity, old);
    if (object === undefined) return;
    const { account } = this.caller;
    const ctx = this.contextOf({ ...identity, urn: object.urn }, object.inputs, object);
    validate(ctx, "delete");
    for (const side of ctx.companions()) account.remove(side);
    account.remove(object);
    afterDelete(ctx, object);
  }

  invoke(token: string, args: PropertyMap): PropertyMap {
    return invokeFunction(this.caller, token, args);
  }

  adopt({ urn }: ResourceIdentity): Known[] {
    return this.caller.account.ownedBy(urn).map(known);
  }

  private contextOf(
    identity: ResourceIdentity,
    inputs: PropertyMap,
    old?: CloudObject,
    remembered?: PropertyMap,
  ): ResourceContext {
    return new ResourceContext(
      this.caller,
      canonical(identity.type),
      entryOf(identity.type),
      identity,
      inputs,
      COMPUTED_OUTPUTS,
      old,
      remembered,
    );
  }

  private existing(identity: ResourceIdentity, { id, inputs }: Pick<Known, "id" | "inputs">): CloudObject | undefined {
    const { type, scope } = this.contextOf(identity, inputs);
    return this.caller.account.find(type, id, scope);
  }

  /** Companions go first: a crash between the writes leaves none without its owner's URN to find it by. */
  private store(ctx: ResourceContext, outputs: PropertyMap): CloudObject {
    const { account } = this.caller;
    if (ctx.old === undefined) for (const side of ctx.companions()) account.put(side);
    const { type, id, scope, inputs } = ctx;
    const generation = ctx.generation === 0 ? {} : { generation: ctx.generation };
    const object = { type, id, scope, urn: ctx.identity.urn, inputs, outputs, ...generation };
    account.put(object);
    afterWrite(ctx);
    return object;
  }
}
