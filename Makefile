# make demo        build, make the example city, write its report
# make test        everything that needs only Go and a C compiler
# make acceptance  what only LibreOffice and Chromium can judge; installs them
# make trials      real data: DATA=folder with the public data sets
# make bench       speed and memory, side by side with DuckDB itself

ROWS ?= 10000000

.PHONY: build demo test lint acceptance trials bench

build:
	go build -trimpath -ldflags "-s -w" -o pediment ./cmd/pediment

demo: build
	rm -rf example
	./pediment init example --example
	./pediment -C example load
	./pediment -C example check --quiet
	./pediment -C example report

lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run: gofmt -w ."; exit 1; }
	go vet ./...
	go vet -tags acceptance,trials ./...

test: lint
	go test ./...

acceptance: build
	@command -v soffice >/dev/null && command -v chromium >/dev/null && command -v pdfinfo >/dev/null || { \
		apt-get update -q && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
			chromium libreoffice-calc poppler-utils fonts-noto-core fonts-noto-cjk; }
	go test -tags acceptance -count=1 ./reports ./cmd/pediment

trials: build
	@test -n "$(DATA)" || { echo "usage: make trials DATA=folder with the public data sets"; exit 2; }
	PEDIMENT_TRIALS="$(abspath $(DATA))" go test -tags trials -run Trials -count=1 -v ./cmd/pediment

bench:
	PEDIMENT_BENCH_ROWS=$(ROWS) go test ./ingest -run '^$$' -bench LoadCSV -benchtime 1x
