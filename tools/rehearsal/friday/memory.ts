/** How much memory instances take: what no gate on traffic reads. */
const PATIENCE_MS = 2_000;
const MEGABYTE = 1e6;

async function residentOf(url: string): Promise<number | undefined> {
  const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const found = /^process_resident_memory_bytes(?:\{.*\})? (\S+)$/m.exec(await answer.text());
  return found === null ? undefined : Math.round(Number(found[1]) / MEGABYTE);
}

/** Of each instance that answers, in MB, as its own metrics have it. */
export async function residentMegabytes(urls: readonly string[]): Promise<readonly number[]> {
  const all = await Promise.all(urls.map((url) => residentOf(url).catch(() => undefined)));
  return all.filter((one) => one !== undefined);
}
