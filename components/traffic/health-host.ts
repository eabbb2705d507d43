/** Host and path of the health check of a leg of the failover pair. */

/** Where a leg's health is checked: served by the gateway itself, through load balancer and listener. */
export const healthPath = "/healthz";

/** Host name of one leg's health; it never fails over, or the health of a leg would be that of its partner. */
export function healthHost(region: string, domain: string): string {
  return `health.${region}.${domain}`;
}
