/** Which of Pulumi's types a Terraform type is: a rule, and a list of what it misses. */
import exceptions from "./terraform-exceptions.json";
import modules from "./terraform-modules.json";

const EXCEPTIONS: Readonly<Record<string, string>> = exceptions.types;
const MODULES: Readonly<Record<string, string>> = modules.prefixes;
const INTO_EC2 = new RegExp(`^(${exceptions.ec2.join("|")})$`);
const KUBERNETES: Readonly<Record<string, string>> = exceptions.kubernetes;

function pascal(words: string): string {
  return words
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function token(module: string, name: string): string {
  return `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** The longest prefix that names a module, and what is left of the name. */
function split(name: string): readonly [module: string, rest: string] | undefined {
  const words = name.split("_");
  for (let count = words.length - 1; count > 0; count--) {
    const module = MODULES[words.slice(0, count).join("_")];
    if (module !== undefined) return [module, words.slice(count).join("_")];
  }
  return undefined;
}

function awsType(name: string): string {
  const exception = EXCEPTIONS[name];
  if (exception !== undefined) return token(...(exception.split(" ") as [string, string]));
  const bare = name.slice("aws_".length);
  if (INTO_EC2.test(bare)) return token("ec2", pascal(bare));
  const found = split(bare);
  return found === undefined ? token("index", pascal(bare)) : token(found[0], pascal(found[1]));
}

/** The token of a kind, by its API version: `apps/v1` and `Deployment`. */
export function kubernetesType(apiVersion: string, kind: string): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** Pulumi's token for a Terraform type; types of providers that are neither AWS nor Kubernetes keep their name. */
export function pulumiType(name: string): string {
  if (name.startsWith("aws_")) return awsType(name);
  if (name === "helm_release") return "kubernetes:helm.sh/v3:Release";
  if (name.startsWith("kubernetes_")) return KUBERNETES[name.replace(/_v\d\w*$/, "")] ?? name;
  return name;
}
