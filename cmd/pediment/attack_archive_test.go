package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
)

// unpacked reads the files of an archive, in order.
func unpacked(t *testing.T, data []byte, each func(name string, content []byte)) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.File {
		reader, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(file.Name, err)
		}
		each(file.Name, content)
		reader.Close()
	}
}

// documentStatements reads a document: its paragraphs, the rows of its tables, and
// alternative texts and properties.
func documentStatements(t *testing.T, data []byte) (all []statement) {
	unpacked(t, data, func(name string, content []byte) {
		if path.Ext(name) != ".xml" {
			return
		}
		var paragraph, row strings.Builder
		inRow := false
		decoder := xml.NewDecoder(bytes.NewReader(content))
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(name, err)
			}
			switch x := token.(type) {
			case xml.CharData:
				paragraph.Write(x)
			case xml.StartElement:
				inRow = inRow || x.Name.Local == "tr"
				for _, a := range x.Attr {
					if slices.Contains([]string{"descr", "title"}, a.Name.Local) {
						all = append(all, statement{name, "", a.Value, false})
					}
				}
			case xml.EndElement:
				switch {
				case x.Name.Local == "tr":
					all = append(all, statement{name, "", row.String(), true})
					row.Reset()
					inRow = false
				case x.Name.Local == "p" && inRow:
					row.WriteString(paragraph.String() + " | ")
					paragraph.Reset()
				case x.Name.Local == "p" && paragraph.Len() > 0:
					all = append(all, statement{name, "", paragraph.String(), false})
					paragraph.Reset()
				}
			}
		}
	})
	return all
}

// packageStatements reads the data package: its tables as CSV, the result as JSON,
// and every text of its description.
func packageStatements(t *testing.T, data []byte) (all []statement) {
	unpacked(t, data, func(name string, content []byte) {
		from := len(all)
		switch {
		case path.Ext(name) == ".csv":
			all = append(all, csvStatements(t, content)...)
		case name == "result.json":
			all = append(all, resultStatements(t, content)...)
		case path.Ext(name) == ".json":
			var description any
			if err := json.Unmarshal(content, &description); err != nil {
				t.Fatal(name, err)
			}
			all = append(all, textsOf(description)...)
		case path.Ext(name) == ".txt":
			for line := range strings.Lines(string(content)) {
				all = append(all, statement{text: line})
			}
		}
		for k := range all[from:] {
			s := &all[from+k]
			s.from = strings.TrimSpace(strings.TrimSuffix(path.Base(name), path.Ext(name)) + " " + s.from)
		}
	})
	return all
}

// textsOf lists the texts in decoded JSON.
func textsOf(x any) (all []statement) {
	switch x := x.(type) {
	case string:
		return []statement{{text: x}}
	case []any:
		for _, one := range x {
			all = append(all, textsOf(one)...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(x)) {
			all = append(all, textsOf(x[name])...)
		}
	}
	return all
}
