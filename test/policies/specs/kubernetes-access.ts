/** Cases of the rule about an application's project. */
import { projectScoped } from "../../../policies/security/kubernetes-access";
import { application, applicationSet, but } from "../support/fixtures";
import { given, object, type Spec } from "../support/spec";

const project = object("argoproj.io/v1alpha1:AppProject", "shop", {
  spec: {
    sourceRepos: ["https://github.com/acme/manifests.git"],
    destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop" }],
  },
});

/** Cases of the rule about an application's project. */
export const kubernetesAccessSpecs: readonly Spec[] = [
  {
    rule: projectScoped,
    good: {
      "its own project": given(application, applicationSet, project),
      "a project for each namespace, both named by the folder": given(
        but(applicationSet, {
          "spec.template.spec.project": "applications-{{.path.basename}}",
          "spec.template.spec.destination.namespace": "{{.path.basename}}",
        }),
      ),
      "namespaces of a team": given(
        but(project, { "spec.destinations": [{ server: "https://kubernetes.default.svc", namespace: "shop-*" }] }),
        but(project, { "spec.destinations": [{ server: "https://kubernetes.default.svc", namespace: "*-shop" }] }),
      ),
    },
    bad: {
      ...Object.fromEntries(
        [
          ["a folder that may be called default", "{{.path.basename}}", "{{.path.basename}}"],
          ["a folder that may end the word default", "def{{.path.basename}}", "{{.path.basename}}"],
          ["a project by the folder, another's namespace", "applications-{{.path.basename}}", "shop"],
          ["a project by a file's content", "applications-{{.project}}", "{{.path.basename}}"],
        ].map(([name = "", project, target]) => [
          name,
          given(
            but(applicationSet, {
              "spec.template.spec.project": project,
              "spec.template.spec.destination.namespace": target,
            }),
          ),
        ]),
      ),
      "the default project": given(but(application, { "spec.project": "default" })),
      "no project in a set": given(but(applicationSet, { "spec.template.spec.project": undefined })),
      "every source": given(but(project, { "spec.sourceRepos": ["*"] })),
      "every namespace and server": given(but(project, { "spec.destinations": [{ server: "*", namespace: "*" }] })),
      "a blank project": given(but(application, { "spec.project": " " })),
      "the default project between blanks": given(but(application, { "spec.project": " default " })),
      "every source beside a named one": given(
        but(project, { "spec.sourceRepos": ["https://github.com/a/b", " ** "] }),
      ),
      "every cluster by name": given(but(project, { "spec.destinations": [{ name: "*", namespace: "shop" }] })),
    },
  },
];
