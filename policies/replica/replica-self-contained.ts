/** Rule replica-self-contained. */
import type { Field } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { text, texts } from "../kit/settings";

/** Nothing of the replica points into the region that it must outlive. */
export const replicaSelfContained = resourceRule({
  id: "replica-self-contained",
  group: "replica",
  level: "mandatory",
  forbids: "A resource of the replica whose inputs name the primary's region.",
  prevents: "A replica that fails together with the region it was built to replace.",
  source: "AWS Fault Isolation Boundaries, static stability; our design, replica section 1",
  settings: {
    role: text("none", "What this environment is.", ["primary", "replica", "none"]),
    primaryRegion: text("", "Region of the primary, such as us-east-1; empty switches the rule off."),
    primaryNames: texts(
      [],
      "Further texts that only the primary's region knows: zone-id prefixes, backend and bucket names.",
    ),
  },
  kinds: "any",
  limits: "Texts are searched, also inside JSON; an id such as vpc-0abc does not tell its region.",
  // Every reference to another resource of the stack is unknown in the first preview, and is read again before it is used.
  quietAboutUnknown: true,
  examples: {
    bad: "data: { 'app.json': '{\"queue\":\"arn:aws:sqs:us-east-1:…\"}' }",
    good: "data: { 'app.json': '{\"queue\":\"arn:aws:sqs:us-west-2:…\"}' }",
  },
  *check(resource, { role, primaryRegion, primaryNames }) {
    if (role !== "replica" || primaryRegion === "") return;
    const forms = [primaryRegion, ...primaryNames].map(asWord);
    yield* walk(resource, resource.props, forms);
  },
});

/** The text as a word: us-east-1 is in us-east-1a, in ARNs and at the end of names, but not in us-east-10. */
function asWord(text: string): RegExp {
  const end = /\d$/.test(text) ? "(?!\\d)" : "";
  return new RegExp(`(?<![A-Za-z0-9])${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}${end}`, "i");
}

function* walk(resource: Resource, field: Field, forms: readonly RegExp[]): Iterable<Finding> {
  const value = field.value();
  if (Array.isArray(value)) {
    yield* eachPart(resource, field.list(), (item) => walk(resource, item, forms));
  } else if (typeof value === "object") {
    for (const [key, member] of field.members()) {
      if (names(key, forms)) yield fault(resource, member.path);
      yield* eachPart(resource, [member], (inner) => walk(resource, inner, forms));
    }
  } else if (typeof value === "string" && names(value, forms)) {
    yield fault(resource, field.path);
  }
}

function names(text: string, forms: readonly RegExp[]): boolean {
  return forms.some((form) => form.test(text));
}

function fault(resource: Resource, at: string): Finding {
  return violation(resource, {
    at,
    got: "a text that names the primary's region",
    wanted: "only what lives in the replica's own region",
    fix: "take it from the replica's environment, or replicate what it points to",
  });
}
