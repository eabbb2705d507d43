/** What is printed as JSON is what its schema says. */
import Ajv2020 from "ajv/dist/2020";
import { expect, test } from "vitest";
import { readPlan, verdictOn } from "../../../guard/verdict";
import { documentOf } from "../../../guard/verdict/report";
import schema from "../../../guard/verdict/verdict.schema.json";
import expected from "./recordings/expected.json";
import { kept } from "./support";

const validate = new Ajv2020({ allErrors: true }).compile(schema);
const plans = Object.entries(expected).filter(([, { verdict }]) => !(verdict as readonly string[]).includes("ERROR"));

test.each(plans)("the verdict on %s fits the schema", (name) => {
  const document = documentOf(verdictOn(readPlan(kept(name))), { acceptances: [], today: "2026-12-01" });
  validate(JSON.parse(JSON.stringify(document)));
  expect(validate.errors).toBeNull();
});

test("another member does not fit", () => {
  expect(validate({ format: 1 })).toBe(false);
});
