# One line of help stands behind each target's ##. Needs GNU make, a POSIX shell, Go and Node; the tests Java, Maven and Chromium too.

FUZZTIME ?= 10s
# Every package together: those that share the server of Neo4j wait for each other.
TESTFLAGS ?= -timeout 40m
ARGS ?=

tool := go tool -modfile=tools.mod
beside-neo4j := go run ./store/neo4j/neo4jtest/run --
# What people write and what gqlgen writes for them to fill in; not what it writes for itself.
written := find . -name '*.go' -not -path './*/node_modules/*' -not -path './graph/internal/gen/*' -not -path './clients/go/queries.go'
browser := CHROMIUM=$${CHROMIUM:-$$(command -v chromium || command -v chromium-browser || command -v google-chrome)}

# $(call need,PROGRAM,HOW TO GET IT): stops with one line when the program is missing.
need = @command -v $(1) >/dev/null 2>&1 || { echo "make $@: $(1) is missing: $(2)" >&2; exit 1; }

.PHONY: help
help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: build ## Build everything, load the sample stories into a temporary store and serve them; ARGS="--addr ..." goes to the program.
	bin/newsgraph demo $(ARGS)

.PHONY: build
build: web ## Build bin/newsgraph with the explorer and the playground in it.
	$(call need,go,see the go directive of go.mod for the version)
	CGO_ENABLED=0 go build -trimpath -o bin/newsgraph ./cmd/newsgraph

.PHONY: web
web: web/dist/index.html.gz ## Bundle the explorer and the playground.

