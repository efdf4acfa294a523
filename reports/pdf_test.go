package reports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Without a browser the error says what to install and what to do instead.
func TestPDFWithoutBrowser(t *testing.T) {
	_, err := findBrowser([]string{"no-such-browser"})
	if err == nil || !strings.Contains(err.Error(), "install Chromium") || !strings.Contains(err.Error(), "print it") {
		t.Errorf("error %v", err)
	}
}

// A browser that fails, writes nothing or hangs ends in an error that names it.
func TestPDFOfBadBrowsers(t *testing.T) {
	for name, c := range map[string]struct{ script, want string }{
		"fails":  {"echo broken >&2; exit 3", "fails failed (exit status 3) (broken)"},
		"silent": {"exit 0", "silent wrote nothing"},
		"hangs":  {"exec sleep 60", "hangs was stopped after 300ms"},
	} {
		folder := t.TempDir()
		browser := filepath.Join(folder, name)
		if err := os.WriteFile(browser, []byte("#!/bin/sh\n"+c.script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		patience := 300 * time.Millisecond
		if name != "hangs" {
			patience = time.Minute
		}
		_, err := printPage(browser, folder, filepath.Join(folder, "page.html"), patience)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

// The hour of printing gives way to the report's date, in as many bytes.
func TestUndated(t *testing.T) {
	pdf := []byte("<< /Producer (Skia) /CreationDate (D:20261123153534+00'00')\n/ModDate (D:20261123153534+00'00') >>")
	got := string(undated(append([]byte(nil), pdf...), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)))
	if len(got) != len(pdf) || strings.Count(got, "D:20260101000000") != 2 {
		t.Errorf("got %s", got)
	}
}
