package example

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"pediment/analysis"
)

// small is the smallest city, for tests that do not count on numbers.
var small = Options{Residents: 10_000, Participation: 2_000}

// written writes a city into a new folder.
func written(t testing.TB, o Options) string {
	t.Helper()
	dir := t.TempDir()
	if err := Write(t.Context(), dir, o); err != nil {
		t.Fatal(err)
	}
	return dir
}

// hashes returns the SHA-256 of every file of the folder.
func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		found[filepath.ToSlash(name)] = fmt.Sprintf("%x", sha256.Sum256(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestSameSeedSameBytes(t *testing.T) {
	first, again := hashes(t, written(t, small)), hashes(t, written(t, small))
	if len(first) != len(generators()) {
		t.Errorf("%d files written, %d generators", len(first), len(generators()))
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("two runs differ (-first +again):\n%s", diff)
	}
}

// TestSeedReachesEveryDraw lists the files that do not depend on the seed; every
// other file must change with it.
func TestSeedReachesEveryDraw(t *testing.T) {
	fixed := map[string]bool{
		"pediment.yaml": true, "README.md": true, "places.csv": true, "places.geojson": true, "feedback.jsonl": true,
		"indicators/own.yaml": true, "notes/1.1.4.1.md": true, "notes/2.3.4.1.md": true, "notes/2.2.md": true, "notes/summary.md": true, "notes/lessons.md": true, "data/population.csv": true,
		"margins/residents.csv": true, "deflators.csv": true, "partners.yaml": true, "plan.yaml": true, "recommendations.yaml": true,
		"appraisals/festival.yaml": true, "appraisals/literacy.yaml": true,
	}
	other := small
	other.Seed = 2
	first, second := hashes(t, written(t, small)), hashes(t, written(t, other))
	for file, hash := range first {
		if same := second[file] == hash; same != fixed[file] {
			t.Errorf("%s: same bytes with another seed is %v, want %v", file, same, fixed[file])
		}
	}
}

func TestWriteOverwritesNothing(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "feedback.jsonl")
	if err := os.WriteFile(mine, []byte("mine\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var problem analysis.Problem
	if err := Write(t.Context(), dir, small); !errors.As(err, &problem) || problem.File != mine {
		t.Errorf("error is %v, want a problem about %s", err, mine)
	}
	if content, _ := os.ReadFile(mine); string(content) != "mine\n" {
		t.Errorf("the file was overwritten with %q", content)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("%d entries in the folder, want the one that was there", len(entries))
	}
}

func TestWriteStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Write(ctx, t.TempDir(), small); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want context.Canceled", err)
	}
}

func TestTooSmallACity(t *testing.T) {
	for _, o := range []Options{{Residents: 9_999}, {Residents: -1}, {Participation: 999}} {
		if err := Write(t.Context(), t.TempDir(), o); err == nil {
			t.Errorf("%+v was accepted", o)
		}
	}
}

// table reads a written file as rows of cells after decoding its text.
func table(t *testing.T, dir, file string, delimiter rune, decode func([]byte) string) [][]string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(strings.NewReader(decode(content)))
	reader.Comma = delimiter
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return rows
}

func utf8Text(content []byte) string { return strings.TrimPrefix(string(content), "\ufeff") }

// singleByte decodes Latin-1; it is also good for Windows-1252 where only the
// letters shared by the two are looked at.
func singleByte(content []byte) string {
	runes := make([]rune, len(content))
	for i, b := range content {
		runes[i] = rune(b)
	}
	return string(runes)
}

func utf16Text(content []byte) string {
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = uint16(content[2*i]) | uint16(content[2*i+1])<<8
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
}

var benchmarkRows = flag.Int("rows", 200_000, "participation records that BenchmarkCourses writes; 10000000 is the size benchmarks of loading use")

// BenchmarkCourses writes the one file that grows without limit.
func BenchmarkCourses(b *testing.B) {
	c, err := newCity(Options{Participation: *benchmarkRows})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := courses(c, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(c.courseRecords())*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
