/** Argo CD's values for one environment: the proven file plus host name and single sign-on. */
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { type ChartValues, chartValues, mergeValues, type Profile } from "../charts/chart-values";

/** What differs between environments of one profile. */
export interface ArgoCdSettings {
  /** Production or dev values. */
  readonly profile: Profile;
  /** Host name of Argo CD's own pages, such as `argocd.example.com`. */
  readonly host: string;
  /** OIDC issuer, an https URL; absent only with profile `dev`. */
  readonly ssoIssuer?: string;
  /** Argo CD's client id at the issuer; absent only with profile `dev`. */
  readonly ssoClientId?: string;
}

interface ConfigMapValues {
  readonly configs: { readonly cm: Readonly<Record<string, string>> };
}

/** The file's `oidc.config` (scopes, where the client secret comes from) with this environment's issuer and client. */
function oidcConfig(production: ChartValues, settings: ArgoCdSettings): string {
  const text = (production as unknown as ConfigMapValues).configs.cm["oidc.config"] ?? "";
  const config = parse(text) as Record<string, unknown>;
  return stringify({ ...config, issuer: settings.ssoIssuer, clientID: settings.ssoClientId });
}

/** Complete values of the argo-cd chart. */
export function argoCdValues(settings: ArgoCdSettings): ChartValues {
  const values = chartValues(path.join(__dirname, "values"), "argo-cd", settings.profile);
  const hosted = mergeValues(values, { global: { domain: settings.host } });
  if (settings.ssoIssuer === undefined) return hosted;
  const production = chartValues(path.join(__dirname, "values"), "argo-cd", "production");
  return mergeValues(hosted, { configs: { cm: { "oidc.config": oidcConfig(production, settings) } } });
}
