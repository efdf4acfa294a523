package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"pediment/analysis"
)

// proposalRows is how many rows of a file a proposal rests on.
const proposalRows = 200_000

// Propose guesses a "datasets:" text from files, for a person to edit: how they
// are written, what kind they seem to be, their columns and types. Every guess
// carries a comment that says why. Files of one format with the same columns make
// one dataset. Files are named as they lie in the city's folder dir. The text
// loads as it stands, but for a kind or a period that no file tells: Check asks for
// it. Nothing is guessed when it loads.
func Propose(ctx context.Context, dir string, files []string, adapters []*Adapter) (text string, problems analysis.Problems) {
	temp, err := os.MkdirTemp("", "pediment-propose-")
	if err != nil {
		return "", gather(nil, err)
	}
	defer func() { problems = gather(problems, os.RemoveAll(temp)) }()
	db, err := openScratch(ctx)
	if err != nil {
		return "", gather(nil, err)
	}
	defer func() { problems = gather(problems, db.Close()) }()
	c, err := db.Conn(ctx)
	if err != nil {
		return "", gather(nil, err)
	}
	defer func() { problems = gather(problems, c.Close()) }()
	var drafts []*draft
	for _, name := range files {
		d, err := newDraft(ctx, dir, name, temp, adapters)
		if err == nil {
			if same := slices.IndexFunc(drafts, d.sameAs); same >= 0 {
				drafts[same].names = append(drafts[same].names, name)
				d.share(drafts[same])
			} else {
				drafts = append(drafts, d)
			}
			err = d.read(ctx, c)
		}
		problems = gather(problems, err)
	}
	return writeProposal(drafts), problems
}

// draft is a dataset being guessed.
type draft struct {
	names    []string
	adapter  *Adapter
	source   *source
	settings []setting
	header   header
	unpivot  *guessedUnpivot
	*observed
}

// observed is what the rows of a draft's files show.
type observed struct {
	profiles []*profile          // of the columns that are not unpivoted, then of the unpivoted cells
	totals   map[string][]string // texts that mark rows that are no data, by column
}

// guessedUnpivot is headers that look like data.
type guessedUnpivot struct {
	ages        bool // they are ages, else years
	columns     []int
	name, value string
}

// newDraft guesses how the file is written.
func newDraft(ctx context.Context, dir, name, temp string, adapters []*Adapter) (*draft, error) {
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, name)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, analysis.Problem{Position: analysis.Position{File: name}, Message: "there is no such file"}
	}
	f := file{path: path, name: filepath.ToSlash(name), size: info.Size()}
	adapter, err := adapterFor(Dataset{}, f, adapters)
	if err != nil {
		return nil, err
	}
	d := &draft{names: []string{name}, adapter: adapter, source: newSource(Dataset{}, f, temp)}
	if d.settings, err = adapter.guess(ctx, d.source); err != nil {
		return nil, err
	}
	d.source.read = readOf(d.settings)
	if d.header, err = adapter.header(ctx, d.source); err != nil {
		return nil, err
	}
	d.findUnpivot()
	d.observed = &observed{totals: map[string][]string{}}
	for i, name := range d.header.names {
		if !d.unpivoted(i) {
			d.profiles = append(d.profiles, newProfile(name))
		}
	}
	if d.unpivot != nil {
		d.profiles = append(d.profiles, newProfile(d.unpivot.value))
	}
	return d, nil
}

// findUnpivot looks for headers that are years or ages.
func (d *draft) findUnpivot() {
	var years, ages []int
	for i, name := range d.header.names {
		if yearHeader.MatchString(name) {
			years = append(years, i)
		} else if ageHeader.MatchString(name) {
			ages = append(ages, i)
		}
	}
	switch {
	case len(ages) >= 10:
		d.unpivot = &guessedUnpivot{ages: true, columns: ages, name: d.unusedName("age_text"), value: d.unusedName("persons_text")}
	case len(years) >= 2:
		d.unpivot = &guessedUnpivot{columns: years, name: d.unusedName("year"), value: d.unusedName("value")}
	}
}

// unusedName returns name, or a longer one if the file has a column so called.
func (d *draft) unusedName(name string) string {
	for slices.ContainsFunc(d.header.names, func(n string) bool { return strings.EqualFold(n, name) }) {
		name = "the_" + name
	}
	return name
}

func (d *draft) unpivoted(column int) bool {
	return d.unpivot != nil && slices.Contains(d.unpivot.columns, column)
}

// sameAs reports whether the files of both can be one dataset.
func (d *draft) sameAs(other *draft) bool {
	return d.adapter == other.adapter && slices.Equal(d.settings, other.settings) && slices.Equal(d.header.names, other.header.names)
}

// share makes d add to what other has observed.
func (d *draft) share(other *draft) { d.observed = other.observed }

// read looks at the file's rows.
func (d *draft) read(ctx context.Context, c *sql.Conn) (err error) {
	rel, err := d.adapter.open(ctx, c, d.source, d.header)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rel.close(ctx)) }()
	cells := make([]sql.NullString, len(d.header.names))
	targets := make([]any, len(cells))
	for i := range cells {
		targets[i] = &cells[i]
	}
	err = query(ctx, c, func(rows *sql.Rows) error {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		d.look(cells)
		return nil
	}, fmt.Sprintf("SELECT * FROM (%s) LIMIT %d", rel.query, proposalRows))
	if err != nil {
		return err
	}
	_, err = rel.broken(ctx)
	return err
}

var totalText = regexp.MustCompile(`(?i)^\s*((grand |sub)?totals?( general)?|sum|summe|suma|somme|gesamt|insgesamt|итого|всего|合計|总计|總計|합계|총계|المجموع|الإجمالي)\s*:?\s*$`)

// look adds a row to the profiles, unless it is a total or a note.
func (d *draft) look(cells []sql.NullString) {
	filled, last := 0, 0
	for i, cell := range cells {
		if strings.TrimSpace(cell.String) == "" {
			continue
		}
		filled, last = filled+1, i
		if totalText.MatchString(cell.String) {
			d.mark(i, cell.String)
			return
		}
	}
	if filled == 1 && len(cells) >= 3 {
		d.mark(last, cells[last].String)
		return
	}
	n := 0
	for i, cell := range cells {
		if d.unpivoted(i) {
			d.profiles[len(d.profiles)-1].add(cell.String)
			continue
		}
		d.profiles[n].add(cell.String)
		n++
	}
}

func (d *draft) mark(column int, text string) {
	name := d.header.names[column]
	if d.unpivoted(column) || slices.Contains(d.totals[name], text) {
		return
	}
	d.totals[name] = append(d.totals[name], text)
}
