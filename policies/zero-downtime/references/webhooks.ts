/** Services that the API server calls: webhooks of admission and of versions, and APIs that another server serves. */
import type { Field } from "../../kit/reading/field";
import type { Finding } from "../../kit/finding/finding";
import type { Resource, Stack } from "../../kit/reading/resource";
import { type ResourceType, types } from "../../kit/reading/types";
import { checkBackend } from "./routes";

/** A Service that the API server calls. */
interface Callee {
  readonly service: Field;
  /** Whether the API server goes on without an answer. */
  readonly optional: boolean;
}

const admission: readonly ResourceType[] = [types.validatingWebhook, types.mutatingWebhook];
/** Kinds that name a Service which the API server calls. */
export const called: readonly ResourceType[] = [...admission, types.customResourceDefinition, types.apiService];

/** The port that is called where none is stated. Source: ServiceReference of all three groups. */
const usual = "443";

function calleesOf(resource: Resource): readonly Callee[] {
  if (resource.is(types.apiService)) return [{ service: resource.at("spec", "service"), optional: false }];
  if (resource.is(...admission))
    return resource
      .at("webhooks")
      .list()
      .map((webhook) => ({
        service: webhook.at("clientConfig", "service"),
        optional: webhook.at("failurePolicy").text() === "Ignore",
      }));
  const conversion = resource.at("spec", "conversion");
  if (conversion.at("strategy").text() !== "Webhook") return [];
  return [{ service: conversion.at("webhook", "clientConfig", "service"), optional: false }];
}

/** Without the Service every request that it would look at is refused; where failures are ignored, nothing looks at them. */
export function* checkCalled(stack: Stack, resource: Resource): Iterable<Finding> {
  for (const { service, optional } of calleesOf(resource)) {
    const [namespace, field] = [service.at("namespace").textOrEmpty(), service.at("name")];
    const backend = { namespace, name: field.textOrEmpty(), field, port: service.at("port"), usual };
    for (const finding of checkBackend(stack, resource, backend))
      yield finding.kind === "violation" && optional ? { ...finding, advisory: true } : finding;
  }
}
