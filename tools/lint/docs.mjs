/** Lint rules that keep the code readable from its top: a sentence heads every file, a doc comment every export. */

const isDoc = (comment) => comment?.type === "Block" && comment.value.startsWith("*");

/** Every file opens with one doc comment that says what it is. */
export const fileDocRule = {
  meta: {
    type: "suggestion",
    schema: [],
    messages: { missing: "Open the file with a one-sentence /** doc comment */." },
  },
  create(context) {
    return {
      Program(node) {
        const first = context.sourceCode.getAllComments()[0];
        const firstToken = node.body[0];
        const opens = isDoc(first) && (firstToken === undefined || first.range[0] < firstToken.range[0]);
        if (!opens) context.report({ loc: { line: 1, column: 0 }, messageId: "missing" });
      },
    };
  },
};

const nameOf = (declaration) => declaration.id?.name ?? declaration.declarations?.[0]?.id?.name ?? "this export";

/** Every exported function, class, constant, interface and type has a doc comment of its own. */
export const exportDocRule = {
  meta: {
    type: "suggestion",
    schema: [],
    messages: { missing: "Describe {{ name }} in a /** doc comment */ right above it." },
  },
  create(context) {
    const seen = new Set();
    return {
      "ExportNamedDeclaration[declaration!=null]"(node) {
        const name = nameOf(node.declaration);
        const comments = context.sourceCode.getCommentsBefore(node);
        // The comment that opens the file does not speak for the first export, unless the export stands alone under it.
        const own = comments.filter(isDoc).length > 0;
        // Overloads share the comment of the first one.
        if (!own && !seen.has(name)) context.report({ node, messageId: "missing", data: { name } });
        seen.add(name);
      },
    };
  },
};
