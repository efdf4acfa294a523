package reports

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// readablePage is what a test looks at in a page.
type readablePage struct {
	ids   map[string]bool
	links []string
	wrong []string // what a strict policy forbids, and headings out of order
}

func readPage(t testing.TB, body string) readablePage {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	page := readablePage{ids: map[string]bool{}}
	level := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		page.look(n)
		if h := regexp.MustCompile(`^h([1-6])$`).FindStringSubmatch(n.Data); h != nil {
			at := int(h[1][0] - '0')
			if at > level+1 {
				page.wrong = append(page.wrong, "heading "+n.Data+" after h"+string(rune('0'+level)))
			}
			level = at
		}
	}
	return page
}

func (p *readablePage) look(n *html.Node) {
	attribute := map[string]string{}
	for _, a := range n.Attr {
		attribute[a.Key] = a.Val
		if strings.HasPrefix(a.Key, "on") {
			p.wrong = append(p.wrong, n.Data+" "+a.Key)
		}
	}
	if id := attribute["id"]; id != "" {
		if p.ids[id] {
			p.wrong = append(p.wrong, "id twice: "+id)
		}
		p.ids[id] = true
	}
	switch {
	case n.Data == "script" && attribute["src"] == "" && attribute["type"] != "application/json", n.Data == "style":
		p.wrong = append(p.wrong, "inline "+n.Data)
	case n.Data == "a", n.Data == "link":
		p.links = append(p.links, attribute["href"])
	case n.Data == "script" && attribute["src"] != "":
		p.links = append(p.links, attribute["src"])
	}
	p.links = slices.DeleteFunc(p.links, func(to string) bool { return strings.HasPrefix(to, "data:") })
}
