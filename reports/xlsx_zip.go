package reports

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// The writer of workbooks lists the parts of [Content_Types].xml in a different
// order every time, and marks every formula's cached result as text. Both are
// put right here, and the parts get one order and one date, so that equal
// reports give equal bytes.

// cachedText finds the mark on a formula cell that holds a number.
var cachedText = regexp.MustCompile(`(<c [^>]*?) t="str"([^>]*><f>[^<]*</f><v>-?[0-9.]+</v>)`)

var contentType = regexp.MustCompile(`<(?:Override|Default)[^>]*?(?:/>|></(?:Override|Default)>)`)

// unturned are the text properties the library writes after every title; they
// lay the titles of upright axes flat in some programs.
const unturned = `<txPr><a:bodyPr anchorCtr="false" rot="0" spcFirstLastPara="false"></a:bodyPr><a:p></a:p></txPr></title>`

// zipStart is the earliest date a zip archive can hold.
var zipStart = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// cachedMark is what stands for the cached text number i of a formula until the
// file is written: the library keeps no text beside a formula. No number of ours
// is written with an exponent.
func cachedMark(i int) string { return strconv.Itoa(i) + "e-999" }

var marked = regexp.MustCompile(`<v>([0-9]+)e-999</v>`)

// writeNormalised writes the file; texts are the cached texts of its formulas.
func writeNormalised(w io.Writer, file *excelize.File, texts []string) error {
	raw, err := file.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	archive, err := zip.NewReader(bytes.NewReader(raw.Bytes()), int64(raw.Len()))
	if err != nil {
		return fmt.Errorf("read back xlsx: %w", err)
	}
	parts := slices.Clone(archive.File)
	slices.SortFunc(parts, func(a, b *zip.File) int { return cmp.Compare(partOrder(a.Name), partOrder(b.Name)) })
	out := zip.NewWriter(w)
	for _, part := range parts {
		if err := copyPart(out, part, texts); err != nil {
			return fmt.Errorf("write xlsx: %s: %w", part.Name, err)
		}
	}
	return out.Close()
}

// partOrder puts the list of contents first, where readers look for it.
func partOrder(name string) string {
	if name == "[Content_Types].xml" {
		return ""
	}
	return name
}

func copyPart(out *zip.Writer, part *zip.File, texts []string) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	switch {
	case part.Name == "[Content_Types].xml":
		data = sortContentTypes(data)
	case strings.HasPrefix(part.Name, "xl/charts/chart"):
		data = bytes.ReplaceAll(data, []byte(unturned), []byte("</title>"))
		if bytes.Contains(data, []byte(`<barDir val="bar">`)) { // the axis of values lies
			data = bytes.ReplaceAll(data, []byte(`rot="-5400000"`), []byte(`rot="0"`))
		}
	case strings.HasPrefix(part.Name, "xl/worksheets/sheet"):
		data = cachedText.ReplaceAll(data, []byte("$1$2"))
		data = marked.ReplaceAllFunc(data, func(mark []byte) []byte { return cachedValue(mark, texts) })
	}
	to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate, Modified: zipStart})
	if err != nil {
		return err
	}
	_, err = to.Write(data)
	return err
}

// cachedValue is the element of the text a mark stands for.
func cachedValue(mark []byte, texts []string) []byte {
	i, err := strconv.Atoi(string(marked.FindSubmatch(mark)[1]))
	if err != nil || i >= len(texts) {
		return mark
	}
	var out bytes.Buffer
	out.WriteString("<v>")
	if err := xml.EscapeText(&out, []byte(texts[i])); err != nil {
		return mark
	}
	out.WriteString("</v>")
	return out.Bytes()
}

// sortContentTypes orders the entries of [Content_Types].xml.
func sortContentTypes(data []byte) []byte {
	entries := contentType.FindAllString(string(data), -1)
	slices.Sort(entries)
	next := 0
	return contentType.ReplaceAllFunc(data, func([]byte) []byte {
		next++
		return []byte(entries[next-1])
	})
}
