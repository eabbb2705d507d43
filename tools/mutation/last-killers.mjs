/** Tests that killed the last mutants, because one mutant's killer is likely the killer of its neighbours. */

/** Of how many tests it is kept that they killed. More would be tried in vain before the cheap ones. */
const KEPT = 12;

/** The ids of the tests that killed last, the newest first. */
export class LastKillers {
  #ids = [];

  /** Notes that this test killed a mutant. */
  add(id) {
    this.#ids = [id, ...this.#ids.filter((other) => other !== id)].slice(0, KEPT);
  }

  /** The given ids, the last killers among them first; the others stay in their order. */
  first(ids) {
    const given = new Set(ids);
    const killers = this.#ids.filter((id) => given.has(id));
    return [...new Set([...killers, ...ids])];
  }
}
