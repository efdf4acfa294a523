package costbenefit

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzRead: whatever the file says, reading ends, and what is read without
// problems compiles to problems or to a model that can be computed.
func FuzzRead(f *testing.F) {
	f.Add([]byte(guarded))
	f.Add([]byte(live))
	for _, pattern := range []string{"bad", "good"} {
		files, err := filepath.Glob(filepath.Join("testdata", pattern, "*.yaml"))
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, problems := Read("fuzzed.yaml", data)
		if len(problems) > 0 {
			return // must not be compiled
		}
		m, problems := Compile(a, answered())
		if len(problems) == 0 {
			m.Compute(m.Values())
			m.assumptions()
		}
	})
}
