/** The deterministic fake providers behind the recordings of the real engine, on our own provider interface. */
import {
  InitError,
  InvokeFailure,
  type CheckFailure,
  type DiffResult,
  type Known,
  type Provider,
  type ProviderPackage,
  type ResourceIdentity,
} from "../../sandbox/protocol/provider";
import type { Construction } from "../../sandbox/protocol/construction";
import { NO_DIFF } from "../../sandbox/property/diff";
import {
  equal,
  hasUnknown,
  isObject,
  plainMap,
  secret,
  UNKNOWN,
  type PropertyMap,
  type Value,
} from "../../sandbox/property/values";
import {
  constructCluster,
  hash,
  INVOKED,
  leavesOf,
  memberOf,
  NAME_HASH_LENGTH,
  NAMED,
  REPLACING,
  sorted,
  withMetadataName,
  withoutDefaults,
} from "./fake-values";

/** How one resource misbehaves, by the call that shall fail. */
export interface Misbehaviour {
  readonly check?: readonly (readonly [property: string, reason: string])[];
  readonly checkError?: string;
  readonly diff?: string;
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
  /** Created, but never ready, for these reasons. */
  readonly init?: readonly string[];
}

/** Switches a scenario sets before a command; resources go by their logical names. */
export interface FakeControl {
  readonly fail?: Readonly<Record<string, Misbehaviour>>;
  /** Whose replacement deletes first. */
  readonly dbr?: readonly string[];
  /** What somebody else deleted. */
  readonly gone?: readonly string[];
  /** Outputs that somebody else changed. */
  readonly drift?: Readonly<Record<string, PropertyMap>>;
  /** What a read by id finds that no state knows. */
  readonly existing?: Readonly<Record<string, PropertyMap>>;
  /** Refusals of data sources, by token. */
  readonly failInvoke?: Readonly<Record<string, readonly (readonly [property: string, reason: string])[]>>;
}

/** One call that a provider received. */
export interface FakeCall {
  readonly pkg: string;
  readonly method: string;
  readonly urn?: string;
  readonly token?: string;
  readonly preview?: boolean;
}

/** The four packages of the recordings, sharing one control object and one list of calls. */
export class FakeProviders {
  /** In the order of arrival. */
  readonly calls: FakeCall[] = [];

  /** @param control may be replaced between runs. */
  constructor(public control: FakeControl = {}) {}

  /** aws, random, kubernetes and eks. */
  packages(): ProviderPackage[] {
    return ["aws", "random", "kubernetes", "eks"].map((pkg) => this.package(pkg));
  }

  private package(pkg: string): ProviderPackage {
    const record = (method: string): void => void this.calls.push({ pkg, method });
    return {
      name: pkg,
      checkConfig: (news) => {
        record("CheckConfig");
        return { inputs: news, failures: [] };
      },
      diffConfig: (olds, news) => {
        record("DiffConfig");
        return { ...NO_DIFF, changes: !equal(olds, news) };
      },
      configure: () => {
        record("Configure");
        return new FakeProvider(pkg, this);
      },
    };
  }
}

class FakeProvider implements Provider {
  constructor(
    private readonly pkg: string,
    private readonly shared: FakeProviders,
  ) {}

  check({ urn, type, name }: ResourceIdentity, olds: PropertyMap, news: PropertyMap) {
    this.record("Check", { urn });
    const { checkError, check = [] } = this.misbehaviour(name);
    if (checkError !== undefined) throw new Error(checkError);
    const failures: CheckFailure[] = check.map(([property, reason]) => ({ property, reason }));
    return { inputs: this.completed(urn, type, name, olds, news), failures };
  }

  private completed(urn: string, type: string, name: string, olds: PropertyMap, news: PropertyMap): PropertyMap {
    if (this.pkg === "kubernetes") return withMetadataName(news, `${name}-${hash(urn)}`);
    if (this.pkg !== "aws" || !NAMED.test(type) || news.name !== undefined) return { ...news, __defaults: [] };
    const generated = `${name}-${hash(urn, NAME_HASH_LENGTH)}`;
    return { ...news, name: olds.name ?? generated, __defaults: ["name"] };
  }

  diff({ urn, name }: ResourceIdentity, old: Known, news: PropertyMap): DiffResult {
    this.record("Diff", { urn });
    const { diff } = this.misbehaviour(name);
    if (diff !== undefined) throw new Error(diff);
    const base = Object.keys(old.inputs).length > 0 ? old.inputs : old.outputs;
    const keys = [...new Set([...Object.keys(base), ...Object.keys(news)])].filter((key) => key !== "__defaults");
    const diffs = keys.filter((key) => !equal(base[key], news[key]));
    const detailed = Object.assign(
      {},
      ...diffs.map((key) => leavesOf(key, base[key], news[key])),
    ) as DiffResult["detailed"];
    return {
      changes: diffs.length > 0,
      diffs,
      replaces: diffs.filter((key) => REPLACING.has(key)),
      detailed,
      deleteBeforeReplace: this.shared.control.dbr?.includes(name) === true,
    };
  }

