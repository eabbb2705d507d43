/** What `make test` needs of Debian: found, or installed by root, or named in one sentence; never a failure. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { ensurePrograms, type Machine, missingPrograms, programPath } from "../../tools/setup/debian-tools.cjs";

/** What apt-get says on Debian 12, and what it ends with; recorded there. The rest of it is files in the machine's folder. */
const APT_GET = `#!/bin/sh
cd "\${0%/*}/.."
echo "$*" >> calls
refuse() { echo "$1" >&2; exit 100; }
[ -e root ] || refuse "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?"
[ ! -e hangs ] || exec /bin/sleep 5
if [ "$1" = update ]; then
  [ -e network ] && : > lists || echo "W: Some index files failed to download. They have been ignored, or old ones used instead." >&2
  exit 0
fi
[ "$1 $2 $3" = "install -y --no-install-recommends" ] || { echo "Abort."; exit 1; }
shift 3
for package; do
  case "$package" in nginx | redis-server | postgresql) ;; *) refuse "E: Unable to locate package $package" ;; esac
  [ -e lists ] || refuse "E: Unable to locate package $package"
done
[ -e network ] || refuse "E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?"
[ "$DEBIAN_FRONTEND" = noninteractive ] || exec /bin/sleep 5
for package; do
  ./policy-rc.d "$package" start
  [ $? = 101 ] || echo "$package" >> started
  [ -e empty ] || case "$package" in
    postgresql) /bin/mkdir -p postgres/9/bin postgres/15/bin; /bin/cp /bin/true postgres/9/bin/postgres; /bin/cp /bin/true postgres/15/bin/postgres ;;
    *) /bin/cp --remove-destination /bin/true "sbin/$package" ;;
  esac
done
`;

/** A machine without the programs; `has` are apt-get and what it finds there. */
function machine(has: readonly ("apt-get" | "root" | "network" | "lists" | "hangs" | "empty")[]) {
  const folder = mkdtempSync(path.join(tmpdir(), "debian tools "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => path.join(folder, name);
  for (const name of ["bin", "sbin"]) mkdirSync(at(name));
  for (const name of has) if (name !== "apt-get") writeFileSync(at(name), "");
  if (has.includes("apt-get")) writeFileSync(at("bin/apt-get"), APT_GET, { mode: 0o755 });
  const here: Machine = {
    ...{ path: `${at("nowhere")}:${at("bin")}:`, system: [at("sbin")], postgres: at("postgres") },
    ...{ policy: at("policy-rc.d"), isRoot: has.includes("root"), limitMs: 2_000 },
  };
  const linesOf = (name: string) => (existsSync(at(name)) ? readFileSync(at(name), "utf8").trim().split("\n") : []);
  return { here, at, calls: () => linesOf("calls"), started: () => linesOf("started") };
}

const NAMES = "nginx, redis-server, postgres";
const INSTALL = "install -y --no-install-recommends nginx redis-server postgresql";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

test("root installs what is missing, starts no service, and leaves no policy behind", () => {
  const { here, at, calls, started } = machine(["apt-get", "root", "network", "lists"]);
  expect(missingPrograms(here)).toEqual(["nginx", "redis-server", "postgres"]);
  expect(ensurePrograms(here)).toBeUndefined();
  expect(calls()).toEqual([INSTALL]);
  expect(started()).toEqual([]);
  expect(existsSync(here.policy)).toBe(false);
  expect(missingPrograms(here)).toEqual([]);
  expect(programPath("postgres", here)).toBe(at("postgres/15/bin/postgres"));
  expect(ensurePrograms(here)).toBeUndefined();
  expect(calls()).toEqual([INSTALL]);
});

test("only what is missing is installed", () => {
  const { here, at, calls } = machine(["apt-get", "root", "network", "lists"]);
  writeFileSync(at("sbin/nginx"), "", { mode: 0o755 });
  // A file that nobody may execute is no program.
  writeFileSync(at("sbin/redis-server"), "", { mode: 0o644 });
  expect(ensurePrograms(here)).toBeUndefined();
  expect(calls()).toEqual(["install -y --no-install-recommends redis-server postgresql"]);
});

test("without lists they are fetched, once", () => {
  const { here, calls } = machine(["apt-get", "root", "network"]);
  expect(ensurePrograms(here)).toBeUndefined();
  expect(calls()).toEqual([INSTALL, "update", INSTALL]);
});

test.each([
  ["without apt-get", ["root", "network"], `${NAMES} not found, and there is no apt-get to install them`],
  ["without root", ["apt-get", "network", "lists"], `${NAMES} not found, and only root installs Debian's packages`],
  [
    "without a network",
    ["apt-get", "root", "lists"],
    `${NAMES} not found, and apt-get failed: E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?`,
  ],
  [
    "without a network and without lists",
    ["apt-get", "root"],
    `${NAMES} not found, and apt-get failed: E: Unable to locate package nginx`,
  ],
  [
    "with an apt-get that never ends",
    ["apt-get", "root", "hangs"],
    `${NAMES} not found, and apt-get failed: no end within 0.1 s`,
  ],
  [
    "with packages that hold no such program",
    ["apt-get", "root", "network", "lists", "empty"],
    `${NAMES} not found after apt-get had installed them`,
  ],
] as const)("%s it is one sentence", (_, has, sentence) => {
  const { here } = machine(has);
  expect(ensurePrograms(has.some((one) => one === "hangs") ? { ...here, limitMs: 100 } : here)).toBe(sentence);
  expect(existsSync(here.policy)).toBe(false);
});

test("apt-get is not called by who is not root, or it would say the same in its own words", () => {
  const { here, calls } = machine(["apt-get", "network", "lists"]);
  ensurePrograms(here);
  expect(calls()).toEqual([]);
  // A container's root that may not write there either.
  expect(ensurePrograms({ ...here, isRoot: true })).toBe(
    `${NAMES} not found, and apt-get failed: E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?`,
  );
});

test("a system that cannot be written to is a sentence, too", () => {
  const { here, at } = machine(["apt-get", "root", "network", "lists"]);
  expect(ensurePrograms({ ...here, policy: at("nowhere/policy-rc.d") })).toContain(
    `${NAMES} not found, and apt-get failed: ENOENT`,
  );
});

test("a policy of the machine stays as it is; what a killed run left forbids nothing and goes", () => {
  const { here, started } = machine(["apt-get", "root", "network", "lists"]);
  writeFileSync(here.policy, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  expect(ensurePrograms(here)).toBeUndefined();
  expect(readFileSync(here.policy, "utf8")).toBe("#!/bin/sh\nexit 0\n");
  expect(started()).toEqual(["nginx", "redis-server", "postgresql"]);

  const other = machine(["apt-get", "root", "network", "lists"]);
  // No process has this number: it is above what any system hands out.
  const left =
    "#!/bin/sh\n# Written by fridayproof while it installs packages.\nkill -0 2147483646 2> /dev/null && exit 101\nexit 0\n";
  writeFileSync(other.here.policy, left, { mode: 0o755 });
  expect(spawnSync(other.here.policy).status).toBe(0);
  expect(ensurePrograms(other.here)).toBeUndefined();
  expect(other.started()).toEqual([]);
  expect(existsSync(other.here.policy)).toBe(false);
});
