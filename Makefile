# make demo        build, make the example city, write its report
# make test        everything that needs only Go and a C compiler
# make acceptance  what only LibreOffice and Chromium can judge; installs them
# make trials      real data: DATA=folder with the public data sets
# make reference   draw the reference samples and ask R about them again; needs R
# make bench       speed and memory, side by side with DuckDB itself; draws per second of an appraisal; 500 districts analysed;
#                  the dashboard with one reader and with 200

ROWS ?= 10000000
ESTIMATE_ROWS ?= 100000 1000000 5000000

# The DuckDB driver has its Arrow interface under this tag. A -tags flag replaces
# that of GOFLAGS, so it names the tag again.
export GOFLAGS := -tags=duckdb_arrow

.PHONY: build demo test lint acceptance trials reference bench bench-dashboard

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
	go vet -tags duckdb_arrow,acceptance,trials ./...

test: lint
	go test -timeout 25m ./...

acceptance: build
	@command -v soffice >/dev/null && test -e /usr/lib/libreoffice/program/libswlo.so && command -v chromium >/dev/null && command -v pdfinfo >/dev/null && command -v npm >/dev/null || { \
		apt-get update -q && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
			chromium libreoffice-calc libreoffice-writer poppler-utils nodejs npm fonts-noto-core fonts-noto-cjk; }
	go test -tags duckdb_arrow,acceptance -count=1 -timeout 30m ./reports ./cmd/pediment \
		-run "^($$(sed -n 's/^func \(Test[A-Za-z]*\)(.*/\1/p' */*acceptance_test.go cmd/pediment/*acceptance_test.go | paste -sd '|' -))$$"

trials: build
	@test -n "$(DATA)" || { echo "usage: make trials DATA=folder with the public data sets"; exit 2; }
	PEDIMENT_TRIALS="$(abspath $(DATA))" go test -tags duckdb_arrow,trials -run Trials -count=1 -v ./cmd/pediment

reference:
	@Rscript -e 'quit(status = !all(sapply(c("survey", "MASS"), requireNamespace, quietly = TRUE)))' 2>/dev/null || { \
		echo "needs R with survey 4.1-1: apt-get install r-base-core r-cran-survey r-cran-mass"; exit 2; }
	UPDATE=1 go test -run '^TestReferenceData$$' -count=1 ./cmd/pediment
	cd cmd/pediment/testdata/reference && rm -f *.json *_rw.csv pairs_brr.csv && Rscript reference.R

bench:
	go test ./analysis/costbenefit -run '^$$' -bench Appraise -benchtime 5x
	go test -p 1 ./analysis/progress ./analysis/equity ./analysis/quality ./analysis/disclosure ./analysis/composite -run '^$$' -bench . -benchtime 1x
	PEDIMENT_BENCH_ROWS=$(ROWS) go test ./ingest -run '^$$' -bench LoadCSV -benchtime 1x
	for rows in $(ESTIMATE_ROWS); do \
		PEDIMENT_BENCH_ROWS=$$rows go test ./cmd/pediment -run '^$$' -bench Estimate -benchtime 1x -timeout 60m || exit 1; done
	$(MAKE) bench-dashboard

bench-dashboard: build
	sh cmd/pediment/testdata/load.sh ./pediment
