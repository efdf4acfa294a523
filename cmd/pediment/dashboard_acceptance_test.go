//go:build acceptance

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The example city's dashboard, used by a browser as people use it: read, found,
// filtered, drilled into, levers moved, remarks left and answered, taken away,
// printed, on a phone, by keyboard, without scripts; no page asks for anything beyond
// this machine, writes a fault or breaks a rule of accessibility. The steps are in
// testdata/browser. PEDIMENT_PICTURES names a folder for what the pages look like.
func TestDashboardInABrowser(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "city")
	pedimentSays(t, "", "init", dir, "--example")
	pedimentSays(t, "", "-C", dir, "-q", "report", "--format", "html")
	for _, name := range []string{"viewer", "evaluator", "finance"} {
		pedimentSays(t, "correct horse battery "+name+"\n", "-C", dir, "user", "add", name, "--role", name)
	}
	page := filepath.Join(dir, "reports", "riverbend-2025-public.html")
	useBrowser(t, served(t, dir), "PEDIMENT_FILE="+page)
}

// A city whose every text tries to break out of the page it is printed on.
func TestHostileDashboardInABrowser(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "city")
	pedimentSays(t, "", "init", dir, "--example")
	poison(t, dir)
	pedimentSays(t, "correct horse battery finance\n", "-C", dir, "user", "add", "finance", "--role", "finance")
	useBrowser(t, served(t, dir), "PEDIMENT_HOSTILE=1")
}

// pedimentSays runs a command that must succeed.
func pedimentSays(t *testing.T, in string, args ...string) {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(in), &out, &errOut); code != exitDone {
		t.Fatalf("pediment %v: exit %d\n%s", args, code, &errOut)
	}
}

// served serves the city until the test ends and returns the address.
func served(t *testing.T, dir string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	read, write := io.Pipe()
	done := make(chan int)
	var errOut bytes.Buffer
	go func() {
		defer write.Close()
		done <- run(ctx, []string{"-C", dir, "serve", "--open-feedback", "--listen", "127.0.0.1:0"}, nil, write, &errOut)
	}()
	t.Cleanup(func() {
		stop()
		if code := <-done; code != exitDone {
			t.Errorf("serve: exit %d\n%s", code, &errOut)
		}
	})
	address, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("serve says no address: %v\n%s", err, &errOut)
	}
	go func() { _, _ = io.Copy(io.Discard, read) }()
	return strings.TrimSpace(address)
}

// useBrowser takes the steps of testdata/browser at an address.
func useBrowser(t *testing.T, address string, settings ...string) {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("testdata/browser")); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{
		{"npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"},
		{"node", "run.mjs"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
		c := exec.CommandContext(ctx, command[0], command[1:]...)
		c.Dir = folder
		c.Env = append(append(os.Environ(), "PEDIMENT_BASE="+address, "PEDIMENT_OUT="+os.Getenv("PEDIMENT_PICTURES")), settings...)
		said, err := c.CombinedOutput()
		cancel()
		t.Logf("%v\n%s", command, said)
		if err != nil {
			t.Fatalf("%v: %v", command, err)
		}
	}
}
