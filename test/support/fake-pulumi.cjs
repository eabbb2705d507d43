#!/usr/bin/env node
/** Stands in for the Pulumi CLI: records how it was called, and asks every attached provider who it is. */
"use strict";

const { appendFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const load = createRequire(process.env.FAKE_PULUMI_ROOT + "/package.json");
const grpc = load("@grpc/grpc-js");
const { ResourceProviderClient } = load("@pulumi/pulumi/proto/provider_grpc_pb");
const { Empty } = load("google-protobuf/google/protobuf/empty_pb");

function ask(port) {
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return new Promise((resolve) => {
    client.getPluginInfo(new Empty(), (error, info) => resolve(error ? `error: ${error.message}` : info.getVersion()));
  });
}

async function main() {
  const attached = {};
  for (const pair of (process.env.PULUMI_DEBUG_PROVIDERS || "").split(",")) {
    const [name, port] = pair.split(":");
    attached[name] = { port: Number(port), version: await ask(port) };
  }
  const { PULUMI_BACKEND_URL: backend, PULUMI_CONFIG_PASSPHRASE: passphrase } = process.env;
  const record = { args: process.argv.slice(2), cwd: process.cwd(), backend, passphrase, attached };
  appendFileSync(process.env.FAKE_PULUMI_RECORD, `${JSON.stringify(record)}\n`);
  process.exit(process.argv[2] === "stack" ? 0 : Number(process.env.FAKE_PULUMI_EXIT || 0));
}

main();
