/** Address blocks that hold others. */
import { contains, readCidr } from "@fridayproof/components/core";

/** Whether one block of addresses holds all of another; not where one of them is none. */
export function containsBlock(wide: string, narrow: string): boolean {
  const [outer, inner] = [readCidr(wide), readCidr(narrow)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}
