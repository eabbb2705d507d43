/** Whether an address block contains another. */
import { contains, readCidr } from "@fridayproof/components/core";

/** Whether one block of addresses contains another; false where one of them is not a block. */
export function containsBlock(wide: string, narrow: string): boolean {
  const [outer, inner] = [readCidr(wide), readCidr(narrow)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}
