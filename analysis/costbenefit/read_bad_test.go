package costbenefit

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var wanted = regexp.MustCompile(`# want: (.*)$`)

// TestBadFiles holds the problems of every file against the comments beside its
// lines: "# want:" and the messages, "|" between them. A file that is read without
// problems is compiled.
func TestBadFiles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "bad", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a, problems := Read(file, data)
			if len(problems) == 0 {
				_, problems = Compile(a, answered())
			}
			got := map[int][]string{}
			for _, p := range problems {
				got[p.Line] = append(got[p.Line], p.Message)
			}
			for i, text := range strings.Split(string(data), "\n") {
				want := ""
				if found := wanted.FindStringSubmatch(text); found != nil {
					want = found[1]
				}
				if messages := strings.Join(got[i+1], " | "); messages != want {
					t.Errorf("line %d: %s\nwant %s", i+1, messages, want)
				}
				delete(got, i+1)
			}
			if len(got) > 0 {
				t.Errorf("without a line: %v", got)
			}
		})
	}
}
