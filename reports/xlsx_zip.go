package reports

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// The writer of workbooks lists the parts of [Content_Types].xml in a different
// order every time, and marks every formula's cached result as text. Both are
// put right here, and the parts get one order and one date, so that equal
// reports give equal bytes.

// cachedText finds the mark on a formula cell. All our formulas give numbers.
var cachedText = regexp.MustCompile(`(<c [^>]*?) t="str"([^>]*><f>)`)

var contentType = regexp.MustCompile(`<(?:Override|Default)[^>]*?(?:/>|></(?:Override|Default)>)`)

// zipStart is the earliest date a zip archive can hold.
var zipStart = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func writeNormalised(w io.Writer, file *excelize.File) error {
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
		if err := copyPart(out, part); err != nil {
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

func copyPart(out *zip.Writer, part *zip.File) error {
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
	case strings.HasPrefix(part.Name, "xl/worksheets/sheet"):
		data = cachedText.ReplaceAll(data, []byte("$1$2"))
	}
	to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate, Modified: zipStart})
	if err != nil {
		return err
	}
	_, err = to.Write(data)
	return err
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
