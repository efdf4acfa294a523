package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"strconv"

	"pediment/analysis"
)

// sampleRows is how many rows are looked at for period texts before the file is
// read, and maxLabels how many different texts may need another label: with more
// of them the column is no period.
const (
	sampleRows = 20_000
	maxLabels  = 2_000
)

// fillTable inserts the file's rows. Period texts are labelled by a list made
// from the first rows; texts that only come later are found in the table
// afterwards, and if one of them needs another label the rows are inserted again.
func (t *transfer) fillTable(ctx context.Context) error {
	sample := t.extract
	sample.query = fmt.Sprintf("SELECT * FROM (%s) LIMIT %d", t.relation.numbered, sampleRows)
	if _, err := t.learnLabels(ctx, func(c planned) string {
		return fmt.Sprintf("SELECT DISTINCT CAST(%s AS VARCHAR) FROM (%s)", analysis.Quote(c.Name), sample.values(false))
	}); err != nil {
		return err
	}
	for {
		if err := execute(ctx, t.conn, t.extract.insert(t.table, t.id)); err != nil {
			return err
		}
		more, err := t.learnLabels(ctx, func(c planned) string {
			return fmt.Sprintf("SELECT DISTINCT %s FROM %s WHERE _file IN (%d, %d)", analysis.Quote(c.Name), t.table, t.id, -t.id)
		})
		if err != nil || !more {
			return err
		}
		if _, err := t.relation.broken(ctx); err != nil {
			return err
		}
		if err := execute(ctx, t.conn, fmt.Sprintf("DELETE FROM %s WHERE _file IN (%d, %d, 0)", t.table, t.id, -t.id)); err != nil {
			return err
		}
	}
}

// learnLabels reads the texts of every period column by the query texts gives and
// adds those that are not labels already; it reports whether there were any.
func (t *transfer) learnLabels(ctx context.Context, texts func(planned) string) (bool, error) {
	before := len(t.extract.labels)
	for _, c := range t.extract.columns {
		if c.form.kind != "period" || c.absent {
			continue
		}
		found, err := t.labelsOf(ctx, texts(c))
		if err != nil {
			return false, err
		}
		maps.Copy(t.extract.labels, found)
		if len(t.extract.labels) > maxLabels {
			return false, analysis.Problem{
				Position: orAt(c.From.At, c.At),
				Message:  fmt.Sprintf("%s: more than %d different texts of %s are not periods", c.Name, maxLabels, t.file.name),
				Hint:     "is from the right column?",
			}
		}
	}
	return len(t.extract.labels) > before, nil
}

// labelsOf returns the label of every text that has another one, "" for texts
// that are no period.
func (t *transfer) labelsOf(ctx context.Context, texts string) (map[string]string, error) {
	labels := map[string]string{}
	var pairs []string
	pairOnly := false
	err := query(ctx, t.conn, func(rows *sql.Rows) error {
		var text sql.NullString
		if err := rows.Scan(&text); err != nil || !text.Valid {
			return err
		}
		if pair, month := yearPair(text.String); pair {
			pairs = append(pairs, text.String)
			pairOnly = pairOnly || !month
		}
		period, err := t.Calendar.ParsePeriod(text.String)
		switch {
		case err != nil:
			labels[text.String] = ""
		case period.Label != text.String:
			labels[text.String] = period.Label
		}
		return nil
	}, texts)
	if pairOnly {
		for _, text := range pairs {
			labels[text] = ""
		}
	}
	return labels, err
}

// yearPair reports whether a text can mean two years, as 2011-12 can, and
// whether it can mean a month as well. Where a column holds pairs that are no
// months, such as 2012-13, those that are could be misread and are no periods.
func yearPair(text string) (pair, month bool) {
	if len(text) != 7 || text[4] != '-' {
		return false, false
	}
	year, errYear := strconv.Atoi(text[:4])
	second, errSecond := strconv.Atoi(text[5:])
	pair = errYear == nil && errSecond == nil && (year+1)%100 == second
	return pair, pair && second >= 1 && second <= 12
}
