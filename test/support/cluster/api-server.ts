/** Kubernetes' own API server with etcd (`make api-server`), on 127.0.0.1: objects are applied, read and changed as clients do. */
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Program } from "../../../tools/rehearsal/processes/program";
import { freePort, until } from "../../../tools/rehearsal/processes/wait";
import { toolPath } from "../../../tools/setup/go-tools.cjs";

/** Whether both programs are there; without them (no Go, or not built: `make api-server`) their tests are skipped by name. */
export const haveApiServer = existsSync(toolPath("etcd")) && existsSync(toolPath("kube-apiserver"));

/** An object as it is applied. */
export interface Applied {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly namespace?: string };
}

/** An object as it stands, read without its schema. */
export interface Live extends Applied {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly status: number;
  readonly body: {
    readonly message?: string;
    readonly resources?: readonly KindRow[];
    readonly items?: readonly Live[];
  };
}

/** How a change of an object is sent. */
type Patch = "apply-patch+yaml" | "merge-patch+json" | "json";

interface KindRow {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const START_MS = 60_000;
const CONNECTIONS = 16;
/** Statuses of answers: below this one all is well. */
const OK = 300;
const GONE = 404;
const BUSY: ReadonlySet<number> = new Set([429, 503]);
const RETRY_MS = 200;
const CONFLICT = 409;

/** A server of its own, with nothing in it. */
export class ApiServer {
  private readonly kinds = new Map<string, Promise<readonly KindRow[]>>();

