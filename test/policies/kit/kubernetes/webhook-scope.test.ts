/** Whom selectors and conditions of a webhook leave out. */
import { describe, expect, it } from "vitest";
import { Field } from "../../../../policies/kit/reading/field";
import { excludes, type Subject } from "../../../../policies/kit/kubernetes/webhook-scope";

const anybody: Subject = { who: "anybody" };
const itself: Subject = { who: "itself", namespace: "hooks" };
const cluster: Subject = { who: "the cluster", namespace: "kube-system" };
const by = (...matchExpressions: readonly object[]): object => ({ matchExpressions });
const name = "kubernetes.io/metadata.name";
const one = (key: string, operator: string, ...values: readonly string[]): object => ({ key, operator, values });
const left = (webhook: object): readonly boolean[] =>
  [anybody, itself, cluster].map((subject) => excludes(new Field(webhook), subject));

describe("a webhook leaves out an application, its own pods, the cluster's", () => {
  it.each([
    ["nobody by itself", {}, [false, false, false]],
    ["all but one namespace", { namespaceSelector: by(one(name, "In", "shop")) }, [true, true, true]],
    ["all but its own", { namespaceSelector: { matchLabels: { [name]: "hooks" } } }, [true, false, true]],
    ["two of them", { namespaceSelector: by(one(name, "NotIn", "hooks", "kube-system")) }, [false, true, true]],
    ["nobody whose name exists", { namespaceSelector: by(one(name, "Exists")) }, [false, false, false]],
    ["everybody whose name does", { namespaceSelector: by(one(name, "DoesNotExist")) }, [true, true, true]],
    ["nobody by a word that is no operator", { namespaceSelector: by(one(name, "Is", "shop")) }, [false, false, false]],
    ["who lacks a label of namespaces", { namespaceSelector: by(one("team", "In", "a")) }, [true, true, true]],
    ["who lacks it at all", { namespaceSelector: by(one("team", "Exists")) }, [true, true, true]],
    ["who has it", { namespaceSelector: by(one("team", "NotIn", "a")) }, [false, true, true]],
    ["who has it at all", { namespaceSelector: by(one("team", "DoesNotExist")) }, [false, true, true]],
    ["nobody by an unknown word", { namespaceSelector: by(one("team", "Is", "a")) }, [false, false, false]],
    ["pods without a label", { objectSelector: { matchLabels: { app: "x" } } }, [true, true, true]],
    ["pods with a label", { objectSelector: by(one("app", "DoesNotExist")) }, [false, true, false]],
    ["pods by a value of it", { objectSelector: by(one("app", "NotIn", "x")) }, [false, true, false]],
    ["no pods by an unknown word", { objectSelector: by(one("app", "Is", "x")) }, [false, false, false]],
    [
      "who fails one of two",
      { namespaceSelector: by(one(name, "Exists"), one(name, "NotIn", "hooks")) },
      [false, true, false],
    ],
    [
      "a namespace by a condition",
      { matchConditions: [{ expression: "true" }, { expression: 'request.namespace != "kube-system"' }] },
      [false, false, true],
    ],
    [
      "everybody else by a condition",
      { matchConditions: [{ expression: 'request.namespace == "kube-system"' }] },
      [true, true, false],
    ],
    [
      "pods with a label by a condition",
      { matchConditions: [{ expression: "!has(object.metadata.labels.skip)" }] },
      [false, true, true],
    ],
  ])("%s", (_, webhook, expected) => {
    expect(left(webhook)).toEqual(expected);
  });
});
