package reports

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNote(t *testing.T) {
	plainText := func(text string) []Run { return []Run{{Text: text}} }
	for name, test := range map[string]struct {
		markdown string
		want     []Block
	}{
		"nothing":    {"  \n", nil},
		"paragraphs": {"One\nline.\n\nTwo.", []Block{{Kind: NoteParagraph, Runs: plainText("One line.")}, {Kind: NoteParagraph, Runs: plainText("Two.")}}},
		"heading":    {"## Why\nBecause.", []Block{{Kind: NoteHeading, Level: 2, Runs: plainText("Why")}, {Kind: NoteParagraph, Runs: plainText("Because.")}}},
		"looks": {"a **b *c*** `d` e", []Block{{Kind: NoteParagraph, Runs: []Run{
			{Text: "a "}, {Text: "b ", Bold: true}, {Text: "c", Bold: true, Italic: true}, {Text: " "}, {Text: "d", Code: true}, {Text: " e"},
		}}}},
		"link": {"see [the *plan*](https://example.org/a?b=c&d)", []Block{{Kind: NoteParagraph, Runs: []Run{
			{Text: "see "}, {Text: "the ", Link: "https://example.org/a?b=c&d"}, {Text: "plan", Italic: true, Link: "https://example.org/a?b=c&d"},
		}}}},
		"address":   {"<mailto:a@example.org>", []Block{{Kind: NoteParagraph, Runs: []Run{{Text: "mailto:a@example.org", Link: "mailto:a@example.org"}}}}},
		"bullets":   {"- a\n- b\n  - c", []Block{{Kind: NoteItem, Level: 1, Runs: plainText("a")}, {Kind: NoteItem, Level: 1, Runs: plainText("b")}, {Kind: NoteItem, Level: 2, Runs: plainText("c")}}},
		"numbers":   {"3. a\n4. b", []Block{{Kind: NoteItem, Level: 1, Number: 3, Runs: plainText("a")}, {Kind: NoteItem, Level: 1, Number: 4, Runs: plainText("b")}}},
		"long item": {"- a\n\n  more", []Block{{Kind: NoteItem, Level: 1, Runs: plainText("a")}, {Kind: NoteItem, Level: 1, Continues: true, Runs: plainText("more")}}},
		"quote":     {"> said\n> so", []Block{{Kind: NoteQuote, Level: 1, Runs: plainText("said so")}}},
		"breaks":    {"a  \nb", []Block{{Kind: NoteParagraph, Runs: plainText("a\nb")}}},
		"code":      {"```\nx < y\n```", []Block{{Kind: NoteParagraph, Runs: []Run{{Text: "x < y", Code: true}}}}},
		"escapes":   {`\*a\* &amp; &lt;b&gt; &#65;`, []Block{{Kind: NoteParagraph, Runs: plainText("*a* & <b> A")}}},
		"scripts":   {"نرجو فتح 한빛", []Block{{Kind: NoteParagraph, Runs: plainText("نرجو فتح 한빛")}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Note(test.markdown)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What a note may not bring along becomes text or nothing.
func TestHostileNotes(t *testing.T) {
	for _, markdown := range []string{
		"<script>alert(1)</script>\n\nx", "a <img src=x onerror=alert(1)> b", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](data:text/html,x)",
		"[a]( \x01javascript:alert(1))", "<javascript:alert(1)>", "![a](https://evil.example/p.png)", "[a](//evil.example)", "[a](file:///etc/passwd)", "[a](#x)",
		"<div onclick=x>\n\n**b**\n\n</div>", "a\x00b\x1bc", "a\xffb", "&#0;&#x1b;", "[a][r]\n\n[r]: javascript:x", "<!-- x -->", "<?php x ?>",
	} {
		for _, b := range Note(markdown) {
			for _, r := range b.Runs {
				switch {
				case r.Link != "":
					t.Errorf("%q: leads to %q", markdown, r.Link)
				case strings.ContainsAny(r.Text, "\x00\x01\x1b") || strings.ToValidUTF8(r.Text, "") != r.Text:
					t.Errorf("%q: %q is no text", markdown, r.Text)
				case strings.Contains(r.Text, "onerror") || strings.Contains(r.Text, "<script"):
					t.Errorf("%q: %q was not dropped", markdown, r.Text)
				}
			}
		}
	}
}

// A note of many quotes or brackets within each other is read in no time.
func TestDeepNotes(t *testing.T) {
	for _, piece := range []string{"> ", "- ", "[", "*a ", "`", "<"} {
		Note(strings.Repeat(piece, 2000) + "x")
	}
}

func TestPlainNote(t *testing.T) {
	const want = "Why\n\nBecause.\n\n• a\n\nmore\n\n2. b"
	if got := PlainNote("# Why\nBecause.\n\n- a\n\n  more\n\n\n2. b"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The page prints a note's headings smaller, its lists as lists, and its links so
// that they tell nobody where the reader came from.
func TestNoteOnThePage(t *testing.T) {
	r := exampleReport()
	r.Areas[0].Note = "# Head\n\nSee [this](https://example.org).\n\n1. one\n2. two\n   - deep\n\n> quoted\n\n<script>alert(1)</script>"
	r.Texts = map[string]string{"summary": "Said *first*.", "lessons": "Said last."}
	page := string(print(t, HTML, r))
	for _, want := range []string{
		`<p class="heading"><b><bdi>Head</bdi></b></p>`, `<a href="https://example.org" rel="noopener noreferrer">this</a>`,
		`<li value="1" class="deep1"><bdi>one</bdi></li>`, `<li class="deep2"><bdi>deep</bdi></li>`, "<blockquote>\n<p><bdi>quoted</bdi></p>",
		"Said <i>first</i>.", "Said last.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "alert(1)") {
		t.Error("the page holds the script")
	}
}
