/** What the output can show: colours, and lines that are drawn again. */
import pc from "picocolors";

/** Colour functions; each returns its text unchanged where there is no colour. */
export type Colors = ReturnType<typeof pc.createColors>;

/** How to write to somebody. */
export interface Terminal {
  readonly colors: Colors;
  /** Whether lines can be drawn again: a terminal with a person in front of it. */
  readonly live: boolean;
  /** Characters per line. */
  readonly columns: number;
  write(text: string): void;
}

/** Width where nobody says: pipes have none. Characters. */
const DEFAULT_COLUMNS = 80;

/** The part of a stream that matters here. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A terminal on a stream. NO_COLOR turns off colours and redrawing, FORCE_COLOR turns colours on (no-color.org). */
export function terminalOn(stream: OutputStream, env: Readonly<Record<string, string | undefined>>): Terminal {
  const refused = (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
  const live = stream.isTTY === true && !refused && (env.CI ?? "") === "";
  const forced = (env.FORCE_COLOR ?? "") !== "" && env.FORCE_COLOR !== "0";
  return {
    colors: pc.createColors(!refused && (stream.isTTY === true || forced)),
    live,
    columns: stream.columns ?? DEFAULT_COLUMNS,
    write: (text) => void stream.write(text),
  };
}
