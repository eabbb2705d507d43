# Every target does its own set-up. STACK=dev by default; ENGINE=pulumi uses the real Pulumi CLI; ARGS passes anything on: make preview ARGS="--refresh"
SHELL := /bin/sh
STACK ?= dev
ENGINE ?= embedded
ARGS ?=
BASE ?= origin/main
ON ?= sandbox
VERSIONS ?= 20 22 24 26
FRIDAYPROOF := node cli/bin.cjs
# Tests that hold something recorded, found by what they import; with UPDATE=1 they rewrite it. Verdicts of mutants take minutes and
# depend on time: whoever changes test/tools/mutation rewrites them.
RECORDED := grep -rlE 'support/(golden|recording)"|toMatchFileSnapshot' test --include=*.test.ts | grep -v '^test/tools/mutation/'

.DEFAULT_GOAL := help
.PHONY: help setup up preview destroy refresh drift drill drill-tests shift graph outputs policies cancel test unit pages packages workflows lint-migrations rehearse friday rehearsal-tests plan deploy checks upgrade mirror report render go-tools check verify releases api-server types lint unused format \
        format-check ci mutate policy-files component-docs bench scale crash next matrix tarballs update clean clean-all

help: ## this list
	@echo "make <target> [STACK=dev] [ARGS=...]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

setup: ## install packages and compile the policies, if anything changed
	@command -v node > /dev/null 2>&1 || { \
	  echo "fridayproof: Node.js is not on PATH. Install version 20.9 or newer from https://nodejs.org and try again." >&2; \
	  exit 1; }
	@node tools/setup/setup.cjs

up: setup ## bring STACK up on the sandbox, policies enforced
	@$(FRIDAYPROOF) up --yes --stack "$(STACK)" --engine "$(ENGINE)" $(ARGS)

preview: setup ## show what up would change, with the policies' findings
	@$(FRIDAYPROOF) preview --stack "$(STACK)" --engine "$(ENGINE)" $(ARGS)

destroy: setup ## delete everything STACK has on the sandbox, protection lifted first, without asking
	@$(FRIDAYPROOF) destroy --yes --stack "$(STACK)" --engine "$(ENGINE)" $(ARGS)

refresh: setup ## read the simulated cloud and write what differs into the state
	@$(FRIDAYPROOF) refresh --stack "$(STACK)" --engine "$(ENGINE)" $(ARGS)

drift: setup ## what others changed in STACK, who, and what the next up sets back; exit 7 where something did
	@$(FRIDAYPROOF) drift "$(STACK)" $(ARGS)

drill: setup ## rehearse the loss of a region on the sandbox: fail over, prove it, fail back (ARGS="--scenario blip", ARGS=--list): reports/drill.md, .svg
	@$(FRIDAYPROOF) drill --markdown reports/drill.md --svg reports/drill.svg $(ARGS)

drill-tests: setup ## every scenario of the drill and the scaling of the replica, end to end (minutes)
	@LONG_RUNS=1 npx vitest run test/cli/drill.test.ts test/cli/replica.test.ts

shift: setup ## other weights in STACK: TO="blue=95,green=5", or BACK=1 for those before (ARGS=--reason "...")
	@$(FRIDAYPROOF) shift --yes --stack "$(STACK)" --engine "$(ENGINE)" $(if $(BACK),--back,--to "$(TO)") $(ARGS)

graph: setup ## draw STACK as SVG into docs/pictures/ (ARGS="--level resource" for every resource)
	@$(FRIDAYPROOF) graph --stack "$(STACK)" --engine "$(ENGINE)" $(ARGS)

outputs: setup ## print the outputs of STACK
	@$(FRIDAYPROOF) outputs --stack "$(STACK)" --engine "$(ENGINE)" $(ARGS)

policies: setup ## list the policy rules
	@$(FRIDAYPROOF) policies $(ARGS)

cancel: setup ## break the lock that a killed run left on STACK
	@$(FRIDAYPROOF) cancel --stack "$(STACK)" --engine "$(ENGINE)" $(ARGS)

test: setup ## run all tests (ARGS="test/cli" for some)
	@node tools/setup/go-tools.cjs
	@node tools/setup/debian-tools.cjs
	@npx vitest run $(ARGS)

unit: setup ## run the tests that start no process and plan no whole environment, within a minute
	@npx vitest run --config vitest.unit.config.ts $(ARGS)

pages: setup ## follow README, the how-to pages, the runbooks of a lost region and the recipes, command by command (minutes)
	@LONG_RUNS=1 npx vitest run test/docs/how-to.test.ts test/docs/recipes.test.ts test/docs/runbooks.test.ts

packages: setup ## install each package's tarball in an empty project (minutes)
	@LONG_RUNS=1 npx vitest run test/packages

workflows: setup ## run the steps of the pull request's workflow in a copy (minutes)
	@LONG_RUNS=1 npx vitest run test/tools/pull-request

lint-migrations: setup ## what our rules and squawk have against the sample's migrations (ARGS=folder for others)
	@node --require ./sandbox/runtime/typescript.cjs tools/migrations/lint.ts $(ARGS)

rehearse: setup ## a release under load without Docker: switch, undo, SIGTERM, SIGKILL, reloads; lost requests are counted (a minute)
	@node tools/setup/debian-tools.cjs --needed
	@node --require ./sandbox/runtime/typescript.cjs tools/rehearsal/rehearse.ts