  create({ urn, type, name }: ResourceIdentity, inputs: PropertyMap, preview: boolean) {
    this.record("Create", { urn, preview });
    const { create, init } = this.misbehaviour(name);
    if (create !== undefined && !preview) throw new Error(create);
    const outputs = { ...withoutDefaults(inputs), ...this.computed(urn, type, name, inputs, preview) };
    if (preview) return { id: "", outputs };
    if (hasUnknown(outputs)) throw new Error(`unknown value in non-preview create of ${urn}`);
    const result = { id: this.idOf(urn, type, inputs), outputs };
    if (init !== undefined) throw new InitError(result, init);
    return result;
  }

  read({ urn, type, name }: ResourceIdentity, id: string, known: { inputs: PropertyMap; outputs: PropertyMap }) {
    this.record("Read", { urn });
    const { gone, drift, existing } = this.shared.control;
    if (gone?.includes(name) === true || id.includes("missing")) return undefined;
    let { inputs, outputs } = known;
    if (Object.keys(outputs).length === 0) {
      inputs = { ...(existing?.[id] ?? { tags: { imported: "yes" } }), __defaults: [] };
      outputs = { ...withoutDefaults(inputs), ...this.computed(urn, type, name, inputs, false) };
    }
    const drifted = drift?.[name] ?? {};
    const shared = Object.entries(drifted).filter(([key]) => key in inputs || key === "tags");
    return { id, outputs: { ...outputs, ...drifted }, inputs: { ...inputs, ...Object.fromEntries(shared) } };
  }

  update({ urn, type, name }: ResourceIdentity, old: { outputs: PropertyMap }, news: PropertyMap, preview: boolean) {
    this.record("Update", { urn, preview });
    const { update } = this.misbehaviour(name);
    if (update !== undefined && !preview) throw new Error(update);
    const computed = Object.entries(this.computed(urn, type, name, news, false));
    const kept = computed.map(
      ([key, value]) => [key, key === "tagsAll" ? value : (old.outputs[key] ?? value)] as const,
    );
    return { outputs: { ...withoutDefaults(news), ...Object.fromEntries(kept) } };
  }

  delete({ urn, name }: ResourceIdentity): void {
    this.record("Delete", { urn });
    const failure = this.misbehaviour(name).delete;
    if (failure !== undefined) throw new Error(failure);
  }

  invoke(token: string, args: PropertyMap): PropertyMap {
    this.record("Invoke", { token });
    const failures = this.shared.control.failInvoke?.[token];
    if (failures !== undefined) throw new InvokeFailure(failures.map(([property, reason]) => ({ property, reason })));
    return { ...args, ...INVOKED };
  }

  construct({ urn, type, name }: ResourceIdentity, inputs: PropertyMap): Construction {
    this.record("Construct", { token: type });
    if (this.pkg !== "eks") throw new Error(`no component in package ${this.pkg}: ${urn}`);
    return constructCluster(name, inputs);
  }

  private record(method: string, about: Omit<FakeCall, "pkg" | "method">): void {
    this.shared.calls.push({ pkg: this.pkg, method, ...about });
  }

  private misbehaviour(name: string): Misbehaviour {
    return this.shared.control.fail?.[name] ?? {};
  }

  private computed(urn: string, type: string, name: string, inputs: PropertyMap, preview: boolean): PropertyMap {
    const outputs: Record<string, Value> = {};
    const set = (key: string, value: Value): void => {
      if (inputs[key] === undefined) outputs[key] = preview ? UNKNOWN : value;
    };
    const member = memberOf(type);
    if (this.pkg === "aws") {
      set("arn", `arn:aws:x:us-east-1:000000000000:${member.toLowerCase()}/${name}`);
      outputs.tagsAll = inputs.tags ?? {};
      if (member === "Vpc") {
        set("mainRouteTableId", `rtb-${hash(urn)}`);
        outputs.enableDnsSupport = inputs.enableDnsSupport ?? true;
      }
      if (member === "Cluster") {
        set("endpoint", `endpoint-${hash(urn)}`);
        outputs.certificateAuthorities = preview ? UNKNOWN : [{ data: "Q0E=" }];
      }
      if (member === "Role") set("uniqueId", `AROA${hash(urn)}`);
    }
    if (this.pkg === "random") {
      if (member === "RandomPassword") outputs.result = secret(preview ? UNKNOWN : `pw-${hash(urn)}`);
      else if (member === "RandomId") {
        set("hex", hash(urn));
        set("dec", "42");
      } else set("result", `str-${hash(urn)}`);
    }
    return outputs;
  }

  private idOf(urn: string, type: string, inputs: PropertyMap): string {
    const plain = plainMap(inputs);
    if (this.pkg === "kubernetes") {
      const metadata = isObject(plain.metadata) ? plain.metadata : {};
      return `${String(metadata.namespace ?? "default")}/${String(metadata.name)}`;
    }
    if (type.endsWith("RandomPassword")) return "none";
    return `${memberOf(type).toLowerCase()}-${hash(urn + JSON.stringify(sorted(plain)))}`;
  }
}
