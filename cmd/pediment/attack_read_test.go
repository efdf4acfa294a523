package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
)

// statement is something a rendition says: a row of a table, a sentence, a point of
// a chart, an attribute; about is the heading it stands under.
type statement struct {
	from, about, text string
	row               bool // one row or point, which speaks of one thing
}

// statements reads everything a file says, whoever it is meant for.
func statements(t *testing.T, path string) []statement {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(path)
	var all []statement
	switch filepath.Ext(path) {
	case ".html":
		all = pageStatements(t, data)
	case ".xlsx":
		all = workbookStatements(t, data)
	case ".docx":
		all = documentStatements(t, data)
	case ".zip":
		all = packageStatements(t, data)
	case ".json":
		all = resultStatements(t, data)
	case ".csv":
		all = csvStatements(t, data)
	default:
		for line := range strings.Lines(string(data)) {
			all = append(all, statement{text: line, row: strings.Contains(line, "  ")})
		}
	}
	for k := range all {
		all[k].from = name + " " + all[k].from
	}
	if len(all) < 20 {
		t.Fatalf("%s says only %d things", path, len(all))
	}
	return all
}

func csvStatements(t *testing.T, data []byte) []statement {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []statement
	for _, row := range rows {
		all = append(all, statement{text: strings.Join(row, " | "), row: true})
	}
	return all
}

// resultStatements reads a result as JSON: every row, every point of every chart,
// every caveat.
func resultStatements(t *testing.T, data []byte) []statement {
	var result struct {
		Tables []struct {
			Name string
			Rows [][]any
		}
		Charts []struct {
			Name, Title, Text, Source string
			Labels                    []string
			Series                    []struct {
				Name             string
				Value, Low, High []*float64
			}
		}
		Warnings []struct{ About, Text string }
	}
	if err := json.Unmarshal(data, &result); err != nil {
		t.Fatal(err)
	}
	var all []statement
	for _, table := range result.Tables {
		for _, row := range table.Rows {
			all = append(all, statement{from: table.Name, text: cells(row), row: true})
		}
	}
	for _, c := range result.Charts {
		all = append(all, statement{"chart", c.Name, c.Text, false}, statement{"chart", c.Name, c.Title + ". " + c.Source, false})
		for _, s := range c.Series {
			for k, label := range c.Labels {
				point := []any{label}
				for _, numbers := range [][]*float64{s.Value, s.Low, s.High} {
					if k < len(numbers) && numbers[k] != nil && s.Name != "whole city" {
						point = append(point, *numbers[k])
					}
				}
				all = append(all, statement{"chart", c.Name, cells(point), true})
			}
		}
	}
	for _, w := range result.Warnings {
		all = append(all, statement{"warning", w.About, w.Text, false})
	}
	return all
}

func cells(row []any) string {
	texts := make([]string, len(row))
	for k, x := range row {
		if x != nil {
			texts[k] = fmt.Sprint(x)
		}
	}
	return strings.Join(texts, " | ")
}

// workbookStatements reads every cell as stored, every formula, comment and defined
// name, and what charts keep of the cells they draw.
func workbookStatements(t *testing.T, data []byte) []statement {
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []statement
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		about := ""
		for _, row := range rows {
			filled := slices.DeleteFunc(slices.Clone(row), func(cell string) bool { return cell == "" })
			if len(filled) == 1 {
				about = filled[0] // a heading
			}
			all = append(all, statement{"sheet " + sheet, about, strings.Join(row, " | "), true})
		}
		comments, err := file.GetComments(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range comments {
			all = append(all, statement{"comment of " + sheet, "", c.Text, false})
		}
	}
	for _, name := range file.GetDefinedName() {
		all = append(all, statement{"defined name", "", name.Name + " " + name.RefersTo + " " + name.Comment, false})
	}
	return append(all, partStatements(t, data)...)
}

// partStatements reads the workbook's other parts as XML: charts with their caches,
// drawings with their alternative texts, properties, tables.
func partStatements(t *testing.T, data []byte) []statement {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var all []statement
	for _, part := range archive.File {
		if strings.HasPrefix(part.Name, "xl/worksheets/sheet") || !strings.HasSuffix(part.Name, ".xml") || part.Name == "xl/sharedStrings.xml" || part.Name == "xl/styles.xml" {
			continue
		}
		reader, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		decoder := xml.NewDecoder(reader)
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(part.Name, err)
			}
			switch x := token.(type) {
			case xml.CharData:
				all = append(all, statement{part.Name, "", string(x), false})
			case xml.StartElement:
				for _, a := range x.Attr {
					if slices.Contains([]string{"descr", "title", "name"}, a.Name.Local) {
						all = append(all, statement{part.Name, "", a.Value, false})
					}
				}
			}
		}
		reader.Close()
	}
	return all
}

// pageStatements reads a page's source: rows, sentences, alternative texts, tool
// tips and the data of its charts.
func pageStatements(t *testing.T, data []byte) []statement {
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var all []statement
	var walk func(n *html.Node, about string)
	walk = func(n *html.Node, about string) {
		if id := attribute(n, "id"); strings.HasPrefix(id, "ind-") || n.Data == "section" {
			about = id
		}
		for _, a := range n.Attr {
			if slices.Contains([]string{"aria-label", "alt", "title", "content", "data-label"}, a.Key) {
				all = append(all, statement{a.Key, about, a.Val, false})
			}
		}
		switch n.Data {
		case "table":
			if caption := find(n, "caption"); caption != nil {
				about += " " + pageText(caption)
			}
		case "tr":
			all = append(all, statement{"row", about, pageText(n), true})
		case "p", "li", "h1", "h2", "h3", "dd", "figcaption", "title", "text", "summary":
			all = append(all, statement{n.Data, about, pageText(n), false})
		case "script":
			if attribute(n, "type") == "application/json" {
				all = append(all, chartStatements(t, about, n.FirstChild.Data)...)
			}
			return
		case "style":
			return
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child, about)
		}
	}
	walk(root, "")
	return all
}

// chartStatements reads a chart's options: every item with a name, and every label
// of an axis with the items that stand there.
func chartStatements(t *testing.T, about, source string) []statement {
	var option struct {
		Series []struct {
			Name string
			Data []json.RawMessage
		}
		XAxis, YAxis []struct{ Data []string }
	}
	if err := json.Unmarshal([]byte(source), &option); err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, axis := range append(option.XAxis, option.YAxis...) {
		labels = append(labels, axis.Data...)
	}
	var all []statement
	for _, s := range option.Series {
		for k, item := range s.Data {
			text := string(item)
			var point struct {
				Name  string
				Value any
			}
			if json.Unmarshal(item, &point) == nil && point.Name == "" {
				at := k
				if pair, ok := point.Value.([]any); ok && len(pair) == 2 {
					if y, ok := pair[1].(float64); ok {
						at = int(y)
					}
				}
				if at < len(labels) {
					text = labels[at] + " " + text
				}
			}
			all = append(all, statement{"chart", about, text, true})
		}
	}
	return all
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func find(n *html.Node, tag string) *html.Node {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Data == tag {
			return child
		}
		if found := find(child, tag); found != nil {
			return found
		}
	}
	return nil
}

// pageText is the text of a node; the cells of a row are kept apart.
func pageText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Data == "td" || n.Data == "th" {
			b.WriteString(" | ")
		}
		if n.Data == "script" || n.Data == "style" {
			return
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}
