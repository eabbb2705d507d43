/** Series that a Prometheus query reads, and whether their labels narrow it down to one version. */

/** Series of every target or every workload: without a label they cover the whole cluster. */
const shared =
  /^(up|(scrape|istio|envoy|http|grpc|kube|container|node|nginx|traefik|process|go|jvm|coredns|apiserver|prometheus)_\w+)$/;
/** Those of them about whether a target runs, and not about its responses. */
const idle = /^(up|(scrape|process|go|node|kube|coredns|apiserver|prometheus)_\w+)$/;

/** Whether the series is equal for every version: it measures that a target runs, and not its responses. */
export function sayNothing(series: readonly string[]): boolean {
  return series.every((name) => idle.test(name));
}

/** Keywords of the language in the position of a series. */
const words =
  /^(and|or|unless|by|without|on|ignoring|group_left|group_right|offset|bool|start|end|inf|nan|sum|avg|min|max|count|stddev|stdvar|topk|bottomk|quantile|count_values|group)$/i;
/** Clauses with labels, which name no series. */
const grouping = /\b(by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi;
/** Labels about a response, and not about the workload that gave it. Sources: Istio, standard metrics; Prometheus, naming. */
const ofAnswers =
  /^(reporter|response_code|response_flags|request_protocol|connection_security_policy|grpc_(response_)?(status|code|type)|code|status(_code)?|method|verb|le|quantile|condition|phase|mode|reason|direction)$/;

/** The shared series that the query reads, where it reads nothing else and no label narrows any of them. */
export function wholesaleSeries(query: string): readonly string[] {
  const text = withoutTexts(query).replaceAll(grouping, "");
  const found = new Set<string>();
  // The value of an argument may be a label: inside of braces it is not the name of a series.
  for (const { 0: match, 1: name = "", 2: labels, index } of text.matchAll(
    /(?<![\w:.])(?:([A-Za-z_:][\w:]*)\s*(\{[^{}]*\})?|\{[^{}]*\})/g,
  )) {
    const isCall = /^\s*\(/.test(text.slice(index + match.length));
    if (labels === undefined && (isCall || words.test(name))) continue;
    if (!shared.test(name) || (labels !== undefined && narrows(labels))) return [];
    found.add(name);
  }
  return [...found];
}

/** The query without durations and comments; of a text only whether it matches one value or any. */
function withoutTexts(query: string): string {
  return query
    .replaceAll(/(["'`])((?:\\.|(?!\1)[^\\])*)\1/g, (_all, _quote, inner: string) =>
      /^(\.[*+])?$/.test(inner) ? '"*"' : '"x"',
    )
    .replaceAll(/\[[^\]]*\]|#[^\n]*/g, " ");
}

/** Whether a label about the workload has one value: a label that excludes values, or matches any, does not narrow the query. */
function narrows(labels: string): boolean {
  const names = [...labels.matchAll(/(\w+)\s*=~?\s*"x"/g)].map(([, label = ""]) => label);
  return names.some((label) => !ofAnswers.test(label));
}

/** Whether each scope of a Datadog query matches everything: `avg:requests.errors{*}`. */
export function takesEveryScope(query: string): boolean {
  const scoped = query.replaceAll(/\bby\s*\{[^{}]*\}/g, "");
  const scopes = [...scoped.matchAll(/(?<!\{)\{([^{}]*)\}(?!\})/g)].map(([, scope = ""]) => scope.trim());
  return scopes.length > 0 && !query.includes("{{") && scopes.every((scope) => scope === "*");
}
