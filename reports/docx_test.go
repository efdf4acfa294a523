package reports

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// documentText is the text of a document's body, paragraph by paragraph.
func documentText(t *testing.T, document []byte) string {
	t.Helper()
	var out strings.Builder
	decoder := xml.NewDecoder(bytes.NewReader(parts(t, document)["word/document.xml"]))
	inText := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			inText = x.Name.Local == "t"
		case xml.EndElement:
			inText = false
			if x.Name.Local == "p" {
				out.WriteString("\n")
			}
		case xml.CharData:
			if inText {
				out.Write(x)
			}
		}
	}
}

// fewAreas is a report of two areas, enough where every one is printed alike.
func fewAreas() *Report {
	r := exampleReport()
	r.Areas = r.Areas[:2]
	return r
}

// wordyReport is a report of texts that would break out of XML if they could.
func wordyReport() *Report {
	r := hostileReport()
	r.Texts = map[string]string{"summary": "# <w:p>\n\n- one & two\n- [three](javascript:x) [four](https://city.example/?a=1&b=\"2\")\n\n> \"quoted\" \u202eafter"}
	return r
}

// Every part of a document is XML that can be read, whatever texts hold.
func TestDOCXIsWellFormed(t *testing.T) {
	for name, r := range map[string]*Report{"example": exampleReport(), "hostile": wordyReport(), "plain": {Result: exampleReport().Result}, "empty": {}} {
		for part, data := range parts(t, print(t, DOCX, r)) {
			if !strings.HasSuffix(part, ".xml") && !strings.HasSuffix(part, ".rels") && !strings.HasSuffix(part, ".svg") {
				continue
			}
			decoder := xml.NewDecoder(bytes.NewReader(data))
			for {
				if _, err := decoder.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Errorf("%s: %s: %v", name, part, err)
					break
				}
			}
			if bytes.ContainsAny(data, "\x00\u202e") {
				t.Errorf("%s: %s holds a mark that must not be there", name, part)
			}
		}
	}
}

// What the document refers to is in it: relations, bookmarks, styles.
func TestDOCXRefersToWhatIsThere(t *testing.T) {
	files := parts(t, print(t, DOCX, wordyReport()))
	document, relations, styles := string(files["word/document.xml"]), string(files["word/_rels/document.xml.rels"]), string(files["word/styles.xml"])
	for _, id := range attributes(document, "r:id", "r:embed") {
		if !strings.Contains(relations, `Id="`+id+`"`) {
			t.Errorf("nothing is related as %q", id)
		}
	}
	for _, target := range attributes(relations, "Target") {
		if _, there := files["word/"+target]; !there && !strings.HasPrefix(target, "https://") {
			t.Errorf("%q is not in the document", target)
		}
	}
	for _, place := range attributes(document, "w:anchor") {
		if !strings.Contains(document, `w:name="`+place+`"`) {
			t.Errorf("a link leads to %q, which is nowhere", place)
		}
	}
	for _, style := range append(attributes(document, "w:pStyle w:val"), attributes(document, "w:rStyle w:val")...) {
		if !strings.Contains(styles, `w:styleId="`+style+`"`) {
			t.Errorf("no style %q", style)
		}
	}
	if strings.Contains(relations, "javascript") {
		t.Error("a link leads to a script")
	}
}

// attributes lists the values of attributes, as written.
func attributes(text string, names ...string) []string {
	var list []string
	for _, name := range names {
		for _, after := range strings.Split(text, " "+name+`="`)[1:] {
			value, _, _ := strings.Cut(after, `"`)
			list = append(list, value)
		}
		for _, after := range strings.Split(text, "<"+name+`="`)[1:] {
			value, _, _ := strings.Cut(after, `"`)
			list = append(list, value)
		}
	}
	return list
}

// The document follows the outline, and says of every area and indicator what the
// page says.
func TestDOCXFollowsTheOutline(t *testing.T) {
	r := exampleReport()
	r.Outline = []Part{Methods, Scorecard, Areas}
	text := documentText(t, print(t, DOCX, r))
	at := -1
	for _, want := range []string{"Contents", "\nMethods\n", "\nScorecard\n", "\nAreas\n", "Adult literacy rate"} {
		next := strings.Index(text[max(at, 0):], want)
		if next < 0 {
			t.Fatalf("%q is not there, or too early", want)
		}
		at = max(at, 0) + next
	}
	for _, absent := range []string{"\nSummary\n", "\nData quality and gaps\n"} {
		if strings.Contains(text, absent) {
			t.Errorf("%q is there although the outline has it not", absent)
		}
	}
	for _, want := range []string{"38.6", "Answers before 2025 may be a little low.", "27 interviews"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// Tables repeat their heads and keep their rows whole; the foot has page numbers and
// provenance; the internal edition is marked at every head.
func TestDOCXPages(t *testing.T) {
	r := fewAreas()
	r.Edition = Internal
	files := parts(t, print(t, DOCX, r))
	document := string(files["word/document.xml"])
	if heads, tables := strings.Count(document, "<w:tblHeader/>"), strings.Count(document, `w:val="PlainTable"`); heads != tables || tables == 0 {
		t.Errorf("%d of %d tables repeat their head", heads, tables)
	}
	if rows, whole := strings.Count(document, "<w:tr>"), strings.Count(document, "<w:cantSplit/>"); rows != whole {
		t.Errorf("%d of %d rows stay whole", whole, rows)
	}
	foot := string(files["word/footer1.xml"])
	for _, want := range []string{" PAGE ", " NUMPAGES ", r.Run(), r.Inputs, "internal edition"} {
		if !strings.Contains(foot, want) {
			t.Errorf("the foot has no %q", want)
		}
	}
	for name, data := range files {
		if strings.HasPrefix(name, "word/header") && !bytes.Contains(data, []byte(internalMark)) {
			t.Errorf("%s is not marked", name)
		}
	}
	if pictures := strings.Count(document, "<w:drawing>"); pictures == 0 || strings.Count(document, ` descr=""`) > 0 {
		t.Errorf("%d pictures, or one without its text", pictures)
	}
}

func TestDOCXRightToLeft(t *testing.T) {
	r := fewAreas()
	r.Language, r.City = "ar", "مدينة"
	files := parts(t, print(t, DOCX, r))
	document := string(files["word/document.xml"])
	if strings.Count(document, "<w:bidiVisual/>") == 0 || !strings.Contains(string(files["word/styles.xml"]), "<w:bidi/>") || !strings.Contains(string(files["word/footer1.xml"]), "<w:rtl/>") {
		t.Error("the document does not run from the right")
	}
}

func TestDOCXIsReproducible(t *testing.T) {
	if !bytes.Equal(print(t, DOCX, fewAreas()), print(t, DOCX, fewAreas())) {
		t.Error("two documents of one report differ")
	}
}
