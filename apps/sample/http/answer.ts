/** What a route gives back, and how it is written. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { sampleLimits } from "../limits/sample";

/** An answer of the service. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Statuses that the service uses, by what they mean. */
export const status = {
  ok: 200,
  created: 201,
  noContent: 204,
  badRequest: 400,
  unauthorized: 401,
  notFound: 404,
  tooLarge: 413,
  failed: 500,
  unavailable: 503,
} as const;

/** Writes an answer. */
export function write(response: ServerResponse, { status: code, body, headers = {} }: Answer): void {
  const text = body === undefined ? "" : typeof body === "string" ? body : `${JSON.stringify(body)}\n`;
  const type = typeof body === "string" ? "text/plain; charset=utf-8" : "application/json";
  response.writeHead(code, { "Content-Type": type, "Content-Length": Buffer.byteLength(text), ...headers });
  response.end(text);
}

/** The whole body; undefined when it is larger than the service takes. */
export async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > sampleLimits.bodyMost.value) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** A cookie of the request. */
export function cookieOf(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([key]) => key === name)?.[1];
}
