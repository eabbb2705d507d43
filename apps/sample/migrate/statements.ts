/** A file of SQL as its statements: semicolons inside of quotes, dollar quotes and comments end none. */

/** One after the other: what is skipped as a whole, and what ends a statement. */
const PARTS = [
  /--[^\n]*/y,
  /\/\*[\s\S]*?\*\//y,
  /'(?:[^']|'')*'/y,
  /"(?:[^"]|"")*"/y,
  /(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1/y,
];

interface Part {
  readonly text: string;
  /** Whether it is a comment. */
  readonly comment: boolean;
}

function partAt(sql: string, at: number): Part | undefined {
  for (const [index, pattern] of PARTS.entries()) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    if (found !== null) return { text: found[0], comment: index <= 1 };
  }
  return undefined;
}

/** The statements, without comments and without the semicolon. */
export function statementsOf(sql: string): readonly string[] {
  const statements: string[] = [];
  let [current, at] = ["", 0];
  while (at < sql.length) {
    const part = partAt(sql, at);
    if (part !== undefined) {
      current += part.comment ? " " : part.text;
      at += part.text.length;
    } else {
      if (sql[at] === ";") {
        statements.push(current.trim());
        current = "";
      } else current += sql[at] ?? "";
      at++;
    }
  }
  return [...statements, current.trim()].filter((statement) => statement !== "");
}

/** Of a statement: its words in small letters, one space between, and nothing that stands in quotes. */
export function shapeOf(statement: string): string {
  return statement
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1/g, "$$$$")
    .replace(/\s+/g, " ")
    .toLowerCase()
    .trim();
}
