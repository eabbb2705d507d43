/** Whether PostgreSQL responds, on a connection of its own: the pool may be used up by the service's own slow queries. */
import { Client } from "pg";
import { sampleLimits } from "../limits/sample";
import type { Dependency } from "./checks";

/** The check of one database. */
export class PostgresCheck implements Dependency {
  private client: Client | undefined;

  constructor(private readonly url: string) {}

  async check(): Promise<void> {
    try {
      await (await this.connected()).query("select 1");
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  private async connected(): Promise<Client> {
    if (this.client !== undefined) return this.client;
    const timeout = sampleLimits.checkTimeout.value;
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: timeout,
      query_timeout: timeout,
      application_name: "sample check",
    });
    // Without a listener a connection that the server closes would end the process.
    client.on("error", () => this.drop());
    this.client = client;
    await client.connect();
    return client;
  }

  private drop(): void {
    const client = this.client;
    this.client = undefined;
    // A frozen server never confirms the end.
    (client as unknown as { connection?: { stream?: { destroy(): void } } } | undefined)?.connection?.stream?.destroy();
  }

  async end(): Promise<void> {
    this.drop();
    return Promise.resolve();
  }
}
