package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"
)

// README's make targets exist, and its pediment commands run as they stand in an
// empty folder, with files of the names they mention.
func TestReadmeCommands(t *testing.T) {
	readme, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range regexp.MustCompile("make ([a-z]+)").FindAllStringSubmatch(string(readme), -1) {
		command := exec.Command("make", "-n", target[1], "DATA=x")
		command.Dir = root
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("make %s: %v\n%s", target[1], err, out)
		}
	}
	t.Chdir(t.TempDir())
	write(t, "survey-2025.xlsx", workbook(t))
	write(t, "budget.csv", []byte("year;function;amount\n2024;09.1;1200,50\n2025;09.1;1300,25\n"))
	file := regexp.MustCompile("(?s)```yaml\n# (evening\\.yaml)\n.*?```").FindSubmatch(readme)
	if file == nil {
		t.Fatal("README shows no appraisal")
	}
	write(t, string(file[1]), bytes.TrimSuffix(bytes.TrimPrefix(file[0], []byte("```yaml\n")), []byte("```")))
	commands := regexp.MustCompile("(?m)^(?:[0-9]\\. `)?(?:\\./pediment|`\\./pediment) ([^`#\n]+)").FindAllStringSubmatch(string(readme), -1)
	if len(commands) < 4 {
		t.Fatalf("found %d commands in README", len(commands))
	}
	for _, command := range commands {
		args := strings.Fields(command[1])
		ctx, stop := context.WithCancel(context.Background())
		out := &untilReady{stop: stop}
		if slices.Contains(args, "serve") {
			args = append(args, "--listen", "127.0.0.1:0")
		}
		if code := run(ctx, args, strings.NewReader("correct horse battery staple\n"), out, out); code != exitDone {
			t.Errorf("pediment %s: exit %d\n%s", command[1], code, out)
		}
		stop()
	}
	for _, ext := range []string{"xlsx", "html"} {
		if files, _ := filepath.Glob("mycity/reports/*." + ext); len(files) != 1 {
			t.Errorf("%d files *.%s in mycity/reports", len(files), ext)
		}
	}
}

// untilReady is what a command prints; a server is stopped once it says that it is
// ready.
type untilReady struct {
	sync.Mutex
	bytes.Buffer
	stop func()
}

func (u *untilReady) Write(p []byte) (int, error) {
	u.Lock()
	defer u.Unlock()
	if bytes.Contains(p, []byte("Ready")) {
		u.stop()
	}
	return u.Buffer.Write(p)
}

// workbook is a small survey as an evaluator might have it.
func workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	rows := [][]any{{"id", "sex", "age", "learned_12m", "w"}}
	for k := range 40 {
		rows = append(rows, []any{k, []string{"female", "male"}[k%2], 25 + k, k%3 == 0, 1.5})
	}
	for k, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", k+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
