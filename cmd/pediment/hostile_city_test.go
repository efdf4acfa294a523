package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"

	"pediment/cmd/pediment/example"
)

// hostileTexts do harm where they are not taken as text.
var hostileTexts = []string{
	`</script><script>document.title='PWNED'</script>`,
	`=HYPERLINK("http://x.example","click")`,
	"\u202egnp.exe\u202c \u200f!",
	strings.Repeat("a name that does not stop ", 12)[:300],
	`"'><img src=x onerror=alert(1)>{{.}}{b}${x}`,
	`__f__alert(1)__f__ ]]> <!-- &amp; --> `,
	`@SUM(1+1)*cmd|' /C calc'!A0`,
}

// textKeys are the fields of a project's files that hold free text.
var textKeys = []string{"city", "name", "title", "question", "description", "label", "source", "note", "owner", "evidence",
	"finding", "suggestion", "outcome", "reason", "text", "business_as_usual", "definition", "framework"}

// Every text field of a whole project tries to break out, and no rendition lets it.
func TestHostileCity(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "city")
	if err := example.Write(context.Background(), dir, example.Options{}); err != nil {
		t.Fatal(err)
	}
	poison(t, dir)
	pediment(t, dir, "check", "-q")
	every := []string{}
	for _, f := range reportFormats {
		if f.Name != "pdf" { // needs a browser: see the acceptance tests
			every = append(every, f.Name)
		}
	}
	for edition, names := range map[string][]string{"public": {"html", "json"}, "internal": every} {
		out := filepath.Join(t.TempDir(), edition)
		pediment(t, dir, "report", "-q", "--edition", edition, "--format", strings.Join(names, ","), "-o", out)
		files, err := filepath.Glob(filepath.Join(out, "*"))
		if err != nil || len(files) < len(names) {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if name := filepath.Base(file); strings.ContainsAny(name, `<>"'=:/\|?* `) || len(name) > 200 {
				t.Errorf("the file name %q is not safe", name)
			}
			harmless(t, filepath.Base(file), data)
		}
	}
}

// poison appends a hostile text to every text of the project's files.
func poison(t *testing.T, dir string) {
	t.Helper()
	next := 0
	hostile := func() string { next++; return hostileTexts[next%len(hostileTexts)] }
	edit := func(pattern string, change func([]byte) []byte) {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err == nil {
				err = os.WriteFile(file, change(data), 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, pattern := range []string{"pediment.yaml", "plan.yaml", "partners.yaml", "indicators/*.yaml", "appraisals/*.yaml"} {
		edit(pattern, func(data []byte) []byte { return poisonYAML(t, data, hostile) })
	}
	edit("notes/*.md", func(data []byte) []byte {
		return append(data, "\n\n"+strings.Join(hostileTexts, "\n\n")+"\n\n[click](javascript:alert(1)) <b onclick=alert(1)>b</b>\n"...)
	})
	edit("places.csv", func(data []byte) []byte {
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			row[1] += " " + hostile()
		}
		var out bytes.Buffer
		if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	})
	edit("feedback.jsonl", func(data []byte) []byte {
		for _, text := range hostileTexts {
			line, err := json.Marshal(map[string]string{"date": "2025-05-02", "about": "2.1.3.1", "stakeholder": text, "text": text, "status": text, "response": text})
			if err != nil {
				t.Fatal(err)
			}
			data = append(append(data, line...), '\n')
		}
		return data
	})
	edit("data/employers-2024.csv", func(data []byte) []byte { // levels of a breakdown
		return bytes.ReplaceAll(data, []byte("hospitality"), []byte("=HYPERLINK(1) <script>document.title='PWNED'</script>"))
	})
}

// poisonYAML appends a hostile text to the value of every text key.
func poisonYAML(t *testing.T, data []byte, hostile func() string) []byte {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	var walk func(n *yaml.Node, under string)
	walk = func(n *yaml.Node, under string) {
		for k, child := range n.Content {
			key := under
			if n.Kind == yaml.MappingNode && k%2 == 1 {
				key = n.Content[k-1].Value
				if child.Kind == yaml.ScalarNode && slices.Contains(textKeys, key) && !refers(under, key, child.Value) {
					child.Value, child.Style, child.Tag = child.Value+" "+hostile(), yaml.DoubleQuotedStyle, "!!str"
				}
			}
			walk(child, key)
		}
	}
	walk(&doc, "")
	out, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// refers reports whether a field holds the name of something else, which would not be
// found under another.
func refers(under, key, value string) bool {
	return under == "columns" || under == "unpivot" || key == "source" && !strings.Contains(value, " ")
}

// harmless checks one file of a report by its kind.
func harmless(t *testing.T, name string, data []byte) {
	t.Helper()
	switch filepath.Ext(name) {
	case ".html":
		harmlessPage(t, name, data)
	case ".xlsx":
		harmlessWorkbook(t, name, data)
	case ".docx", ".zip":
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(name, err)
		}
		for _, part := range archive.File {
			file, err := part.Open()
			if err != nil {
				t.Fatal(name, err)
			}
			text, err := io.ReadAll(file)
			file.Close()
			if err != nil {
				t.Fatal(name, err)
			}
			harmless(t, name+"/"+part.Name, text)
		}
	case ".xml", ".rels", ".svg":
		wellFormed(t, name, data)
	case ".json":
		if !json.Valid(data) {
			t.Errorf("%s is not JSON", name)
		}
	case ".csv":
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for k, row := range rows {
			for _, cell := range row {
				if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
					t.Errorf("%s:%d: a spreadsheet would compute %.40q", name, k+1, cell)
				}
			}
		}
	}
}

// harmlessPage finds no element and no attribute that the hostile texts brought.
func harmlessPage(t *testing.T, name string, data []byte) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(name, err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		script := n.Data == "script" && n.FirstChild != nil && strings.HasPrefix(strings.TrimSpace(n.FirstChild.Data), "document.title")
		if script || n.Data == "img" && attribute(n, "src") == "x" {
			t.Errorf("%s: a hostile <%s> is in the page", name, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("%s: <%s %s=%.40q>", name, n.Data, a.Key, a.Val)
			}
		}
	}
}

// harmlessWorkbook finds no formula that opens a link or calls a program.
func harmlessWorkbook(t *testing.T, name string, data []byte) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(name, err)
	}
	defer book.Close()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(name, err)
	}
	for _, part := range archive.File {
		file, err := part.Open()
		if err != nil {
			t.Fatal(name, err)
		}
		text, err := io.ReadAll(file)
		file.Close()
		if err != nil {
			t.Fatal(name, err)
		}
		if bytes.Contains(text, []byte("<f>HYPERLINK(")) || bytes.Contains(text, []byte("<f>SUM(1+1)*cmd")) {
			t.Errorf("%s/%s has a hostile formula", name, part.Name)
		}
		if strings.HasSuffix(part.Name, ".xml") {
			wellFormed(t, name+"/"+part.Name, text)
		}
	}
}

// wellFormed reports XML that a reader would refuse.
func wellFormed(t *testing.T, name string, data []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Error(fmt.Errorf("%s: %w", name, err))
			return
		}
	}
}
