/** The formats of a session's token: text, signed, each with the number of its format in front. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** Who a request is from. */
export interface Session {
  readonly user: string;
  /** Milliseconds since 1970. Tokens of format 1 have none. */
  readonly issued?: number;
}

/** A number of a format; a format never changes, a new one gets the next number. */
export type Format = 1 | 2;

const base64 = (text: string): string => Buffer.from(text).toString("base64url");
const plain = (text: string): string => Buffer.from(text, "base64url").toString();

const bodies: Readonly<Record<Format, { write(session: Session): string; read(body: string): Session | undefined }>> = {
  1: { write: ({ user }) => base64(user), read: (body) => ({ user: plain(body) }) },
  2: {
    write: ({ user, issued }) => base64(JSON.stringify({ user, issued })),
    read: (body) => sessionIn(plain(body)),
  },
};

function sessionIn(text: string): Session | undefined {
  try {
    const read = JSON.parse(text) as Partial<Session> | null;
    return typeof read?.user === "string" && typeof read.issued === "number"
      ? { user: read.user, issued: read.issued }
      : undefined;
  } catch {
    return undefined;
  }
}

const signature = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("base64url");

/** Every format there is. */
export const formats = Object.keys(bodies).map(Number) as readonly Format[];

/** A token in this format, signed with the key. */
export function issue(format: Format, session: Session, key: string): string {
  const text = `v${format}.${bodies[format].write(session)}`;
  return `${text}.${signature(key, text)}`;
}

function signedBy(key: string, text: string, given: string): boolean {
  const [own, theirs] = [Buffer.from(signature(key, text)), Buffer.from(given)];
  return own.length === theirs.length && timingSafeEqual(own, theirs);
}

/** The session of a token, if it is in one of these formats and signed with one of these keys. */
export function read(token: string, accepted: readonly Format[], keys: readonly string[]): Session | undefined {
  const [, number = "", body = "", given = ""] = /^v(\d+)\.([\w-]+)\.([\w-]+)$/.exec(token) ?? [];
  const format = accepted.find((one) => String(one) === number);
  if (format === undefined || !keys.some((key) => signedBy(key, `v${number}.${body}`, given))) return undefined;
  return bodies[format].read(body);
}