  private constructor(
    private readonly folder: string,
    private readonly programs: readonly Program[],
    private readonly port: number,
    private readonly token: string,
    private readonly agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS }),
  ) {}

  /** Starts it. @throws Error with what it printed when it does not come up. */
  static async start(): Promise<ApiServer> {
    const folder = mkdtempSync(path.join(tmpdir(), "fridayproof-api-server-"));
    const [client, peer, port] = await Promise.all([freePort(), freePort(), freePort()]);
    const [token, key, certificates] = [randomUUID(), path.join(folder, "sa.key"), path.join(folder, "certificates")];
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(key, privateKey.export({ type: "pkcs1", format: "pem" }));
    writeFileSync(path.join(folder, "tokens.csv"), `${token},test,1,system:masters\n`);
    mkdirSync(certificates);
    const local = (number: number): string => `http://127.0.0.1:${number}`;
    const started = (program: "etcd" | "kube-apiserver", args: Readonly<Record<string, string>>): Program =>
      new Program({
        program: toolPath(program),
        args: Object.entries(args).map(([name, value]) => `--${name}=${value}`),
        cwd: folder,
      });
    const etcd = started("etcd", {
      ...{ "data-dir": path.join(folder, "etcd"), "listen-peer-urls": local(peer) },
      ...{ "listen-client-urls": local(client), "advertise-client-urls": local(client) },
    });
    const server = started("kube-apiserver", {
      ...{ "etcd-servers": local(client), "bind-address": "127.0.0.1", "secure-port": String(port) },
      ...{ "cert-dir": certificates, "token-auth-file": path.join(folder, "tokens.csv"), "authorization-mode": "RBAC" },
      ...{ "service-account-key-file": key, "service-account-signing-key-file": key },
      ...{ "service-account-issuer": "https://kubernetes.default.svc", "service-cluster-ip-range": "10.96.0.0/16" },
    });
    const made = new ApiServer(folder, [server, etcd], port, token);
    const isReady = async (): Promise<boolean> =>
      (await made.send("GET", "/readyz").catch(() => undefined))?.status === 200;
    try {
      await until("the API server is ready", isReady, () => server.output, START_MS);
      // Groups come one after the other.
      await made.serves({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" });
    } catch (error) {
      await made.end();
      throw error;
    }
    return made;
  }

  /**
   * Applies an object from the server's side, as Argo CD does, with fields that the kind does not have refused.
   * @param dryRun everything but the storage. @returns why it is refused; undefined where it is taken.
   */
  async refusal(object: Applied, dryRun = true): Promise<string | undefined> {
    const { apiVersion, kind } = object;
    const where = await this.pathOf(object);
    if (where === undefined) return `no kind ${apiVersion} ${kind}`;
    const query = `fieldManager=test&force=true&fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`;
    const { status, body } = await this.send("PATCH", `${where}?${query}`, object);
    return status < OK ? undefined : (body.message ?? `status ${status}`);
  }

  /** An object as it stands; undefined where there is none. */
  async read(object: Applied): Promise<Live | undefined> {
    const { status, body } = await this.send("GET", await this.servedPath(object));
    return status < OK ? (body as unknown as Live) : undefined;
  }

  /**
   * Puts an object in the place of the one that stands.
   * @returns false where that one has changed since it was read. @throws Error with another refusal.
   */
  async replace(object: Applied): Promise<boolean> {
    return this.change("PUT", await this.servedPath(object), object, "json");
  }

  /** Objects of a collection, such as `/api/v1/pods`. */
  async list(collection: string): Promise<readonly Live[]> {
    let answer = await this.send("GET", collection);
    // The storage of a kind whose definition is new comes a moment after the kind.
    for (const end = Date.now() + START_MS; BUSY.has(answer.status) && Date.now() < end; await pause(RETRY_MS))
      answer = await this.send("GET", collection);
    const { status, body } = answer;
    if (body.items === undefined) throw new Error(`GET ${collection}: ${body.message ?? `status ${status}`}`);
    return body.items;
  }

  /** Sends a change, as a kubelet does. @returns whether the object was still there. @throws Error with another refusal. */
  async change(
    method: "POST" | "PUT" | "PATCH" | "DELETE",
    where: string,
    body?: unknown,
    as: Patch = "merge-patch+json",
  ): Promise<boolean> {
    const answer = await this.send(method, where, body, as);
    if (answer.status < OK) return true;
    if (answer.status === GONE || answer.status === CONFLICT) return false;
    throw new Error(`${method} ${where}: ${answer.body.message ?? `status ${answer.status}`}`);
  }

  /** Writes what a client needs to connect. @returns its file. */
  kubeconfig(): string {
    const file = path.join(this.folder, "kubeconfig.json");
    const cluster = { server: `https://127.0.0.1:${this.port}`, "certificate-authority": this.certificate };
    writeFileSync(
      file,
      JSON.stringify({
        ...{ apiVersion: "v1", kind: "Config", "current-context": "test" },
        clusters: [{ name: "test", cluster }],
        users: [{ name: "test", user: { token: this.token } }],
        contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
      }),
    );
    return file;
  }

  /** Waits until it serves a kind whose definition was applied. */
  async serves({ apiVersion, kind }: Pick<Applied, "apiVersion" | "kind">): Promise<void> {
    await until(`${kind} is served`, async () => {
      this.kinds.clear();
      return (await this.kindsAt(`/apis/${apiVersion}`)).some((row) => row.kind === kind);
    });
  }

  /** Ends both programs, and nothing stays. */
  async end(): Promise<void> {
    this.agent.destroy();
    for (const program of this.programs) await program.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get certificate(): string {
    return path.join(this.folder, "certificates", "apiserver.crt");
  }

  private async pathOf({ apiVersion, kind, metadata }: Applied): Promise<string | undefined> {
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const row = (await this.kindsAt(root)).find((one) => one.kind === kind && !one.name.includes("/"));
    if (row === undefined) return undefined;
    const within = row.namespaced ? `/namespaces/${encodeURIComponent(metadata.namespace ?? "default")}` : "";
    return `${root}${within}/${row.name}/${encodeURIComponent(metadata.name)}`;
  }

  private async servedPath(object: Applied): Promise<string> {
    const where = await this.pathOf(object);
    if (where === undefined) throw new Error(`no kind ${object.apiVersion} ${object.kind}`);
    return where;
  }

  private kindsAt(root: string): Promise<readonly KindRow[]> {
    const known = this.kinds.get(root) ?? this.send("GET", root).then(({ body }) => body.resources ?? []);
    this.kinds.set(root, known);
    return known;
  }

  private async send(method: string, where: string, object?: unknown, as: Patch = "apply-patch+yaml"): Promise<Answer> {
    // The server signs its certificate itself.
    const ca = await readFile(this.certificate);
    const text = object === undefined ? "" : JSON.stringify(object);
    // Of a DELETE Node.js sends no length by itself, and the server takes its body for the next request.
    const length = Buffer.byteLength(text);
    const sent = object === undefined ? {} : { "content-type": `application/${as}`, "content-length": length };
    const headers = { authorization: `Bearer ${this.token}`, ...sent };
    return new Promise((resolve, reject) => {
      const options = {
        host: "127.0.0.1",
        port: this.port,
        path: where,
        method,
        headers,
        ca,
        agent: this.agent,
      } as const;
      const call = request(options, (answer) => {
        let received = "";
        answer.on("data", (chunk: Buffer) => (received += chunk.toString()));
        answer.once("end", () => {
          const isJson = received.startsWith("{");
          resolve({ status: answer.statusCode ?? 0, body: isJson ? (JSON.parse(received) as Answer["body"]) : {} });
        });
      });
      call.once("error", reject);
      call.end(text);
    });
  }
}
