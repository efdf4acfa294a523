#!/bin/sh
# The dashboard of the example city under load: one reader on a warm server, 200 at
# once, and one who is signed in. Fails on any answer but 200, on any error, and when
# half of the first pages take longer than 100 ms.
#
#   load.sh PEDIMENT      SECONDS_EACH=10 is how long each part takes
set -eu
pediment=$(realpath "$1")
seconds=${SECONDS_EACH:-10}
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
GOBIN="$folder" go install github.com/tsenart/vegeta/v12@v12.13.0
vegeta="$folder/vegeta"

"$pediment" -q init "$folder/city" --example
echo "correct horse battery staple" | "$pediment" -q -C "$folder/city" user add reader --role viewer
"$pediment" -q -C "$folder/city" serve --listen 127.0.0.1:0 >"$folder/address" 2>"$folder/errors" &
server=$!
tries=0
until [ -s "$folder/address" ]; do
	tries=$((tries + 1))
	[ "$tries" -lt 120 ] && kill -0 "$server" || { cat "$folder/errors" >&2; exit 1; }
	sleep 1
done
base=$(cat "$folder/address")

# judge NAME LIMIT prints what vegeta saw; every answer must be 200, and half of them
# be there within LIMIT milliseconds, 0 for no limit.
judge() {
	"$vegeta" report <"$folder/seen" >"$folder/report"
	echo "== $1"
	grep -E '^(Requests|Latencies|Success|Status)' "$folder/report"
	grep -Eq '^Status Codes +\[code:count\] +200:[0-9]+ *$' "$folder/report" || { echo "load: $1: not every answer is 200" >&2; sed -n '/^Error Set/,$p' "$folder/report" >&2; exit 1; }
	"$vegeta" report -type=json <"$folder/seen" | tr ',{' '\n\n' | sed -n 's/^"50th":\([0-9]*\).*/\1/p' >"$folder/median"
	[ "$2" -eq 0 ] || [ "$(cat "$folder/median")" -lt "$(($2 * 1000000))" ] || { echo "load: $1: half of the answers take longer than $2 ms" >&2; exit 1; }
}

# attack RATE WORKERS TARGETS… asks for pages in turn, compressed as browsers do.
attack() {
	rate=$1 workers=$2 cookie=$3
	shift 3
	for page in "$@"; do printf 'GET %s%s\n%sAccept-Encoding: gzip\n\n' "$base" "$page" "$cookie"; done >"$folder/targets"
	"$vegeta" attack -targets="$folder/targets" -rate="$rate" -workers="$workers" -max-workers="$workers" -connections=200 -duration="${seconds}s" -timeout=30s >"$folder/seen"
}

for page in / /areas /plan /fairness /finance /data /indicator/2.1.3.1 /scorecard; do curl -sf -o /dev/null "$base$page"; done
attack 20 1 "" /
judge "first page, one reader on a warm server" 100
attack 0 200 "" / /areas /plan /fairness /finance /data /indicator/2.1.3.1 /scorecard /area/2.1
judge "200 readers at once, nine pages" 0

curl -sf -o /dev/null -c "$folder/jar" --data-urlencode name=reader --data-urlencode "password=correct horse battery staple" --data to=/ "$base/sign-in"
session=$(awk -F '\t' 'NF == 7 {print $6 "=" $7}' "$folder/jar")
attack 5 1 "Cookie: $session
" / /indicator/2.1.3.1
judge "signed in, one reader, pages made for each request" 0
attack 2 1 "Cookie: $session
" "/indicator/2.1.3.1?period=2023"
judge "signed in, a filtered view computed for each request" 0
