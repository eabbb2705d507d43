/** Cases of the security rules about workloads. */
import { podRestricted } from "../../../../policies/security/pods";
import { but, container, deployment } from "../../support/fixtures";
import { given, object, type Spec } from "../../support/spec";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const agent = object("apps/v1:DaemonSet", "aws-node", {
  metadata: { name: "aws-node", namespace: "kube-system" },
  spec: {
    template: { spec: { hostNetwork: true, containers: [{ name: "n", securityContext: { privileged: true } }] } },
  },
});

/** Cases of the security rules about workloads. */
export const workloadSecuritySpecs: readonly Spec[] = [
  {
    rule: podRestricted,
    good: {
      restricted: given(deployment),
      "the CNI, which EKS runs": given(agent),
      "a low port": given(but(deployment, { [`${first}.securityContext.capabilities.add`]: ["NET_BIND_SERVICE"] })),
      "a profile of the node's own": given(
        but(deployment, { [`${pod}.securityContext.seccompProfile`]: { type: "Localhost", localhostProfile: "shop" } }),
      ),
      "a volume of its own": given(but(deployment, { [`${pod}.volumes`]: [{ name: "v", emptyDir: {} }] })),
      "volumes of every type that the standard allows": given(
        but(deployment, {
          [`${pod}.volumes`]: [
            { name: "a", configMap: {} },
            { name: "b", csi: {} },
            { name: "c", downwardAPI: {} },
            { name: "d", ephemeral: {} },
            { name: "e", image: {} },
            { name: "f", persistentVolumeClaim: {} },
            { name: "g", projected: {} },
            { name: "h", secret: {} },
            { name: "i" },
          ],
        }),
      ),
      "the standard's own words": given(
        but(deployment, {
          [`${first}.securityContext.procMount`]: "Default",
          [`${first}.securityContext.appArmorProfile`]: { type: "RuntimeDefault" },
          [`${first}.securityContext.seLinuxOptions`]: { type: "container_engine_t", level: "s0:c1,c2" },
          [`${pod}.securityContext.sysctls`]: [{ name: "net.ipv4.tcp_rmem", value: "4096 87380 1000000" }],
          [`${first}.livenessProbe.httpGet.host`]: "",
          [`${first}.ports`]: [{ containerPort: 8080, hostPort: 0 }],
          "spec.template.metadata.annotations": {
            "container.apparmor.security.beta.kubernetes.io/shop": "runtime/default",
          },
        }),
      ),
      "root of a user namespace": given(
        but(deployment, {
          [`${pod}.hostUsers`]: false,
          [`${pod}.securityContext.runAsNonRoot`]: undefined,
          [`${first}.securityContext.runAsUser`]: 0,
        }),
      ),
      "Windows, which has no capabilities": given(
        but(deployment, {
          [`${pod}.os`]: { name: "windows" },
          [`${pod}.securityContext`]: { runAsNonRoot: true },
          [`${first}.securityContext`]: undefined,
        }),
      ),
    },
    bad: {
      "root by default": given(but(deployment, { [`${pod}.securityContext.runAsNonRoot`]: undefined })),
      "root by number": given(but(deployment, { [`${first}.securityContext.runAsUser`]: 0 })),
      "the container overrides the pod": given(but(deployment, { [`${first}.securityContext.runAsNonRoot`]: false })),
      escalation: given(but(deployment, { [`${first}.securityContext.allowPrivilegeEscalation`]: undefined })),
      capabilities: given(but(deployment, { [`${first}.securityContext.capabilities`]: { add: ["SYS_ADMIN"] } })),
      "no filter of system calls": given(
        but(deployment, { [`${pod}.securityContext.seccompProfile.type`]: "Unconfined" }),
      ),
      "a privileged initContainer": given(
        but(deployment, {
          [`${pod}.initContainers`]: [
            { ...container, name: "init", securityContext: { ...container.securityContext, privileged: true } },
          ],
        }),
      ),
      "the host's network": given(
        but(deployment, { [`${pod}.hostNetwork`]: true, [`${pod}.hostPID`]: "true", [`${pod}.hostIPC`]: true }),
      ),
      "the host's files": given(but(deployment, { [`${pod}.volumes`]: [{ name: "v", hostPath: { path: "/" } }] })),
      "the host's port": given(but(deployment, { [`${first}.ports`]: [{ containerPort: 80, hostPort: 80 }] })),
      "a scheduled job": given(
        object("batch/v1:CronJob", "c", {
          spec: { jobTemplate: { spec: { template: { spec: { hostNetwork: true, containers: [] } } } } },
        }),
      ),
      "the job of an analysis": given(
        object("argoproj.io/v1alpha1:AnalysisTemplate", "smoke", {
          spec: {
            metrics: [{ provider: { job: { spec: { template: { spec: { hostPID: true, containers: [] } } } } } }],
          },
        }),
      ),
      "a workflow's template": given(
        object("argoproj.io/v1alpha1:CronWorkflow", "nightly", {
          spec: { workflowSpec: { hostNetwork: true, templates: [{ name: "a", container: { ...container } }] } },
        }),
      ),
      "a job of KEDA's": given(
        object("keda.sh/v1alpha1:ScaledJob", "queue", {
          spec: { jobTargetRef: { template: { spec: { hostIPC: true, containers: [] } } } },
        }),
      ),
      "pods of a kind that nobody knows": given(
        object("example.com/v1:Fleet", "ships", { spec: { hostNetwork: true, containers: [container] } }),
      ),
      "a bare pod": given(object("core/v1:Pod", "p", { spec: { hostPID: true, containers: [] } })),
      "escalation by its own word": given(
        but(deployment, { [`${first}.securityContext.allowPrivilegeEscalation`]: true }),
      ),
      "a container without a name": given(
        but(deployment, { [`${first}.name`]: undefined, [`${first}.securityContext.privileged`]: true }),
      ),
      "no profile": given(but(deployment, { [`${pod}.securityContext.seccompProfile`]: undefined })),
      "some capabilities dropped": given(
        but(deployment, { [`${first}.securityContext.capabilities`]: { drop: ["NET_RAW"] } }),
      ),
      "nothing stated at all": given(
        but(deployment, {
          [`${pod}.securityContext`]: undefined,
          [`${pod}.containers`]: [
            { ...container, securityContext: undefined },
            { ...container, name: "log", securityContext: undefined },
          ],
        }),
      ),
      "a pod that says no for all of its containers": given(
        but(deployment, {
          [`${pod}.securityContext.runAsNonRoot`]: false,
          [`${pod}.containers`]: [container, { ...container, name: "log" }],
        }),
      ),
      "root by number for the whole pod": given(but(deployment, { [`${pod}.securityContext.runAsUser`]: 0 })),
      "an unmasked /proc": given(
        but(deployment, { [`${first}.securityContext.procMount`]: "Unmasked", [`${pod}.hostUsers`]: false }),
      ),
      "no AppArmor": given(
        but(deployment, { [`${first}.securityContext.appArmorProfile`]: { type: "Unconfined" } }),
        but(deployment, { [`${pod}.securityContext.appArmorProfile`]: { type: "Unconfined" } }),
        but(deployment, {
          "spec.template.metadata.annotations": { "container.apparmor.security.beta.kubernetes.io/shop": "unconfined" },
        }),
      ),
      "an SELinux domain beyond containers": given(
        but(deployment, { [`${first}.securityContext.seLinuxOptions`]: { type: "spc_t" } }),
        but(deployment, { [`${pod}.securityContext.seLinuxOptions`]: { user: "system_u", role: "system_r" } }),
      ),
      "a kernel parameter of the node": given(
        but(deployment, { [`${pod}.securityContext.sysctls`]: [{ name: "kernel/msgmax", value: "1" }] }),
      ),
      "a disk of another host": given(
        but(deployment, { [`${pod}.volumes`]: [{ name: "v", nfs: { server: "10.0.0.1", path: "/" } }] }),
      ),
      "a process of the node": given(
        but(deployment, { [`${pod}.securityContext.windowsOptions`]: { hostProcess: true } }),
        but(deployment, { [`${first}.securityContext.windowsOptions`]: { hostProcess: true } }),
      ),
      "a probe of another host": given(
        ...[
          but(deployment, { [`${first}.readinessProbe.httpGet.host`]: "169.254.169.254" }),
          but(deployment, { [`${first}.startupProbe`]: { tcpSocket: { host: "127.0.0.1", port: 1 } } }),
          but(deployment, { [`${first}.lifecycle.preStop`]: { httpGet: { host: "10.0.0.1", port: 1 } } }),
          but(deployment, { [`${first}.lifecycle.postStart`]: { httpGet: { host: "10.0.0.1", port: 1 } } }),
        ].map((one, index) => ({ ...one, name: `shop-${index}` })),
      ),
      "Windows as root": given(
        but(deployment, {
          [`${pod}.os`]: { name: "windows" },
          [`${pod}.securityContext`]: undefined,
          [`${first}.securityContext`]: undefined,
        }),
      ),
    },
  },
];
