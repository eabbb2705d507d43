/** Cases of the rule about ignored differences. */
import { ignoreDifferencesNarrow } from "../../../../policies/immutability/ignore-differences";
import { application, applicationSet, but } from "../../support/fixtures";
import { everySource } from "../../support/delivery";
import type { Given } from "../../support/rule";
import { given, object, type Spec } from "../../support/spec";

const ignoring = (key: string, path: string): Given =>
  but(application, { "spec.ignoreDifferences": [{ kind: "Deployment", [key]: [path] }] });
const config = (data: object): Given => object("core/v1:ConfigMap", "argocd-cm", { data });

/** Cases of the rule about ignored differences. */
export const differenceSpecs: readonly Spec[] = [
  {
    rule: ignoreDifferencesNarrow,
    good: {
      "everything that may be ignored": given(...everySource),

      "one field": given(application, applicationSet),
      "weights of a route": given(ignoring("jqPathExpressions", ".spec.http[].route[].weight")),
      "none at all": given(but(application, { "spec.ignoreDifferences": undefined })),
      "one annotation by its name": given(ignoring("jqPathExpressions", '.metadata.annotations["example.com/seen"]')),
      "one field of every container": given(ignoring("jqPathExpressions", ".spec.template.spec.containers[0].image")),
      "one field behind a pipe": given(ignoring("jqPathExpressions", ".spec.http[].route | .[].weight")),
      "one annotation, all in brackets": given(
        ignoring("jqPathExpressions", '.["metadata"]["annotations"]["example.com/seen"]'),
      ),
      "jq: a leaf behind a pipe": given(ignoring("jqPathExpressions", ". | .spec.replicas")),
      "jq: a leaf of the template behind a pipe": given(ignoring("jqPathExpressions", ".spec.template |\n.spec.x.y")),
      "jq: two leaves": given(ignoring("jqPathExpressions", "(.spec.replicas, .spec.paused)")),
      "jq: a field of every webhook": given(ignoring("jqPathExpressions", ".webhooks[]?.clientConfig.caBundle")),
      "jq: one container by its name": given(
        ignoring("jqPathExpressions", '.spec.template.spec.initContainers[] | select(.name == "injected")'),
        ignoring("jqPathExpressions", '.spec.template.spec.containers[] | select(.name | test("^istio(-|$)"))'),
      ),
      "jq: the first of them": given(ignoring("jqPathExpressions", "first(.spec.http[].route[0:1])")),
      "a list in Argo CD's settings, which it does not read": given(config({ "resource.customizations": "- a\n" })),
      "a field of the tenth container, and annotations with digits and strokes": given(
        ignoring("jsonPointers", "/spec/template/spec/containers/10/image"),
        ignoring("jsonPointers", "/spec/template/1a"),
        ignoring("jsonPointers", "/spec/template/a1"),
      ),
      "one route": given(ignoring("jsonPointers", "/spec/http/0")),
      "an escaped annotation": given(ignoring("jsonPointers", "/metadata/annotations/example.com~1seen")),
      "the status": given(ignoring("jsonPointers", "/status")),
      "a controller's own fields": given(ignoring("managedFieldsManagers", "kube-controller-manager")),
      "leaves in Argo CD's settings": given(
        config({
          "resource.customizations.ignoreDifferences.all": "jsonPointers: [/spec/replicas]\n",
          "resource.customizations.health.example.com_Widget": "jsonPointers: [/spec]\n",
          url: "https://argocd.example.com",
        }),
        object("core/v1:ConfigMap", "other", {
          data: { "resource.customizations.ignoreDifferences.all": "jsonPointers: [/spec]" },
        }),
      ),
      "an application's own paths": given(
        but(applicationSet, {
          "spec.ignoreApplicationDifferences": [
            { jsonPointers: ["/spec/source/helm/values"], jqPathExpressions: [".spec.revisionHistoryLimit"] },
          ],
        }),
      ),
    },
    bad: {
      "the whole object": given(ignoring("jsonPointers", "")),
      "the whole spec": given(ignoring("jsonPointers", "/spec/")),
      "the pod template": given(ignoring("jsonPointers", "/spec/template")),
      "jq: the spec": given(ignoring("jqPathExpressions", ".spec")),
      "jq: every member": given(ignoring("jqPathExpressions", ".spec[]")),
      "jq: any depth": given(ignoring("jqPathExpressions", ".spec | .. | .image?")),
      "jq: an open end": given(ignoring("jqPathExpressions", ".spec.template.spec.containers[]")),
      "the pod template between blanks and doubled slashes": given(ignoring("jsonPointers", " /spec//template// ")),
      "the pod's spec": given(ignoring("jsonPointers", "/spec/template/spec")),
      "every container": given(ignoring("jsonPointers", "/spec/template/spec/containers")),
      "jq: any depth below a leaf": given(ignoring("jqPathExpressions", ".spec.a.b | .. | .image?")),
      "jq: recursion": given(ignoring("jqPathExpressions", ".spec.a.b | recurse")),
      "jq: every path": given(ignoring("jqPathExpressions", ".spec.a.b | del(paths)")),
      "jq: the template in question": given(ignoring("jqPathExpressions", ".spec?.template?")),
      "jq: the template in brackets": given(ignoring("jqPathExpressions", '.["spec"]["template"]')),
      "jq: a field of every member": given(ignoring("jqPathExpressions", ".[].replicas")),
      "jq: a field of every member of the spec": given(ignoring("jqPathExpressions", ".spec[]?.replicas")),
      "jq: one container": given(ignoring("jqPathExpressions", ".spec.template.spec.containers[0]")),
      "jq: a path beside a leaf": given(ignoring("jqPathExpressions", ".spec.replicas, .spec.template")),
      "jq: a path in brackets beside a leaf": given(ignoring("jqPathExpressions", '.spec["replicas","template"].spec')),
      "jq: a path of its own in brackets": given(ignoring("jqPathExpressions", ".spec | (.paused, .template)")),
      "jq: nearly every container": given(
        ignoring("jqPathExpressions", '.spec.template.spec.containers[] | select(.name != "")'),
      ),
      "jq: no paths": given(
        ignoring("jqPathExpressions", "to_entries[]"),
        ignoring("jqPathExpressions", 'getpath(["spec"])'),
        ignoring("jqPathExpressions", ".spec.a ]"),
        ignoring("jqPathExpressions", '.spec.containers[] | select(.name == "a"'),
        ignoring("jqPathExpressions", ""),
      ),
      "jq: members from one to another": given(ignoring("jqPathExpressions", ".[0:2].x")),
      "a job's template": given(ignoring("jsonPointers", "/spec/jobTemplate/spec/template")),
      "every container by a place": given(ignoring("jsonPointers", "/spec/template/spec/containers/0")),
      "every container by a place of two digits": given(ignoring("jsonPointers", "/spec/template/spec/containers/10")),
      "a trunk with an escaped stroke": given(ignoring("jsonPointers", "/spec~1template")),
      "what people write, between blanks": given(ignoring("managedFieldsManagers", " kubectl-edit ")),
      "what people write": given(ignoring("managedFieldsManagers", "kubectl-edit")),
      "what Argo CD writes": given(ignoring("managedFieldsManagers", "argocd-controller")),
      "a set's patch": given(
        but(applicationSet, { "spec.templatePatch": "spec:\n  ignoreDifferences:\n  - jsonPointers: [/spec]\n" }),
      ),
      "a set that ignores its applications' policy": given(
        but(applicationSet, { "spec.ignoreApplicationDifferences": [{ jsonPointers: ["/spec/syncPolicy"] }] }),
      ),
      "a set that ignores its applications' revision": given(
        but(applicationSet, {
          "spec.ignoreApplicationDifferences": [{ jqPathExpressions: [".spec.sources[].targetRevision"] }],
        }),
      ),
      "Argo CD's settings": given(
        config({ "resource.customizations.ignoreDifferences.all": "jsonPointers:\n- /spec\n" }),
      ),
      "Argo CD's settings in one text": given(
        config({
          "resource.customizations": "apps/Deployment:\n  ignoreDifferences: |\n    jqPathExpressions: ['.spec']\n",
        }),
      ),
    },
  },
];
