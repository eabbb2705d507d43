/** Syntax tree of a condition. */

/** A node of the tree. */
export type Node =
  | { readonly is: "value"; readonly value: unknown }
  | { readonly is: "name"; readonly name: string }
  /** `#`, the element to which a predicate is applied. */
  | { readonly is: "element" }
  | { readonly is: "list"; readonly items: readonly Node[] }
  | { readonly is: "member"; readonly of: Node; readonly key: Node; readonly optional: boolean }
  | { readonly is: "slice"; readonly of: Node; readonly from: Node | undefined; readonly to: Node | undefined }
  | { readonly is: "call"; readonly name: string; readonly args: readonly Node[] }
  | { readonly is: "unary"; readonly operator: string; readonly of: Node }
  | { readonly is: "binary"; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly is: "choice"; readonly test: Node; readonly then: Node; readonly otherwise: Node };
