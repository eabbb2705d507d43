/** Starts the compiled policy pack as the engine does and talks to it with the SDK's own client. */
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { once } from "node:events";
import { resolve } from "node:path";
import type { AnalyzerClient as Client } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type {
  AnalyzeDiagnostic,
  AnalyzeResponse,
  AnalyzerInfo,
  PolicyInfo,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";

const load = createRequire(__filename);
const messages = load("@pulumi/pulumi/proto/analyzer_pb") as typeof import("@pulumi/pulumi/proto/analyzer_pb");
const services = load(
  "@pulumi/pulumi/proto/analyzer_grpc_pb",
) as typeof import("@pulumi/pulumi/proto/analyzer_grpc_pb");
const struct = load(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof import("google-protobuf/google/protobuf/struct_pb");
const grpc = load("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
// The client accepts only the Empty of the protobuf copy that the SDK itself loaded.
const { requestType: Empty } = services.AnalyzerService.getAnalyzerInfo as unknown as {
  readonly requestType: new () => never;
};

const root = resolve(__dirname, "../../..");
/** Where the policy project lives. */
export const packFolder = resolve(root, "policies");

/** A resource as the engine would send it. */
export interface Sent {
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly links?: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
}

/** What came back: the level as the engine reads it. */
export interface Diagnosis {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly message: string;
  readonly urn: string;
}

/** URN of a resource in the test's stack. */
export function urnOf(sent: Pick<Sent, "type" | "name">): string {
  return `urn:pulumi:test::fridayproof::${sent.type}::${sent.name}`;
}

/** A running pack. */
export class Pack {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: Client,
  ) {}

  /** Starts the pack for a preview or a real run; `more` is the environment that the engine gives besides. */
  static async start(preview: boolean, more: NodeJS.ProcessEnv = {}): Promise<Pack> {
    const runner = resolve(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    const env = { ...process.env, PULUMI_NODEJS_DRY_RUN: String(preview), ...more };
    const child = spawn(process.execPath, [runner, "127.0.0.1:1", packFolder], {
      cwd: packFolder,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [first] = (await once(child.stdout, "data")) as [Buffer];
    const client = new services.AnalyzerClient(
      `127.0.0.1:${first.toString().trim()}`,
      grpc.credentials.createInsecure(),
    );
    return new Pack(child, client);
  }

  /** Ends the pack. */
  stop(): void {
    this.client.close();
    this.child.kill();
  }

  /** The rules that the pack offers. */
  async policies(): Promise<readonly PolicyInfo[]> {
    const info = await call<AnalyzerInfo>((done) => this.client.getAnalyzerInfo(new Empty(), done));
    return info.getPoliciesList();
  }

  /** Sets the configuration of rules, all at one level. */
  async configure(
    config: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    level: "MANDATORY" | "REMEDIATE" = "MANDATORY",
  ): Promise<void> {
    const request = new messages.ConfigureAnalyzerRequest();
    for (const [rule, properties] of Object.entries(config)) {
      const one = new messages.PolicyConfig();
      one.setEnforcementlevel(messages.EnforcementLevel[level]);
      one.setProperties(struct.Struct.fromJavaScript(properties as never));
      request.getPolicyconfigMap().set(rule, one);
    }
    await call((done) => this.client.configure(request, done));
  }

  /** Sends tags of the stack. */
  async tag(tags: Readonly<Record<string, string>>): Promise<void> {
    const request = new messages.AnalyzerStackConfigureRequest();
    for (const [key, value] of Object.entries(tags)) request.getTagsMap().set(key, value);
    await call((done) => this.client.configureStack(request, done));
  }

  /** What the resource rules say. */
  async analyze(sent: Sent): Promise<readonly Diagnosis[]> {
    const request = new messages.AnalyzeRequest();
    fill(request, sent);
    const response = await call<AnalyzeResponse>((done) => this.client.analyze(request, done));
    return response.getDiagnosticsList().map(diagnosis);
  }

  /** What the stack rules say. */
  async analyzeStack(resources: readonly Sent[]): Promise<readonly Diagnosis[]> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(resources.map(asStackResource));
    const response = await call<AnalyzeResponse>((done) => this.client.analyzeStack(request, done));
    return response.getDiagnosticsList().map(diagnosis);
  }

  /** The properties after each remediation that changed them, by rule. */
  async remediate(sent: Sent): Promise<Readonly<Record<string, unknown>>> {
    const request = new messages.AnalyzeRequest();
    fill(request, sent);
    const response = await call<RemediateResponse>((done) => this.client.remediate(request, done));
    return Object.fromEntries(
      response
        .getRemediationsList()
        .map((one) => [one.getPolicyname(), one.getProperties()?.toJavaScript() ?? one.getDiagnostic()]),
    );
  }
}

type Filled = Pick<
  InstanceType<typeof messages.AnalyzeRequest>,
  "setType" | "setName" | "setUrn" | "setProperties" | "setOptions"
>;

function fill(request: Filled, sent: Sent): void {
  request.setType(sent.type);
  request.setName(sent.name);
  request.setUrn(urnOf(sent));
  request.setProperties(struct.Struct.fromJavaScript(sent.properties as never));
  const options = new messages.AnalyzerResourceOptions();
  options.setProtect(sent.protect ?? false);
  request.setOptions(options);
}

function asStackResource(sent: Sent): InstanceType<typeof messages.AnalyzerResource> {
  const resource = new messages.AnalyzerResource();
  fill(resource, sent);
  for (const [property, urns] of Object.entries(sent.links ?? {})) {
    const dependencies = new messages.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    resource.getPropertydependenciesMap().set(property, dependencies);
  }
  return resource;
}

function diagnosis(raw: AnalyzeDiagnostic): Diagnosis {
  const level = raw.getEnforcementlevel() === messages.EnforcementLevel.MANDATORY ? "mandatory" : "advisory";
  return { policy: raw.getPolicyname(), level, message: raw.getMessage(), urn: raw.getUrn() };
}

function call<T>(send: (done: (error: Error | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((done, fail) => send((error, response) => (error === null ? done(response) : fail(error))));
}
