/** Quantities as Kubernetes writes them. */

/** What each unit of a quantity stands for (Kubernetes, apimachinery, resource.Quantity). */
export const quantityUnits: Readonly<Record<string, number>> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1_048_576,
  Gi: 1_073_741_824,
  Ti: 1_099_511_627_776,
  Pi: 1_125_899_906_842_624,
  Ei: 1_152_921_504_606_846_976,
};

/** A Kubernetes quantity such as 100m, 1.5, 128Mi or 1e3; undefined when the text is none. */
export function parseQuantity(text: string): number | undefined {
  const match = /^(?<amount>[+-]?\d+(\.\d*)?([eE][+-]?\d+)?)(?<unit>m|k|Ki|[MGTPE]i?)?$/.exec(text.trim())?.groups;
  if (match === undefined) return undefined;
  return Number(match["amount"]) * (quantityUnits[match["unit"] ?? ""] ?? Number.NaN);
}
