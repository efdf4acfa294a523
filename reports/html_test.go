package reports

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// elements returns every element of the page in document order.
func elements(t *testing.T, page []byte) []*html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var all []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			all = append(all, n)
		}
	}
	return all
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var text strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text.WriteString(d.Data)
		}
	}
	return text.String()
}

// The page loads nothing, and no text of the report becomes markup or script.
func TestPageIsInert(t *testing.T) {
	for _, r := range []*Report{exampleReport(), hostileReport(), plainReport(), {}} {
		page := print(t, HTML, r)
		var scripts []string
		for _, n := range elements(t, page) {
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("<%s> has %s", n.Data, a.Key)
				}
				if (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, "#") {
					t.Errorf("<%s %s=%q> leads outside the page", n.Data, a.Key, a.Val)
				}
			}
			switch n.Data {
			case "img", "iframe", "object", "embed", "link", "base", "form", "audio", "video":
				t.Errorf("the page holds <%s>", n.Data)
			case "script":
				if kind := attribute(n, "type"); kind == "application/json" {
					if !json.Valid([]byte(textOf(n))) {
						t.Error("a chart is not JSON")
					}
				} else {
					scripts = append(scripts, textOf(n))
				}
			case "style":
				if css := textOf(n); strings.Contains(css, "url(") || strings.Contains(css, "@import") {
					t.Error("the style sheet loads something")
				}
			}
		}
		checkPolicy(t, page, scripts)
	}
}

// checkPolicy compares the page's scripts with ours and with the hashes the
// page admits.
func checkPolicy(t *testing.T, page []byte, scripts []string) {
	t.Helper()
	ours := []string{pageStart, chartLibrary, pageScript}
	policy := ""
	for _, n := range elements(t, page) {
		if n.Data == "meta" && attribute(n, "http-equiv") == "Content-Security-Policy" {
			policy = attribute(n, "content")
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none';") {
		t.Errorf("policy %q", policy)
	}
	for _, script := range scripts {
		if !slices.Contains(ours, script) {
			t.Errorf("a script that is not ours: %.80q", script)
		}
		sum := sha256.Sum256([]byte(script))
		if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			t.Errorf("the policy does not admit %.40q", script)
		}
	}
}

// Hostile texts are shown as they are.
func TestHostileTextIsText(t *testing.T) {
	var shown strings.Builder
	for _, n := range elements(t, print(t, HTML, hostileReport())) {
		if n.Data == "h3" || n.Data == "h1" || n.Data == "title" {
			shown.WriteString(textOf(n) + "\n")
		}
	}
	for _, text := range []string{evilScript, evilFormula, evilMarker, evilQuotes, arabic, korean} {
		if !strings.Contains(shown.String(), text) {
			t.Errorf("%q is not among the headings", text)
		}
	}
}

// Links find their targets, headings do not skip a level, and everything that
// is drawn says in words what it shows.
func TestPageStructure(t *testing.T) {
	for name, r := range map[string]*Report{"example": exampleReport(), "hostile": hostileReport()} {
		ids, level, first := map[string]bool{}, 0, 0
		var links []string
		for _, n := range elements(t, print(t, HTML, r)) {
			if id := attribute(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s: two elements are called %q", name, id)
				}
				ids[id] = true
			}
			switch n.Data {
			case "h1", "h2", "h3", "h4":
				now := int(n.Data[1] - '0')
				if now > level+1 {
					t.Errorf("%s: %s %q follows h%d", name, n.Data, textOf(n), level)
				}
				if level = now; now == 1 {
					first++
				}
			case "a":
				if target := strings.TrimPrefix(attribute(n, "href"), "#"); !strings.HasPrefix(target, "fragment") {
					links = append(links, target)
				}
			case "svg":
				if attribute(n, "aria-hidden") != "true" && attribute(n, "aria-label") == "" {
					t.Errorf("%s: a picture without words", name)
				}
			case "th":
				if attribute(n, "scope") == "" {
					t.Errorf("%s: header cell %q without scope", name, textOf(n))
				}
			}
		}
		for _, target := range links {
			if !ids[target] {
				t.Errorf("%s: no section %q", name, target)
			}
		}
		if first != 1 {
			t.Errorf("%s: %d first-level headings", name, first)
		}
	}
}

// Without scripts the page is complete: behind every chart a table stands open.
func TestEveryChartHasItsTable(t *testing.T) {
	charts, tables := 0, 0
	for _, n := range elements(t, print(t, HTML, exampleReport())) {
		if strings.HasPrefix(attribute(n, "class"), "chart ") {
			charts++
			if attribute(n, "role") != "img" || attribute(n, "aria-label") == "" {
				t.Error("a chart without words")
			}
		}
		if n.Data == "details" && attribute(n, "class") == "data" {
			for _, a := range n.Attr {
				if a.Key == "open" {
					tables++
				}
			}
		}
	}
	if want := len(Charts(exampleReport())); charts != want || tables < charts {
		t.Errorf("%d charts and %d open tables for %d charts of the report", charts, tables, want)
	}
}

func TestLanguageAndDirection(t *testing.T) {
	for language, want := range map[string]string{"": "en ltr", "en": "en ltr", "de-AT": "en ltr", "ar": "en rtl", "fa-IR": "en rtl", "he": "en rtl", "ur": "en rtl", "arn": "en ltr"} { // its words are English
		root := elements(t, print(t, HTML, &Report{Language: language}))[0]
		if got := attribute(root, "lang") + " " + attribute(root, "dir"); got != want {
			t.Errorf("language %q: %q, want %q", language, got, want)
		}
	}
}

// The evaluator's notes and the remarks stand on the page, paragraph by paragraph.
func TestNotesAndRemarksOnThePage(t *testing.T) {
	page := string(print(t, HTML, exampleReport()))
	for _, text := range []string{"<p><bdi>The question moved to the start of the interview.</bdi></p>\n<p><bdi>Answers before 2025 may be a little low.</bdi></p>",
		"What we heard and what we did", "<p><bdi>Evening courses are full.</bdi></p>", "Two more from spring.", "Look before you judge", "break in series in 2024"} {
		if !strings.Contains(page, text) {
			t.Errorf("the page lacks %q", text)
		}
	}
}

// Every figure on the first page is the workbook's figure, rounded.
func TestPageShowsEveryKnownValue(t *testing.T) {
	page := string(print(t, HTML, exampleReport()))
	for _, i := range exampleReport().indicators() {
		if known(i.Headline) && !strings.Contains(page, `<span class="big">`+number(i.Headline.Estimate, i.Unit)+"</span>") {
			t.Errorf("%s: %s is not on the page", i.Code, number(i.Headline.Estimate, i.Unit))
		}
		if !known(i.Headline) && !strings.Contains(page, i.Headline.Reason) {
			t.Errorf("%s: the reason for the absent value is not on the page", i.Code)
		}
	}
}

// The chart library is the file npm serves as echarts 6.1.0,
// dist/echarts.min.js, bit for bit.
func TestChartLibraryIsAsPublished(t *testing.T) {
	const want = "b66b25aeb4df84e33199dc21694014d336d222cbd9deb0e5a7c14bd6aa0d0fd0"
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(chartLibrary))); got != want {
		t.Errorf("SHA-256 %s, want %s", got, want)
	}
}
