/** The policy project at work: the compiled pack in a process of its own, called over gRPC as the real engine calls it. */
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UserError } from "../core/errors";
import type { PolicyRunner, Verdict } from "../engine/policy-runner";
import type { PolicyFinding } from "../events/events";
import type { Goal } from "../state/goal";
import { fromStruct } from "../property/struct";
import { startPack, type PackOptions, type PackProcess } from "./pack-process";
import {
  analyzerOptions,
  analyzerProvider,
  analyzerResource,
  analyzerStruct,
  levelOf,
  withReferences,
} from "./policy-messages";
import { rejectMismatches, withDefaults } from "./policy-schema";
import type { ResourceState } from "../state/resource-state";
import { isStackType } from "../property/urn";
import { withoutBookkeeping, type PropertyMap } from "../property/values";

/** Enforcement level and properties by policy name: the file `--policy-pack-config` names. */
export type PolicyConfig = Readonly<Record<string, unknown>>;

/** A pack's process, and its rules' configuration. */
export interface PolicyOptions extends PackOptions {
  readonly policyConfig?: PolicyConfig;
}

/** Starts the pack and configures it. @throws UserError when it does not start or refuses its configuration. */
export async function startPolicies(options: PolicyOptions): Promise<PolicyRunner> {
  return policiesOf(startPack(options), options);
}

/**
 * Starts the pack's process now and waits for it at its first question; a pack that does not start fails the first
 * resource. Stopped at any time, it leaves no process behind.
 */
export function launchPolicies(options: PolicyOptions): PolicyRunner {
  const pack = startPack(options);
  const starting = policiesOf(pack, options);
  // The first caller gets the rejection; until then it must not count as unhandled.
  starting.catch(() => undefined);
  let rules = 0;
  starting.then((runner) => (rules = runner.rules)).catch(() => undefined);
  return {
    get rules() {
      return rules;
    },
    analyze: async (resource) => (await starting).analyze(resource),
    analyzeStack: async (resources) => (await starting).analyzeStack(resources),
    beginUpdate: async () => (await starting).beginUpdate(),
    stop: () => {
      pack.kill();
      starting.then((runner) => runner.stop()).catch(() => undefined);
    },
  };
}

async function policiesOf(pack: PackProcess, options: PolicyOptions): Promise<PolicyRunner> {
  let policies: GrpcPolicies | undefined;
  try {
    const client = new AnalyzerClient(`127.0.0.1:${await pack.port}`, grpc.credentials.createInsecure());
    policies = new GrpcPolicies(client, pack);
    const info = await call<proto.AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done));
    policies.rules = info.getPoliciesList().length;
    await configure(client, info, options.policyConfig ?? {});
    return policies;
  } catch (error) {
    if (policies === undefined) pack.kill();
    else policies.stop();
    throw error;
  }
}

/** Enforcement levels and properties, checked and completed: both are the engine's part. */
async function configure(client: AnalyzerClient, info: proto.AnalyzerInfo, config: PolicyConfig): Promise<void> {
  const rules = info.getPoliciesList().map((policy) => {
    const expected = config[policy.getName()] ?? config.all ?? {};
    const settings = (typeof expected === "string" ? { enforcementLevel: expected } : expected) as PropertyMap;
    const { enforcementLevel, ...properties } = settings;
    const level = typeof enforcementLevel === "string" ? levelOf(enforcementLevel) : policy.getEnforcementlevel();
    const rule = { name: policy.getName(), schema: fromStruct(policy.getConfigschema()?.getProperties()) };
    return { rule, level, properties };
  });
  rejectMismatches(`${info.getName()} ${info.getVersion()}`, rules);
  const request = new proto.ConfigureAnalyzerRequest();
  for (const { rule, level, properties } of rules) {
    const config = new proto.PolicyConfig();
    config.setEnforcementlevel(level);
    config.setProperties(Struct.fromJavaScript(withDefaults(rule, properties) as Record<string, never>));
    request.getPolicyconfigMap().set(rule.name, config);
  }
  await call((done) => client.configure(request, done));
}

function call<T>(send: (done: (error: grpc.ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, response) =>
      error === null
        ? resolve(response)
        : reject(new UserError(`the policy project failed: ${error.details || error.message}`)),
    );
  });
}

