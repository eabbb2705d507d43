/** What match conditions of webhooks say of pods of a namespace; what cannot be seen stays open. */
import { describe, expect, it } from "vitest";
import { conditionHolds } from "../../../../policies/kit/kubernetes/cel-condition";

const says = (expression: string, labelled = true): boolean | undefined => conditionHolds(expression, "shop", labelled);

describe("a condition about a pod of the namespace shop", () => {
  it.each([
    ["true"],
    ["request.namespace == 'shop'"],
    ['request.namespace == "shop"'],
    ["'shop' == request.namespace"],
    ["object.metadata.namespace == 'shop'"],
    ["namespaceObject.metadata.name == 'shop'"],
    ["request.namespace != 'pay'"],
    ["request.namespace in ['pay', 'shop']"],
    ["!(request.namespace in ['pay'])"],
    ["!('x' in request.namespace)"],
    ["request.namespace.startsWith('sh')"],
    ["request.namespace.endsWith('op')"],
    ["request.namespace.contains('ho')"],
    ["!has(request.namespace)"],
    ["!(request.userInfo.username == 'admin')"],
    ["!has(request.userInfo.username)"],
    ["!('admins' in request.userInfo.groups)"],
    ["!request.namespace.startsWith('kube-') && !request.namespace.endsWith('-system')"],
    ["request.namespace == 'pay' || request.namespace == 'shop'"],
    ["unknown == 'x' || true"],
    ["has(f(object.spec.a)) || true"],
    ["!false && !(false && unknown)"],
    ["  true  "],
  ])("%s holds", (expression) => {
    expect(says(expression)).toBe(true);
  });

  it.each([
    ["false"],
    ["request.namespace == 'pay'"],
    ["'pay' == request.namespace"],
    ["request.namespace != 'shop'"],
    ["request.namespace in ['pay', 'stock']"],
    ["request.namespace in [kshopk]"],
    ["request.namespace in []"],
    ["request.namespace.startsWith('op')"],
    ["request.namespace.endsWith('sh')"],
    ["request.namespace.contains('pay')"],
    ["'admins' in request.userInfo.groups"],
    ["unknown && false"],
    ["false || false"],
    ["true && request.namespace == 'pay'"],
  ])("%s does not", (expression) => {
    expect(says(expression)).toBe(false);
  });

  it.each([
    [""],
    ["unknown"],
    ["!unknown"],
    ["unknown == 'x'"],
    ["unknown != 'x'"],
    ["unknown && true"],
    ["unknown || false"],
    ["xrequest.namespace == 'shop'"],
    ["request.namespaces == 'shop'"],
    ["object.request.userInfo.username == 'admin'"],
    ["request.namespace == object.spec['shop']"],
    ["request.namespace == other"],
    ["request.namespace.matches('shop')"],
    ["request.namespace.startsWithout('sh')"],
    ["request.namespace.startsWith(f('sh'))"],
    ["request.namespace.startsWith()"],
    ["request.namespace in others"],
    ["request.namespace == 'shop' 'shop'"],
    ["request.namespace == 'shop' ~"],
    ["request.namespace ~ 'shop'"],
    ["~ true"],
    ["true ~ true"],
    ["has(object.metadata.labels.a"],
    ["request.namespace in ['shop'"],
    ["(true"],
    ["'shop' in"],
  ])("%s cannot be seen", (expression) => {
    expect(says(expression)).toBeUndefined();
  });

  it.each([
    ["object.metadata.labels['app'] == 'shop'"],
    ["'shop' == object.metadata.labels['app']"],
    ['object.metadata.labels["app"] in ["shop", "pay"]'],
    ["object.metadata.labels.app.startsWith('sh')"],
    ["object.metadata.?labels == 'x'"],
    ["has(object.metadata.annotations.a)"],
    ["'app' in object.metadata.labels"],
  ])("%s hangs on the pod's labels", (expression) => {
    expect([says(expression, true), says(expression, false)]).toEqual([true, false]);
  });
});
