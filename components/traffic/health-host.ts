/** How the health of a leg of the failover pair is asked for. */

/** Where a leg's health is asked for: answered by the gateway itself, through load balancer and listener. */
export const healthPath = "/healthz";

/** Host name of one leg's health; it never fails over, or the health of a leg would be that of its partner. */
export function healthHost(region: string, domain: string): string {
  return `health.${region}.${domain}`;
}
