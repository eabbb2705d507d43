/** Requests of measurements to a web server or Prometheus: those that fail, and those without a check of the certificate. */
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { either, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";

/** Requests that the controller does not send: each measurement is an error. Source: Argo Rollouts v1.9, webmetric.go. */
export function* checkWebRequest(template: Resource, metric: Field): Iterable<Finding> {
  const web = metric.at("provider", "web");
  const [text, json, method] = [web.at("body"), web.at("jsonBody"), web.at("method")];
  const hasText = text.textOrEmpty() !== "";
  if (hasText && json.isSet())
    yield violation(template, {
      at: json.path,
      got: "a jsonBody beside a body, which Argo Rollouts counts as an error",
      expected: "one of them",
      fix: either(remove(text), remove(json)),
    });
  const hasBody = hasText || json.isSet();
  if (!hasBody || (method.text() ?? "GET") !== "GET") return;
  yield violation(template, {
    at: method.path,
    got: "GET with a body, which Argo Rollouts counts as an error",
    expected: "POST or PUT, or no body",
    fix: set(method, "POST"),
  });
}

/** A response without a checked certificate: a man in the middle decides about the release. */
export function* checkCertificate(template: Resource, metric: Field): Iterable<Finding> {
  for (const [provider, address] of addresses) {
    const source = metric.at("provider", provider);
    const field = source.at("insecure");
    if (field.flag() !== true || /^http:/i.test(source.at(address).textOrEmpty())) continue;
    yield violation(template, {
      at: field.path,
      got: "true, so that any server at the address decides about the release",
      expected: "a certificate that is checked",
      fix: remove(field),
      advisory: true,
    });
  }
}

const addresses = [
  ["web", "url"],
  ["prometheus", "address"],
] as const;
