/** What a condition is made of once it is read. */

/** A part of a condition. */
export type Node =
  | { readonly is: "value"; readonly value: unknown }
  | { readonly is: "name"; readonly name: string }
  /** The element that a predicate looks at, `#`. */
  | { readonly is: "element" }
  | { readonly is: "list"; readonly items: readonly Node[] }
  | { readonly is: "member"; readonly of: Node; readonly key: Node; readonly optional: boolean }
  | { readonly is: "slice"; readonly of: Node; readonly from: Node | undefined; readonly to: Node | undefined }
  | { readonly is: "call"; readonly name: string; readonly args: readonly Node[] }
  | { readonly is: "unary"; readonly operator: string; readonly of: Node }
  | { readonly is: "binary"; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly is: "choice"; readonly test: Node; readonly then: Node; readonly otherwise: Node };
