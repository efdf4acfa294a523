package ingest

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// workbook is an open .xlsx file: its sheets, shared texts and date formats.
type workbook struct {
	archive *zip.ReadCloser
	sheets  []sheetPart
	shared  []string
	dates   []dateStyle // by cell style
	epoch   int         // days to add to serial numbers: 1462 where they count from 1904
}

// sheetPart is a sheet's name and where in the archive it is.
type sheetPart struct {
	name, part string
	hidden     bool
}

// openWorkbook opens a workbook. Shared texts are read by readShared, when cells
// are wanted.
func openWorkbook(s *source) (*workbook, error) {
	archive, err := zip.OpenReader(s.path)
	if errors.Is(err, zip.ErrFormat) {
		return nil, analysis.Problem{
			Position: s.at(), Message: "this is no .xlsx workbook",
			Hint: "it may be an old .xls under a new name, or have a password: open it and save it as .xlsx without one",
		}
	}
	if err != nil {
		return nil, err
	}
	w := &workbook{archive: archive}
	if err := errors.Join(w.readSheets(), w.readStyles()); err != nil {
		return nil, errors.Join(err, archive.Close())
	}
	return w, nil
}

func (w *workbook) close() error { return w.archive.Close() }

// eachTag calls yield at every tag of a part; a part that is not there has none.
func (w *workbook) eachTag(part string, yield func(*xmlScanner) error) (err error) {
	f, err := w.archive.Open(part)
	if err != nil {
		return nil
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	x := newXMLScanner(f)
	for {
		err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = yield(x)
		}
		if err != nil {
			return err
		}
	}
}

// readSheets lists the worksheets in the order of their tabs.
func (w *workbook) readSheets() error {
	targets := map[string]string{}
	if err := w.eachTag("xl/_rels/workbook.xml.rels", func(x *xmlScanner) error {
		if x.opens("Relationship") && strings.HasSuffix(string(x.attribute(" Type=")), "/worksheet") {
			targets[string(x.attribute(" Id="))] = partName(unescapeXML(x.attribute(" Target=")))
		}
		return nil
	}); err != nil {
		return err
	}
	return w.eachTag("xl/workbook.xml", func(x *xmlScanner) error {
		switch {
		case x.opens("workbookPr"):
			if v := string(x.attribute(" date1904=")); v == "1" || v == "true" {
				w.epoch = 1462
			}
		case x.opens("sheet"):
			if part, ok := targets[string(relationID(x))]; ok {
				state := string(x.attribute(" state="))
				w.sheets = append(w.sheets, sheetPart{unescapeXML(x.attribute(" name=")), part, state != "" && state != "visible"})
			}
		}
		return nil
	})
}

// relationID returns the attribute r:id, whatever its prefix.
func relationID(x *xmlScanner) []byte {
	if id := x.attribute(" r:id="); id != nil {
		return id
	}
	return x.attribute(":id=")
}

// partName makes a relationship's target a name in the archive.
func partName(target string) string {
	if rest, ok := strings.CutPrefix(target, "/"); ok {
		return rest
	}
	return path.Join("xl", target)
}

// sheet returns the sheet called name, or the first one that is not hidden.
func (w *workbook) sheet(s *source) (sheetPart, error) {
	wanted := s.read.Sheet
	names := make([]string, len(w.sheets))
	for i, sheet := range w.sheets {
		names[i] = sheet.name
		if sheet.name == wanted.Value || wanted.Value == "" && !sheet.hidden {
			return sheet, nil
		}
	}
	if wanted.Value == "" && len(w.sheets) > 0 {
		return w.sheets[0], nil
	}
	hint := strings.TrimSpace(analysis.Suggest(wanted.Value, names) + " its sheets: " + w.sheetNames())
	return sheetPart{}, analysis.Problem{Position: wanted.At, Message: fmt.Sprintf("%s has no sheet %q", s.name, wanted.Value), Hint: hint}
}

func (w *workbook) sheetNames() string {
	quoted := make([]string, len(w.sheets))
	for i, sheet := range w.sheets {
		quoted[i] = strconv.Quote(sheet.name)
	}
	return strings.Join(quoted, ", ")
}

// readShared reads the texts cells refer to by number. Phonetic readings beside
// them are left out.
func (w *workbook) readShared() error {
	var text strings.Builder
	phonetic := false
	return w.eachTag("xl/sharedStrings.xml", func(x *xmlScanner) error {
		switch {
		case x.closes("si"):
			w.shared = append(w.shared, text.String())
			text.Reset()
		case x.opens("rPh"):
			phonetic = !x.empty
		case x.closes("rPh"):
			phonetic = false
		case x.closes("t") && !x.empty && !phonetic:
			text.WriteString(x.text())
		}
		return nil
	})
}

// readStyles finds out which cell styles show dates.
func (w *workbook) readStyles() error {
	custom := map[int]dateStyle{}
	inCells := false
	return w.eachTag("xl/styles.xml", func(x *xmlScanner) error {
		switch {
		case x.opens("numFmt"):
			id, _ := strconv.Atoi(string(x.attribute(" numFmtId=")))
			custom[id] = customDateStyle(unescapeXML(x.attribute(" formatCode=")))
		case x.opens("cellXfs"):
			inCells = true
		case x.closes("cellXfs"):
			inCells = false
		case x.opens("xf") && inCells:
			id, _ := strconv.Atoi(string(x.attribute(" numFmtId=")))
			style, ok := custom[id]
			if !ok {
				style = standardDateStyle(id)
			}
			w.dates = append(w.dates, style)
		}
		return nil
	})
}

// merge is a block of cells shown as one.
type merge struct{ first, last cellRef }

// merges returns the merged blocks of a sheet. They stand after its cells.
func (w *workbook) merges(part string) ([]merge, error) {
	var list []merge
	err := w.eachTag(part, func(x *xmlScanner) error {
		if x.opens("mergeCell") {
			first, last, _ := strings.Cut(string(x.attribute(" ref=")), ":")
			a, okA := parseCell(first)
			b, okB := parseCell(last)
			if okA && okB {
				list = append(list, merge{a, b})
			}
		}
		return nil
	})
	return list, err
}

// cellRef is a cell's place: column and row from 1, 0 where it is open.
type cellRef struct{ column, row int }

// parseCell reads "F214", "F" or "$F$214".
func parseCell(text string) (cellRef, bool) {
	text = strings.ToUpper(strings.ReplaceAll(text, "$", ""))
	i := strings.IndexFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' })
	if i < 0 {
		i = len(text)
	}
	var ref cellRef
	for _, letter := range text[:i] {
		ref.column = ref.column*26 + int(letter-'A'+1)
	}
	if i < len(text) {
		row, err := strconv.Atoi(text[i:])
		if err != nil || row < 1 {
			return ref, false
		}
		ref.row = row
	}
	return ref, i > 0 && i <= 3
}

// columnLetters returns the spreadsheet's name of column n, from 1.
func columnLetters(n int) string {
	var letters []byte
	for ; n > 0; n = (n - 1) / 26 {
		letters = append(letters, byte('A'+(n-1)%26))
	}
	slices.Reverse(letters)
	return string(letters)
}
