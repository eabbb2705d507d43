/** What one resource adds to a bill: charges that stand all month, prices of its use, or why nobody can say. */
import type { Problem } from "@fridayproof/components/core";
import type { FixedId } from "./fixed-prices";
import type { PlannedResource, Plan } from "./plan";
import type { UsageId } from "./usage-prices";

/** A quantity of something that is billed all month. */
export interface Charge {
  readonly price: FixedId;
  /** As the plan makes it. */
  readonly quantity: number;
  /** When everything that scales by itself is as small as it may be. @default quantity */
  readonly least?: number;
  /** When it is as large as it may be. @default quantity */
  readonly most?: number;
}

/** What a resource is charged for. */
export interface Charges {
  readonly fixed?: readonly Charge[];
  readonly usage?: readonly UsageId[];
  /** What the plan does not say, or says in a way that has no price. */
  readonly problems?: readonly Problem[];
}

/** How resources of one type are billed. */
export type Rule = (resource: PlannedResource, plan: Plan) => Charges;

/** Charges that cannot be priced. @param path of the input, from the resource. */
export function unpriced(path: string, got: unknown, allowed: string): Charges {
  return { problems: [{ path, got, allowed, fix: "Add a row to guard/costs, with its price and source." }] };
}