friday: setup ## a bug goes out on a Friday, by canary, blue/green and rolling: what users meet (two minutes; BUG=slow for another one, ARGS=--list lists them)
	@node tools/setup/debian-tools.cjs --needed
	@BUG="$(BUG)" node --require ./sandbox/runtime/typescript.cjs tools/rehearsal/friday/friday.ts $(ARGS)

rehearsal-tests: setup ## run the tests of the rehearsals that take a minute, one after the other: each loads the machine
	@node tools/setup/debian-tools.cjs --needed
	@LONG_RUNS=1 npx vitest run --no-file-parallelism test/tools/rehearsal

plan: setup ## plan STACK for whoever approves it: reports/plan-STACK.json, .md, .html and .digest (ON=aws is the real thing)
	@ON="$(ON)" node --require ./sandbox/runtime/typescript.cjs tools/deploy/deploy.ts plan "$(STACK)"

deploy: setup ## carry out the plan of STACK that was approved, and no other (APPROVED=reports/plan-STACK.digest)
	@ON="$(ON)" node --require ./sandbox/runtime/typescript.cjs tools/deploy/deploy.ts deploy "$(STACK)" "$(APPROVED)"

checks: setup ## whether STACK is healthy after its update: targets, nodes, what is missing, rollouts (ON=aws is the real thing)
	@ON="$(ON)" node --require ./sandbox/runtime/typescript.cjs tools/deploy/checks.ts "$(STACK)"

upgrade: setup ## propose the newest charts and add-ons in stacks/env.lock.json (needs a network, helm and aws): reports/upgrade.md
	@node --require ./sandbox/runtime/typescript.cjs tools/upgrade/upgrade.ts

mirror: setup ## copy the lock's charts and their images to REGISTRY (needs a network, helm, docker and aws)
	@node --require ./sandbox/runtime/typescript.cjs tools/mirror/mirror.ts "$(REGISTRY)"

report: setup ## what the checked-out commit changes of each environment (BASE=origin/main): reports/comment.md, report.sarif, report.json
	@node --require ./sandbox/runtime/typescript.cjs tools/pull-request/report.ts "$(BASE)"

render: setup ## write gitops/ from the specs in apps/
	@npx fridayproof render

go-tools: setup ## build promtool and amtool for the tests that run them, which needs Go
	@node tools/setup/go-tools.cjs --again

releases: setup ## run releases through Argo Rollouts' own controller, which needs Go (minutes, once)
	@node tools/setup/go-tools.cjs --again rollouts
	@npx vitest run test/components/delivery/controller

api-server: setup ## apply environments, applications and fixes to a real API server and carry releases out on it, which needs Go (half an hour, once), curl and CRDS_DIR
	@node tools/setup/go-tools.cjs --again etcd kube-apiserver kube-controller-manager rollouts-controller prometheus
	@LONG_RUNS=1 npx vitest run --no-file-parallelism test/api-server

types: setup ## check the types
	@npx tsc --noEmit -p .

lint: setup ## check the code's rules, imports between folders included
	@npx eslint . --max-warnings 0

format: setup ## rewrite the code in the house format
	@npx prettier --write --log-level warn .

format-check: setup ## check the format without writing
	@npx prettier --check --log-level warn .

unused: setup ## list files, exports and packages that nobody uses
	@npx knip --no-progress

check: types lint format-check unused ## types, lint, format and what nobody uses

verify: check test ## everything a change must pass: types, lint, format, nothing unused, tests

ci: ## what the pipeline runs: verify, with one closing line
	@.ci/run

mutate: setup ## mutation score of the policy rules: long; ARGS="--mutate policies/security/nodes.ts" for some
	@npx stryker run $(ARGS)

policy-files: setup ## rewrite stacks/policies/ and docs/policies.md from their sources
	@npm run --silent policies:config
	@npm run --silent policies:docs

component-docs: setup ## rewrite the generated parts of docs/components/ from sources and examples
	@npm run --silent components:docs

bench: setup ## median wall time of preview and up of dev, with what dominates
	@node --require ./sandbox/runtime/typescript.cjs bench/main.ts $(ARGS)

scale: setup ## wall time and peak memory of 100, 1,000 and 3,000 resources
	@node --require ./sandbox/runtime/typescript.cjs bench/scale.ts

crash: setup ## kill up at 100 seeded moments and go on each time
	@node --require ./sandbox/runtime/typescript.cjs bench/crash.ts

next: setup ## run the sandbox's tests with the newest Pulumi SDK, in a copy that is thrown away
	@node tools/versions/next-sdk.mjs $(ARGS)

matrix: setup ## run the sandbox's tests under Node 20, 22, 24 and 26; VERSIONS="22 24" for some
	@VERSIONS="$(VERSIONS)" node tools/versions/node-matrix.mjs $(ARGS)

tarballs: setup ## pack the five packages into dist/packages; each must work without the rest of this repository
	@npm run --silent pack

update: setup ## rewrite everything that is generated or recorded; read the diff before you commit it
	@npm run --silent schema
	@npm run --silent policies:config
	@npm run --silent policies:docs
	@npm run --silent costs:docs
	@npm run --silent quotas:docs
	@npm run --silent releases:docs
	@UPDATE=1 LONG_RUNS=1 npx vitest run $$($(RECORDED))

clean: ## remove state, account and everything built, keep packages
	@rm -rf .fridayproof policies/dist coverage reports

clean-all: clean ## also remove the packages
	@rm -rf node_modules
