/** Cases of single-owner: records of Route 53. */
import { from } from "../../support/change";
import { given, type Spec } from "../../support/spec";

const certificate = { type: "aws:acm/certificate:Certificate", name: "shop", options: { protect: true }, props: {} };
const proof = {
  type: "aws:route53/record:Record",
  name: "proof",
  options: { protect: true },
  props: { allowOverwrite: true },
};

/** Cases of single-owner: records of Route 53. */
export const recordCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a record of its own": given({
      type: "aws:route53/record:Record",
      name: "www",
      options: { protect: true },
      props: { allowOverwrite: false },
    }),
    "the proof of a certificate": given(certificate, { ...proof, links: { records: from(certificate) } }),
  },
  bad: {
    "a record that is made from another's value": given(certificate, { ...proof, links: { name: from(certificate) } }),
    "a record that takes another's": given({
      type: "aws:route53/record:Record",
      name: "www",
      options: { protect: true },
      props: { allowOverwrite: true },
    }),
  },
};