# Vite empties web/dist first, and this file is of its making.
web/dist/index.html.gz: web/node_modules/.installed web/index.html web/playground.html web/tsconfig.json web/vite.config.ts web/codegen.mjs \
		$(wildcard schema/*.graphqls) docs/api.md $(shell find web/src web/public -type f -not -path 'web/src/api/gen/*' 2>/dev/null)
	cd web && npm run build

web/node_modules/.installed: web/package-lock.json web/package.json web/.npmrc
	$(call need,npm,apt-get install nodejs npm (20.19 or later of Node))
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || a == 22 && b >= 12 || a == 20 && b >= 19 ? 0 : 1)' || \
		{ echo "make $@: Node is $$(node --version): 20.19, 22.12 or a later release is needed" >&2; exit 1; }
	cd web && npm ci
	@touch $@

clients/node_modules/.installed: clients/package-lock.json clients/package.json clients/.npmrc web/node_modules/.installed
	cd clients && npm ci
	@touch $@

.PHONY: generate
generate: ## Make the generated code again.
	go generate ./...
	cd clients/go && go generate ./...

.PHONY: check
check: check-format check-vet check-lint check-web check-clients check-generated check-modules check-lock ## Format, vet, lint, what breaks clients, stale generated code, tidy modules, clean lock files.

.PHONY: check-format
check-format:
	@echo "gofumpt -d"
	@files=$$($(written)); diff=$$($(tool) gofumpt -d $$files) && [ -z "$$diff" ] || \
		{ printf '%s\n' "$$diff"; echo "make $@: run go tool -modfile=tools.mod gofumpt -w on these files" >&2; exit 1; }

.PHONY: check-vet
check-vet:
	go vet ./...
	cd clients/go && go vet ./...

# The first run builds the linter, which takes a minute or two.
.PHONY: check-lint
check-lint:
	$(tool) golangci-lint run
	cd clients/go && go tool -modfile=../../tools.mod golangci-lint run

# Formatter and linter of the pages; their types and documents are checked when they are built.
.PHONY: check-web
check-web: web/node_modules/.installed
	cd web && npm run --silent check

# Types of the clients; Relay's rules for the schema; what clients of the last release could ask and can no longer.
.PHONY: check-clients
check-clients: clients/node_modules/.installed
	cd clients && ../web/node_modules/.bin/biome check --error-on-warnings . && npm run --silent check

# Compares sums and not with git, so that it can be run before a commit too.
sums := find . -name '*.go' -not -path './*/node_modules/*' | LC_ALL=C sort | xargs cksum
.PHONY: check-generated
check-generated:
	@mkdir -p bin && $(sums) >bin/sums.before
	go generate ./...
	cd clients/go && go generate ./...
	@$(sums) >bin/sums.after; diff bin/sums.before bin/sums.after || \
		{ echo "make $@: generated code was stale; it has been made again: commit it" >&2; exit 1; }

.PHONY: check-modules
check-modules:
	go mod tidy -diff
	go mod verify
	cd clients/go && go mod tidy -diff

.PHONY: check-lock
check-lock:
	@! grep -n '"resolved": *"http' web/package-lock.json clients/package-lock.json || \
		{ echo "make $@: a lock file names a registry's host: delete it and run npm install beside it, where .npmrc leaves that out" >&2; exit 1; }

.PHONY: test
test: ready build test-clients ## Run every test: units, both stores with a real Neo4j, end to end, the browser, clients.
	cd web && npm test --silent
	$(browser) $(beside-neo4j) go test $(TESTFLAGS) ./...

.PHONY: test-clients
test-clients: build clients/node_modules/.installed ## Ask the program as teams do: with Relay, with urql while stories load, from Go.
	cd clients && npm test --silent
	cd clients/go && NEWSGRAPH=$(CURDIR)/bin/newsgraph go test ./...

# A short form of each is in make test; NEWSGRAPH_FAULTS is how many times each fault is tried.
FAULTS ?= 20
.PHONY: test-faults
test-faults: ready build ## Kill, cut, fill and poison loads FAULTS (20) times each: the export must be that of an undisturbed load.
	NEWSGRAPH_FAULTS=$(FAULTS) $(beside-neo4j) go test -count 1 -timeout 4h -v ./cmd/newsgraph \
		-run '^Test(Killed|KilledAtCommit|AnyOrder|LoadInterrupted|Queue|WatchKilled|WatchStopped|BadInput|Poison|Shuffled|DiskFull|Neo4j)'

.PHONY: race
race: ready build ## Run every test with the race detector; it needs a C compiler and takes long.
	$(call need,$(shell go env CC),apt-get install gcc)
	$(browser) CGO_ENABLED=1 $(beside-neo4j) go test -race -timeout 60m ./...

# What the tests need. Chromium is the one thing that a machine for Go, Node and Java lacks, so root gets it.
.PHONY: ready
ready:
	$(call need,java,apt-get install default-jdk-headless (or openjdk-17-jre-headless): Neo4j runs on 17 or 21)
	$(call need,mvn,apt-get install maven: it fetches Neo4j from its jars)
	$(call need,node,apt-get install nodejs npm (20.19 or later of Node))
	@$(browser); if [ -n "$$CHROMIUM" ]; then exit 0; fi; \
	if [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core; \
	else \
		echo "make $@: Chromium is missing: apt-get install chromium fonts-dejavu-core, or name a browser of its kind in CHROMIUM" >&2; exit 1; \
	fi

.PHONY: accuracy
accuracy: ## Measure how well English is read against the gold beside the project, and write docs/accuracy.md.
	.ci/accuracy

.PHONY: pictures
pictures: ready build ## Make the README's pictures anew: seven views of the explorer, and the playground, on the samples.
	$(browser); bin/newsgraph demo --addr 127.0.0.1:18080 & demo=$$!; trap 'kill $$demo' EXIT; \
	until curl -sf http://127.0.0.1:18080/readyz >/dev/null; do sleep 0.2; done; export CHROMIUM; \
	node web/e2e/pictures.mjs http://127.0.0.1:18080 docs && \
	node web/e2e/playground.mjs http://127.0.0.1:18080/graphql --screenshot docs/playground.png >/dev/null

.PHONY: fuzz
fuzz: ## Run every fuzz test for FUZZTIME (10s) each.
	@grep -rEo --include='*_test.go' --exclude-dir=node_modules '^func Fuzz[A-Za-z0-9_]*' . | \
	sed 's,^\(.*\)/[^/]*:func \(.*\)$$,\1 \2,' | LC_ALL=C sort | while read -r package name; do \
		echo "$$package $$name"; \
		go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 100x "$$package" </dev/null || exit 1; \
	done

SCALE ?= 0.1
PARTS ?=
.PHONY: bench
bench: ## Measure loading and asking on generated news at SCALE (0.1; 1 is a million reports), all or PARTS of it, and write docs/performance.md.
	.ci/bench $(SCALE) $(PARTS)

.PHONY: bench-peer
bench-peer: ## Ask this program and @neo4j/graphql the same questions at SCALE, and write that section of docs/performance.md.
	.ci/peer $(SCALE)

.PHONY: benchmarks
benchmarks: ready ## Run every benchmark of the packages.
	$(beside-neo4j) go test -run '^$$' -bench . -benchmem -timeout 60m ./...

# One time is what a benchmark of five medians needs.
.PHONY: bench-web
bench-web: ready build ## Measure the explorer in a browser, and write docs/performance-web.md.
	$(browser) NEWSGRAPH_BENCH_WEB=$(CURDIR)/docs/performance-web.md go test -run '^$$' -bench Explorer -benchtime 1x -timeout 30m ./cmd/newsgraph

.PHONY: lighthouse
lighthouse: ready build ## Have Lighthouse judge the accessibility of every view of the explorer, in both themes, on the samples.
	$(browser); bin/newsgraph demo --addr 127.0.0.1:18081 & demo=$$!; trap 'kill $$demo' EXIT; \
	until curl -sf http://127.0.0.1:18081/readyz >/dev/null; do sleep 0.2; done; export CHROMIUM; \
	node web/e2e/lighthouse.mjs http://127.0.0.1:18081

.PHONY: serve
serve: build ## Build everything and serve newsgraph.db; ARGS="--store neo4j://... --addr ..." goes to the program.
	bin/newsgraph serve $(ARGS)

.PHONY: clean
clean: ## Remove what was built.
	rm -rf bin web/dist web/node_modules web/test-results clients/node_modules coverage.out
