/** Patterns that only credentials match, under any name. Each starts with the issuer's prefix. */

/** A form and what it is. */
interface Form {
  readonly what: string;
  readonly form: RegExp;
}

const form = (what: string, pattern: RegExp): Form => ({ what, form: pattern });

/**
 * Sources: GitHub, secret scanning patterns; gitleaks, config. Every count is bounded, and no two neighbours can match
 * the same letters, so that the time is linear in the text.
 */
const forms: readonly Form[] = [
  form("an AWS access key", /\b(AKIA|ASIA)[0-9A-Z]{16}\b/),
  form(
    "a private key",
    /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY( BLOCK)?-----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1[0-9A-Z]{50}/,
  ),
  form("a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{30,255}|\bgithub_pat_[A-Za-z0-9_]{50,255}/),
  form("a GitLab token", /\bgl(pat|dt|rt|cbt|ptt|ft|soat|agent|imt)-[A-Za-z0-9_-]{20,100}/),
  form("a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,200}|\bxapp-\d-[A-Za-z0-9-]{10,200}/),
  form("a webhook's address", /hooks\.slack\.com\/(services|workflows|triggers)\/[A-Za-z0-9_]+\/[A-Za-z0-9_]+/),
  form(
    "a webhook's address",
    /\.webhook\.office\.com\/webhookb2\/[\w@-]+|\.logic\.azure\.com[:/][^\s"']{1,300}[?&]sig=\w/,
  ),
  form(
    "a webhook's address",
    /discord(app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,100}|chat\.googleapis\.com\/v1\/spaces\/[^\s"']{1,100}[?&]key=\w/,
  ),
  form("a Stripe key", /\b[sr]k_(live|test)_[A-Za-z0-9]{10,200}|\bwhsec_[A-Za-z0-9+/=]{20,100}/),
  form("a Google key", /\bAIza[0-9A-Za-z_-]{35}|\bGOCSPX-[\w-]{20,60}|\bya29\.[\w-]{20,300}/),
  form(
    "a token of a package registry",
    /\bnpm_[A-Za-z0-9]{36}\b|\bpypi-AgE[\w-]{50,300}|\bdckr_(pat|oat)_[\w-]{20,100}|\brubygems_[0-9a-f]{48}/,
  ),
  form("a JSON web token", /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,2000}/),
  form("a Vault token", /\bhv[sbr]\.[A-Za-z0-9_-]{20,300}/),
  form(
    "a service's token",
    /\bSG\.[\w-]{16,32}\.[\w-]{16,64}|\bsk-(proj|ant|live|svcacct)-[\w-]{16,300}|\bdop_v1_[0-9a-f]{64}|\bdapi[0-9a-f]{32}\b|\bgl(sa|c)_[A-Za-z0-9_+/=]{30,300}|\bpul-[0-9a-f]{40}\b|\bshp(at|ss|ca|pa)_[0-9a-fA-F]{32}|\bATATT3[\w=-]{30,300}|\bNRAK-[A-Z0-9]{27}|\b\d{8,10}:AA[\w-]{33}\b|\bkey-[0-9a-f]{32}\b|\blin_api_[A-Za-z0-9]{30,60}|\.atlasv1\.[\w=-]{60,80}/,
  ),
];

/** Every pattern contains one of these. Most texts contain none, so the slower patterns are skipped. */
const sign =
  /A[KS]IA|PRIVATE KEY|PuTTY|AGE-SECRET|gh[pousr]_|github_pat|gl[a-z]{2,5}[-_]|xox|xapp-|slack\.com|webhook|logic\.azure|chat\.googleapis|[sr]k_|whsec_|AIza|GOCSPX|ya29|npm_|pypi-|dckr_|rubygems_|eyJ|hv[sbr]\.|SG\.|sk-|dop_v1|dapi|pul-|shp|ATATT|NRAK|:AA|key-|lin_api|atlasv1/;

/** What the text is or holds, by its form alone. */
export function formOf(text: string): { readonly what: string; readonly at: number } | undefined {
  if (!sign.test(text)) return undefined;
  for (const { what, form: pattern } of forms) {
    const match = pattern.exec(text);
    if (match !== null) return { what, at: match.index };
  }
  return undefined;
}
