/** Cases of the rule about credentials that are written down. */
import { noPlainSecrets } from "../../../../policies/security/secrets";
import { but, deployment } from "../../support/fixtures";
import type { Case, Given } from "../../support/rule";
import { given, object, previewed, UNKNOWN, type Spec } from "../../support/spec";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const settings = object("core/v1:ConfigMap", "settings", {
  data: { "app.json": '{"a":1}', TOKEN_FILE: "/var/run/token" },
});
const env = (name: string, value: string): Given => but(deployment, { [`${first}.env`]: [{ name, value }] });
const encoded = (text: string): string => Buffer.from(text).toString("base64");
/** A Secret of a manifest, which has a file's place instead of a URN. */
const secret = (props: Readonly<Record<string, unknown>>): Given => ({
  ...object("core/v1:Secret", "db", props),
  urn: "db.yaml#0",
});
const args = (...words: readonly string[]): Case => given(but(deployment, { [`${first}.args`]: words }));
const file = (name: string, text: string): Given => but(settings, { data: { [name]: text } });
const application = (helm: Readonly<Record<string, unknown>>): Case =>
  given(object("argoproj.io/v1alpha1:Application", "db", { spec: { source: { chart: "postgresql", helm } } }));
const release = (values: Readonly<Record<string, unknown>>): Case =>
  given({ type: "kubernetes:helm.sh/v3:Release", name: "db", props: { chart: "postgresql", values } });

