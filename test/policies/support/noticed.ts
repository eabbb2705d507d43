/** Which values a reader needs: it stops where a preview hides one of them. */
import { UnknownRead } from "../../../policies/kit/reading/field";
import { Resource } from "../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../policies/kit/reading/value";
import { but } from "./change";

const [UNKNOWN] = unknownSentinels;

/** The properties of a resource. */
export type Props = Readonly<Record<string, unknown>>;

/** Dotted paths of the leaves. */
function leaves(value: unknown, path: readonly string[] = []): readonly string[] {
  if (typeof value !== "object" || value === null) return [path.join(".")];
  return Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key]));
}

/** The leaves at which the reader stops where a preview hides them. */
export function noticed(read: (resource: Resource) => unknown, type: string, props: Props): readonly string[] {
  const stops = (path: string): boolean => {
    try {
      read(new Resource(but({ type, name: "one", urn: "urn:one", props }, { [path]: UNKNOWN })));
      return false;
    } catch (error) {
      return error instanceof UnknownRead;
    }
  };
  return leaves(props).filter(stops);
}
