/** Which series a query of Prometheus reads, and whether it says anything about one version among all that is measured. */

/** Series that every target or every workload has: without a label they are about the whole cluster. */
const shared =
  /^(up|(scrape|istio|envoy|http|grpc|kube|container|node|nginx|traefik|process|go|jvm|coredns|apiserver|prometheus)_\w+)$/;
/** Of those, series that say whether something runs, and nothing about its answers. */
const idle = /^(up|(scrape|process|go|node|kube|coredns|apiserver|prometheus)_\w+)$/;

/** Whether no version answers otherwise: what runs is measured, and not what it answers. */
export function sayNothing(series: readonly string[]): boolean {
  return series.every((name) => idle.test(name));
}

/** Words of the language that may stand where a series does. */
const words =
  /^(and|or|unless|by|without|on|ignoring|group_left|group_right|offset|bool|start|end|inf|nan|sum|avg|min|max|count|stddev|stdvar|topk|bottomk|quantile|count_values|group)$/i;
/** Lists of labels, which name no series. */
const grouping = /\b(by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi;
/** Labels that say how an answer was, and not whose it is. Sources: Istio, standard metrics; Prometheus, naming. */
const ofAnswers =
  /^(reporter|response_code|response_flags|request_protocol|connection_security_policy|grpc_(response_)?(status|code|type)|code|status(_code)?|method|verb|le|quantile|condition|phase|mode|reason|direction)$/;

/** The shared series that the query reads, where it reads nothing else and no label narrows any of them. */
export function wholesaleSeries(query: string): readonly string[] {
  const text = withoutTexts(query).replaceAll(grouping, "");
  const found = new Set<string>();
  // What an argument writes into the query may be a label: in braces it is the name of no shared series.
  for (const { 0: whole, 1: name = "", 2: labels, index } of text.matchAll(
    /(?<![\w:.])(?:([A-Za-z_:][\w:]*)\s*(\{[^{}]*\})?|\{[^{}]*\})/g,
  )) {
    const isCall = /^\s*\(/.test(text.slice(index + whole.length));
    if (labels === undefined && (isCall || words.test(name))) continue;
    if (!shared.test(name) || (labels !== undefined && narrows(labels))) return [];
    found.add(name);
  }
  return [...found];
}

/** The query without durations and remarks; of a text only what is asked for: one value, or any. */
function withoutTexts(query: string): string {
  return query
    .replaceAll(/(["'`])((?:\\.|(?!\1)[^\\])*)\1/g, (_all, _quote, inner: string) =>
      /^(\.[*+])?$/.test(inner) ? '"*"' : '"x"',
    )
    .replaceAll(/\[[^\]]*\]|#[^\n]*/g, " ");
}

/** Whether a label that says whose a series is has a value: what excludes some, or takes any, leaves the whole. */
function narrows(labels: string): boolean {
  const names = [...labels.matchAll(/(\w+)\s*=~?\s*"x"/g)].map(([, label = ""]) => label);
  return names.some((label) => !ofAnswers.test(label));
}

/** Whether each scope of a query of Datadog takes everything: `avg:requests.errors{*}`. */
export function takesEveryScope(query: string): boolean {
  const scoped = query.replaceAll(/\bby\s*\{[^{}]*\}/g, "");
  const scopes = [...scoped.matchAll(/(?<!\{)\{([^{}]*)\}(?!\})/g)].map(([, scope = ""]) => scope.trim());
  return scopes.length > 0 && !query.includes("{{") && scopes.every((scope) => scope === "*");
}
