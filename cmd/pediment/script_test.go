package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/ianaindex"
)

// TestMain lets scripts run pediment as a command of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"pediment": func() {
			os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs testdata/script/*.txtar: inputs, commands and expected output
// in one file each. UPDATE=1 rewrites the expected output, to be reviewed.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 root + "/testdata/script",
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"encode": encode},
	})
}

// encode rewrites a UTF-8 file in another encoding: encode windows-1252 FILE.
func encode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: encode ENCODING FILE")
	}
	e, err := ianaindex.IANA.Encoding(args[0])
	ts.Check(err)
	text, err := e.NewEncoder().String(ts.ReadFile(args[1]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}
