/** Argo CD's own project `default` allows everything: nothing may lead to it. */
import { describe, expect, test } from "vitest";
import { argoCdValues } from "../../../components/delivery/argo-cd-values";
import { projectName, projectSpec, rootSpec } from "../../../components/delivery/git-ops-objects";

const applications = ["shop"];
const repositoryUrl = "https://github.com/example/shop.git";

describe("the default project", () => {
  test("takes no application of Git: none is in it, and none can bring another or reach Argo CD's namespace", () => {
    const root = rootSpec({ environment: "prod", repositoryUrl, revision: "main", preserveOnDeletion: true });
    expect(root.template.spec.project).toBe(projectName);
    expect(projectName).not.toBe("default");
    const freezes = { timeZone: "UTC", freezes: [] };
    const { namespaceResourceWhitelist, destinations } = projectSpec({ repositoryUrl, applications, freezes });
    expect(
      namespaceResourceWhitelist.filter(({ kind }) => /^(Application|ApplicationSet|AppProject)$/.test(kind)),
    ).toEqual([]);
    expect(destinations.map(({ namespace }) => namespace)).toEqual(applications);
  });

  test.each(["production", "dev"] as const)(
    "takes none from Argo CD's administrators either, in profile %s",
    (profile) => {
      const values = argoCdValues({ profile, host: "argocd.example.com" }) as {
        readonly configs: { readonly rbac: Readonly<Record<string, string>> };
      };
      const policy = (values.configs.rbac["policy.csv"] ?? "").split("\n");
      for (const call of ["applications, create", "applications, update", "applicationsets, create"])
        expect(policy).toContain(`p, role:admin, ${call}, default/*, deny`);
    },
  );
});
