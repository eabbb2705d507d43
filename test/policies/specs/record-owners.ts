/** Cases of single-owner: records of Route 53. */
import { given, type Spec } from "../support/spec";

/** Cases of single-owner: records of Route 53. */
export const recordCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a record of its own": given({
      type: "aws:route53/record:Record",
      name: "www",
      options: { protect: true },
      props: { allowOverwrite: false },
    }),
  },
  bad: {
    "a record that takes another's": given({
      type: "aws:route53/record:Record",
      name: "www",
      options: { protect: true },
      props: { allowOverwrite: true },
    }),
  },
};