class GrpcPolicies implements PolicyRunner {
  rules = 0;

  constructor(
    private readonly client: AnalyzerClient,
    private readonly pack: PackProcess,
  ) {}

  async analyze({ goal, urn, inputs, provider }: Parameters<PolicyRunner["analyze"]>[0]): Promise<Verdict> {
    const remediated = await this.remediate(goal, urn, inputs, provider);
    const request = this.request(goal, urn, withoutBookkeeping(remediated.inputs), provider);
    const response = await call<proto.AnalyzeResponse>((done) => this.client.analyze(request, done));
    const findings = response.getDiagnosticsList().map((diagnostic) => findingOf(diagnostic, urn));
    const blocked = findings.some((finding) => finding.level === "mandatory");
    return { inputs: remediated.inputs, findings: [...remediated.findings, ...findings], blocked };
  }

  async analyzeStack(resources: readonly ResourceState[]): Promise<readonly PolicyFinding[]> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const request = new proto.AnalyzeStackRequest();
    request.setResourcesList(resources.map((resource) => analyzerResource(resource, byUrn)));
    const response = await call<proto.AnalyzeResponse>((done) => this.client.analyzeStack(request, done));
    const root = resources.find((resource) => isStackType(resource.type))?.urn ?? "";
    return response.getDiagnosticsList().map((diagnostic) => findingOf(diagnostic, diagnostic.getUrn() || root));
  }

  beginUpdate(): Promise<void> {
    return this.pack.beginUpdate();
  }

  stop(): void {
    this.client.close();
    this.pack.kill();
  }

  private async remediate(goal: Goal, urn: string, inputs: PropertyMap, provider: ResourceState | undefined) {
    const response = await call<proto.RemediateResponse>((done) =>
      this.client.remediate(this.request(goal, urn, inputs, provider), done),
    );
    let changed = inputs;
    const findings: PolicyFinding[] = [];
    for (const remediation of response.getRemediationsList()) {
      const properties = remediation.getProperties();
      if (properties !== undefined) changed = withReferences(fromStruct(properties), inputs) as PropertyMap;
      const said = remediation.getDiagnostic();
      const message = said === "" ? remediation.getDescription() : said;
      findings.push({
        policy: remediation.getPolicyname(),
        pack: remediation.getPolicypackname(),
        packVersion: remediation.getPolicypackversion(),
        level: properties === undefined ? "advisory" : "remediate",
        urn,
        // A remediation that changes nothing is one that could not read its input yet.
        ...(properties === undefined ? { severity: "low" as const } : {}),
        message,
        remediated: properties !== undefined,
      });
    }
    return { inputs: changed, findings };
  }

  private request(
    goal: Goal,
    urn: string,
    inputs: PropertyMap,
    provider: ResourceState | undefined,
  ): proto.AnalyzeRequest {
    const request = new proto.AnalyzeRequest();
    request.setType(goal.type);
    request.setUrn(urn);
    request.setName(goal.name);
    request.setProperties(analyzerStruct(inputs));
    request.setOptions(analyzerOptions(goal));
    if (provider !== undefined) request.setProvider(analyzerProvider(provider));
    return request;
  }
}

const severities: ReadonlyMap<proto.PolicySeverity, NonNullable<PolicyFinding["severity"]>> = new Map([
  [proto.PolicySeverity.POLICY_SEVERITY_LOW, "low"],
  [proto.PolicySeverity.POLICY_SEVERITY_MEDIUM, "medium"],
  [proto.PolicySeverity.POLICY_SEVERITY_HIGH, "high"],
  [proto.PolicySeverity.POLICY_SEVERITY_CRITICAL, "critical"],
]);

function findingOf(diagnostic: proto.AnalyzeDiagnostic, urn: string): PolicyFinding {
  const severity = severities.get(diagnostic.getSeverity());
  const mandatory = diagnostic.getEnforcementlevel() !== proto.EnforcementLevel.ADVISORY;
  return {
    policy: diagnostic.getPolicyname(),
    pack: diagnostic.getPolicypackname(),
    packVersion: diagnostic.getPolicypackversion(),
    level: mandatory ? "mandatory" : "advisory",
    urn,
    ...(severity === undefined ? {} : { severity }),
    message: diagnostic.getMessage(),
    remediated: false,
  };
}