/** Cases of the rule about credentials that are written down. */
export const credentialSpecs: readonly Spec[] = [
  {
    rule: noPlainSecrets,
    good: {
      references: given(deployment),
      settings: given(settings),
      "an object under a name that says token": given(
        object("core/v1:ConfigMap", "values", {
          data: {
            values:
              '{\n  "sds": {\n    "token": {\n      "aud": "istio-ca"\n    }\n  },\n  "tokens": [\n    "a b"\n  ]\n}',
          },
        }),
      ),
      "a switch": given(env("RESET_PASSWORD", "true")),
      "a variable": given(env("DB_PASSWORD", "$(FROM_FILE)")),
      "a switch between blanks": given(env("RESET_PASSWORD", " true ")),
      "a name that only points to one": given(env("TOKEN_FILE", "token"), env("SECRET_NAME", "db")),
      "a number, a duration, a path, nothing": given(
        env("MAX_TOKENS", "4096"),
        env("REFRESH_TOKEN", "1.5h"),
        env("API_KEY", "/var/run/key"),
        env("PASSWORD", ""),
      ),
      "a URL without a password": given(env("DATABASE_URL", "postgres://shop@db:5432/shop")),
      "a URL whose password is a variable": given(env("DATABASE_URL", "postgres://shop:$(PASSWORD)@db:5432/shop")),
      "names of objects that hold one": given(
        env("IMAGE_PULL_SECRET", "regcred"),
        env("DB_SECRET", "shop-db"),
        env("CLIENT_SECRET", "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop"),
      ),
      "the Secret that the Prometheus operator reads Alertmanager's configuration from": release({
        alertmanager: { alertmanagerSpec: { configSecret: "blue-monitoring-alertmanager-cfc50573" } },
      }),
      "references of secret stores": given(
        env("DB_PASSWORD", "vault:secret/data/shop#password"),
        env("DB_PASSWORD", "{{ .Values.password }}"),
        env("DB_PASSWORD", "${DB_PASSWORD}"),
        env("CLIENT_SECRET", "$dex.github.clientSecret"),
      ),
      "a Secret that is empty": given(secret({ type: "Opaque" }), secret({ data: { password: "" } })),
      "a Secret that SOPS encrypted": given(
        secret({ data: { password: "ENC[AES256_GCM,data:8fYx,iv:Zm9v,tag:YmFy,type:str]" }, sops: { mac: "ENC[a]" } }),
      ),
      "a Secret without a credential": given(
        secret({
          data: { "ca.crt": encoded("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n") },
          stringData: { username: "shop", url: "https://git.example.com", "app.yaml": "a: 1\nb: 2\n" },
        }),
      ),
      "a Secret that the program makes from encrypted configuration": given(
        object("core/v1:Secret", "pager", { stringData: { "alertmanager.yaml": "password: hunter22" } }),
      ),
      "options that lead to one": args("--password-file=/var/run/password", "--token-ttl=1h", "--secret", "$(NAME)"),
      "a file that only speaks of passwords": given(
        file("app.yaml", "# password: example\npasswordKey: postgres-password\nminPasswordLength: 12\n"),
        file("app.js", "const password = process.env.DB_PASSWORD;\nlogin(user, token == other);\n"),
        file("labels.json", '{"password":"Enter your password"}'),
      ),
      "values that name objects": application({
        parameters: [{ name: "auth.existingSecret", value: "shop-db" }],
        valuesObject: { auth: { secretKeys: { userPasswordKey: "password" } }, imagePullSecrets: ["shop"] },
      }),
      "a value that is nothing, and one by a reference that a preview hides": previewed(
        but(deployment, {
          [`${first}.env`]: [
            { name: "DB_PASSWORD", value: null },
            { name: "API_KEY", valueFrom: { secretKeyRef: { name: UNKNOWN, key: "a" } } },
          ],
        }),
      ),
      "lists of names under a vague one": release({ tokens: ["x1y2"], imagePullSecrets: ["x1y2"] }),
      "lists of a secret store": given(
        object("external-secrets.io/v1:ExternalSecret", "db", { spec: { passwords: ["x1y2"] } }),
      ),
      "headers that are called alike": release({
        headers: [
          { name: "no-authorization", value: "Bearer x1y2z3a4" },
          { name: "authorization-url", value: "Bearer x1y2z3a4" },
        ],
      }),
      "keys of a secret store": given(
        object("external-secrets.io/v1:ExternalSecret", "db", {
          spec: { data: [{ secretKey: "username", remoteRef: { key: "prod/shop", property: "user" } }] },
        }),
      ),
    },
    bad: {
      "a password in env": given(env("DB_PASSWORD", "hunter22")),
      "a key by its form": given(env("REGION", "AKIAIOSFODNN7EXAMPLE")),
      "a private key in a ConfigMap": given(
        but(settings, { data: { "tls.pem": "-----BEGIN RSA PRIVATE KEY-----\nMII" } }),
      ),
      "a token in a ConfigMap": given(but(settings, { data: { "api-token": "s.abcdefgh" } })),
      "a URL with a password": given(env("DATABASE_URL", "postgres://shop:hunter22@db:5432/shop")),
      "an argument": given(
        but(deployment, { [`${first}.args`]: ["--token", "ghp_0123456789abcdefghijklmnopqrstuvwxyz"] }),
      ),
      "a key of another name": given(
        env("STRIPE_API_KEY", "sk-live-1"),
        env("PRIVATE.KEY", "x1y2"),
        env("access_key", "x1y2"),
        env("Credentials", "x1y2"),
        env("DB_PASSWD", "x1y2"),
        env("CLIENT_SECRETS", "x1y2"),
      ),
      "credentials by their forms": given(
        env("A", "ASIAIOSFODNN7EXAMPLE"),
        env("B", `gho_${"a1".repeat(18)}`),
        env("C", `glpat-${"a1".repeat(10)}`),
        env("D", `xoxb-${"a1".repeat(8)}`),
        env("E", `eyJ${"a".repeat(12)}.eyJ${"b".repeat(12)}.${"c".repeat(12)}`),
        env("F", "-----BEGIN PRIVATE KEY-----"),
      ),
      "binary data": given(but(settings, { binaryData: { "api-token": "aHVudGVyMjI=" } })),
      "an initContainer": given(
        but(deployment, {
          [`${pod}.initContainers`]: [{ name: "init", env: [{ name: "DB_PASSWORD", value: "hunter22" }] }],
        }),
      ),
      "a command": given(
        but(deployment, { [`${first}.command`]: ["run", "ghp_0123456789abcdefghijklmnopqrstuvwxyz"] }),
      ),
      "Secrets of every kind": given(
        secret({ stringData: { password: "correct-horse-battery" } }),
        secret({ data: { anything: encoded("correct horse") } }),
        secret({ type: "kubernetes.io/tls", data: { "tls.key": encoded("-----BEGIN PRIVATE KEY-----\nMII") } }),
        secret({ stringData: { ".dockerconfigjson": `{"auths":{"a":{"auth":"${encoded("shop:horse")}"}}}` } }),
        secret({ data: { "store.p12": Buffer.from([0xff, 0xfe, 0x00, 0x80]).toString("base64") } }),
        secret({ stringData: { "app.yaml": "a: 1\ndb:\n  password: correct-horse\n" } }),
      ),
      "files of a ConfigMap": given(
        file("app.properties", "a=1\nspring.datasource.password=correct-horse\n"),
        file(".env", "export API_KEY='correct-horse'\n"),
        file("app.yaml", "db:\n  password: correct-horse # of the primary\n"),
        file("app.json", '{"db":{"clientSecret":"correct-horse","token":"x1y2"}}'),
        file("settings.xml", "<server><password>correct-horse</password></server>"),
        file("init.sql", "CREATE USER shop IDENTIFIED BY 'correct-horse';"),
        file("redis.conf", "requirepass correct-horse"),
        file("kubeconfig", "users:\n- user:\n    client-key-data: LS0tLS1CRUdJTg==\n"),
      ),
      "connection strings": given(
        env("DB", "Server=db;User Id=sa;Pwd=correct-horse;"),
        env("DB", "jdbc:mysql://db/shop?user=shop&password=correct-horse"),
        env("DB", "jdbc:oracle:thin:shop/correct-horse@db:1521"),
        env("CACHE", "redis://:correct-horse@cache:6379"),
      ),
      "what stands in where a variable is missing": given(env("DB_PASSWORD", "${DB_PASSWORD:-correct-horse}")),
      "options of a command": given(
        but(deployment, { [`${first}.args`]: ["--db-password=correct-horse"] }),
        but(deployment, { [`${first}.args`]: ["--password", "correct-horse", "--verbose"] }),
        but(deployment, { [`${first}.command`]: ["sh", "-c", "PGPASSWORD=correct-horse psql -h db"] }),
        but(deployment, { [`${first}.command`]: ["sh", "-c", "mysql -u root -pcorrect-horse shop"] }),
        but(deployment, { [`${first}.command`]: ["sh", "-c", "curl -u shop:correct-horse https://a"] }),
        but(deployment, { [`${first}.command`]: ["sh", "-c", "redis-cli -h cache -a correct-horse ping"] }),
        but(deployment, { [`${first}.command`]: ["sh", "-c", "app --api-token correct-horse"] }),
      ),
      headers: given(
        but(deployment, {
          [`${first}.livenessProbe`]: {
            httpGet: { httpHeaders: [{ name: "Authorization", value: "Basic YWRtaW46aG9yc2U=" }] },
          },
        }),
        but(deployment, { [`${first}.args`]: ['-H "Authorization: Bearer correct-horse"'] }),
      ),
      "an annotation": given(
        but(deployment, { "spec.template.metadata.annotations": { "a/b": "AKIAIOSFODNN7EXAMPLE" } }),
        but(deployment, { "metadata.annotations": { "a/db-password": "correct-horse" } }),
      ),
      "the address of a webhook": given(env("NOTIFY", "https://hooks.slack.com/services/T0000/B0000/abcdefgh")),
      "Helm parameters": application({ parameters: [{ name: "auth.password", value: "correct-horse" }] }),
      "Helm values": application({
        values: "auth:\n  password: correct-horse\n",
        valuesObject: { auth: { password: "correct-horse" } },
      }),
      "values of a release": release({ auth: { postgresPassword: "correct-horse", passwords: ["correct-horse"] } }),
      "names that are not shown, because they have no name's form": release({
        "9password": "correct-horse",
        "password!": "correct-horse",
      }),
      "a pair whose first name is no text": release({
        env: [{ name: { first: "a" }, key: "DB_PASSWORD", value: "correct-horse" }],
      }),
      "an argument of an analysis": given(
        object("argoproj.io/v1alpha1:AnalysisTemplate", "smoke", {
          spec: { args: [{ name: "api-token", value: "correct-horse" }], metrics: [] },
        }),
      ),
      "a literal of a generator": given(
        object("kustomize.config.k8s.io/v1beta1:Kustomization", "k", {
          secretGenerator: [{ name: "db", literals: ["password=correct-horse"] }],
        }),
      ),
    },
  },
];
