#!/usr/bin/env node
/**
 * Stands in for the Pulumi CLI: refuses what CLI 3.260 refuses (pulumi-flags.json holds the flags that its `--help` lists,
 * command by command), records how it was called, and asks every attached provider who it is.
 */
"use strict";

const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { commands } = require("./pulumi-flags.json");
const load = createRequire(process.env.FAKE_PULUMI_ROOT + "/package.json");
const grpc = load("@grpc/grpc-js");
const { ResourceProviderClient } = load("@pulumi/pulumi/proto/provider_grpc_pb");
const { Empty } = load("google-protobuf/google/protobuf/empty_pb");

/** Flags of the CLI whose value may be left out. */
const VALUE_OPTIONAL = ["refresh", "suppress-permalink"];
/** Flags of all commands that take a value. */
const GLOBAL_VALUES = { "config-file": "string", cwd: "string", color: "string", stack: "string" };

function fail(sentence) {
  process.stderr.write(`error: ${sentence}\n`);
  process.exit(1);
}

/** The command's own words and its flags, or the real CLI's refusal. */
function parse(args) {
  const name = [args.slice(0, 2).join(" "), args[0]].find((words) => words in commands);
  if (name === undefined) fail(`unknown command "${args[0]}" for "pulumi"`);
  const { flags, global } = commands[name];
  const parsed = { name, words: [], flags: {} };
  const rest = args.slice(name.split(" ").length);
  for (let at = 0; at < rest.length; at += 1) {
    if (!rest[at].startsWith("--")) parsed.words.push(rest[at]);
    else {
      const flag = rest[at].slice(2);
      if (!(flag in flags) && !global.includes(flag)) fail(`unknown flag: --${flag}`);
      const takes = (flags[flag] ?? GLOBAL_VALUES[flag] ?? null) !== null && !VALUE_OPTIONAL.includes(flag);
      parsed.flags[flag] = [...(parsed.flags[flag] ?? []), takes ? rest[(at += 1)] : true];
    }
  }
  return parsed;
}

/** The configuration file that a command writes into: the one named, else the one beside Pulumi.yaml. */
function configFile(stack, { flags }) {
  if (flags["config-file"] !== undefined) return flags["config-file"][0];
  if (!existsSync("Pulumi.yaml"))
    fail("no Pulumi.yaml project file found (searching upwards from the working directory)");
  return `Pulumi.${stack}.yaml`;
}

function ask(port) {
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return new Promise((resolve) => {
    client.getPluginInfo(new Empty(), (error, info) => resolve(error ? `error: ${error.message}` : info.getVersion()));
  });
}

async function attachedProviders() {
  const attached = {};
  for (const pair of (process.env.PULUMI_DEBUG_PROVIDERS || "").split(",").filter((one) => one !== "")) {
    const [name, port] = pair.split(":");
    attached[name] = { port: Number(port), version: await ask(port) };
  }
  return attached;
}

/** What each command does to the files around it, and prints. */
const effects = {
  "stack select"(parsed) {
    const file = configFile(parsed.words[0], parsed);
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (!text.includes("encryptionsalt")) writeFileSync(file, `${text}encryptionsalt: v1:c2FsdA==:v1:dGVzdA==\n`);
  },
  "config set"(parsed) {
    const secret = parsed.flags.secret !== undefined;
    const value = parsed.words[1] ?? readFileSync(0, "utf8");
    const written = secret ? `    secure: v1:${Buffer.from(value).toString("hex")}` : `    ${value}`;
    appendFileSync(configFile(parsed.flags.stack[0], parsed), `  # ${parsed.words[0]}\n${written}\n`);
  },
  "stack ls"() {
    const names = Object.keys(states());
    process.stdout.write(JSON.stringify(names.map((name) => ({ name, resourceCount: 1 }))));
  },
  "stack export"({ flags }) {
    const { held, lifted } = states()[flags.stack[0]];
    process.stdout.write(JSON.stringify({ version: 3, deployment: { resources: isLifted() ? lifted : held } }));
  },
  preview({ flags }) {
    const file = process.env.FAKE_PULUMI_PLAN;
    if (flags.json !== undefined && file !== undefined) process.stdout.write(readFileSync(file, "utf8"));
    else process.exit(Number(process.env.FAKE_PULUMI_EXIT || 0));
  },
  "stack output"() {
    process.stdout.write('{"url":"https://dev.example.com","password":"[secret]"}\n');
  },
};

/** Stacks of the backend: what each holds before and after an update with fridayproof:teardown=true. */
function states() {
  const file = process.env.FAKE_PULUMI_STATES;
  return file === undefined ? {} : JSON.parse(readFileSync(file, "utf8"));
}

function isLifted() {
  return readFileSync(process.env.FAKE_PULUMI_RECORD, "utf8").includes("fridayproof:teardown=true");
}

async function main() {
  const parsed = parse(process.argv.slice(2));
  const { PULUMI_BACKEND_URL: backend, PULUMI_CONFIG_PASSPHRASE: passphrase, NODE_OPTIONS: nodeOptions } = process.env;
  const attached = await attachedProviders();
  const record = { args: process.argv.slice(2), cwd: process.cwd(), backend, passphrase, nodeOptions, attached };
  appendFileSync(process.env.FAKE_PULUMI_RECORD, `${JSON.stringify(record)}\n`);
  effects[parsed.name]?.(parsed);
  const code = parsed.name in effects ? 0 : Number(process.env.FAKE_PULUMI_EXIT || 0);
  // A state is more than a pipe holds: leaving at once would cut it off.
  process.stdout.write("", () => process.exit(code));
}

main();
