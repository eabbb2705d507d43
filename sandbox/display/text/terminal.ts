/** What the output can show: colours, and lines that are drawn again. */
import pc from "picocolors";

/** Colour functions; each returns its text unchanged where there is no colour. */
export type Colors = ReturnType<typeof pc.createColors>;

/** How to write to a terminal, a pipe or a log. */
export interface Terminal {
  readonly colors: Colors;
  /** Whether lines can be drawn again: a terminal with a person in front of it. */
  readonly live: boolean;
  /** Whether words replace signs, columns and bars, and nothing is drawn again: for screen readers and for logs. */
  readonly plain: boolean;
  /** Whether more than ASCII can be shown. */
  readonly unicode: boolean;
  /** Whether lines between two marks are folded: GitHub Actions does it. */
  readonly folds: boolean;
  /** Characters per line. */
  readonly columns: number;
  write(text: string): void;
}

/** Width by default: pipes have none. Characters. */
const DEFAULT_COLUMNS = 80;

/** The part of a stream that matters here. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What stands for each character of ours that ASCII lacks. */
const ASCII: Readonly<Record<string, string>> = { "→": "->", "≠": "!=", "█": "#", "…": "...", "·": "-" };

/** The text without the characters that ASCII lacks and that we draw with; names and values stay as they are. */
function inAscii(text: string): string {
  return text.replaceAll(/[→≠█…·]/g, (character) => ASCII[character] ?? character);
}

type Environment = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined): boolean => (value ?? "") !== "";

/** The locale that counts for characters, as POSIX orders the three: unset ones say nothing, and most of them show UTF-8. */
function showsUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: Environment): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find(isSet);
  return TERM !== "dumb" && (locale === undefined || /utf-?8/i.test(locale));
}

function hasColors({ isTTY }: OutputStream, env: Environment): boolean {
  if (isSet(env.NO_COLOR)) return false;
  const forced = isSet(env.FORCE_COLOR) && env.FORCE_COLOR !== "0";
  return forced || (isTTY === true && env.TERM !== "dumb");
}

/** A terminal on a stream. NO_COLOR turns off colours and nothing else, FORCE_COLOR turns them on (no-color.org). */
export function terminalOn(stream: OutputStream, env: Environment): Terminal {
  const plain = isSet(env.FRIDAYPROOF_PLAIN);
  const unicode = showsUnicode(env);
  return {
    colors: pc.createColors(hasColors(stream, env)),
    live: stream.isTTY === true && env.TERM !== "dumb" && !isSet(env.CI) && !plain,
    plain,
    unicode,
    folds: isSet(env.GITHUB_ACTIONS),
    // A terminal of unknown size reports 0.
    columns: (stream.columns ?? 0) > 0 ? (stream.columns ?? 0) : DEFAULT_COLUMNS,
    write: (text) => void stream.write(unicode ? text : inAscii(text)),
  };
}
