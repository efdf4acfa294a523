package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pediment/analysis"
	"pediment/analysis/disclosure"
)

func (a *app) publish() *cobra.Command {
	var period, date string
	var dry bool
	cmd := &cobra.Command{
		Use: "publish", Short: "Freeze the public report's values into the ledger",
		Long: `Computes the values of the public report and writes them into the folder ledger, one
file a publication, never changed afterwards. Later reports are checked against it: what
was published and what is new must not, put together, tell of a few people; and a figure
that is no longer what it was is listed in the report, with the reason. What appraisals
ask of single groups is checked and kept there too. Beside the values stands the report
itself, which pediment serve shows to readers without an account until the next one. The
ledger holds published numbers only, so nothing confidential; keep it with the city's files.

Nothing is published when the data have findings that block. Publishing the same inputs
again changes nothing. report never writes to the ledger, and a report made after publish
is the one made before it, byte for byte.` + "\n" + editionHelp,
		Example: "  pediment publish --dry-run        what would be new, restated or withheld\n  pediment publish --date 2026-03-31",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := publicationDay(date)
			if err != nil {
				return err
			}
			a.edition = disclosure.Public
			w, err := a.workFor(cmd, period)
			if err != nil {
				return err
			}
			return a.publishWork(cmd.Context(), w, day, dry)
		},
	}
	a.formatFlag(cmd)
	flags := cmd.Flags()
	flags.StringVar(&period, "period", "", "the reporting year, as for report")
	flags.StringVar(&date, "date", "", "day of the publication, as in 2026-03-31 (default: today)")
	flags.BoolVar(&dry, "dry-run", false, "only say what would change")
	return cmd
}

// publicationDay reads the day given, today when none is.
func publicationDay(date string) (string, error) {
	if date == "" {
		return today().Format(time.DateOnly), nil
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return "", usageError{fmt.Errorf("--date %q is not a day; write it as 2026-03-31", date)}
	}
	return date, nil
}

// publishWork publishes a run's values, or says what that would do.
func (a *app) publishWork(ctx context.Context, w *work, day string, dry bool) error {
	if err := w.checkYear(); err != nil {
		return err
	}
	if len(w.evaluated.Values) == 0 {
		return analysis.Problem{Message: "there are no values to publish", Hint: "see what is missing with: pediment check"}
	}
	if err := w.take(ctx, chapters); err != nil {
		return err
	}
	if err := w.blockers.Err(); err != nil {
		return err // findings that block
	}
	r := w.assemble()
	one := w.publication(day)
	if same := w.ledger.same; same != nil {
		if err := w.bringBack(*same, r); err != nil {
			return err
		}
		return a.print(analysis.Result{Title: fmt.Sprintf("Nothing to publish: these inputs were published on %s as number %d (%s)", same.Date, same.Number, same.file)})
	}
	if err := w.follows(day); err != nil {
		return err
	}
	if err := a.failOnRejects(w.loads); err != nil {
		return err
	}
	if !dry {
		if err := w.appendLedger(one, r); err != nil {
			return err
		}
	}
	return a.print(w.publishResult(one, dry))
}

// follows reports a day before the last publication.
func (w *work) follows(day string) error {
	if n := len(w.ledger.earlier); n > 0 && day < w.ledger.earlier[n-1].Date {
		last := w.ledger.earlier[n-1]
		return usageError{fmt.Errorf("--date %s lies before the last publication, number %d of %s; give that day or a later one", day, last.Number, last.Date)}
	}
	return nil
}

// publishResult says what the publication brought: new, restated and withheld values.
func (w *work) publishResult(one publication, dry bool) analysis.Result {
	changed, fresh := w.restatements()
	said := "Published"
	if dry {
		said = "To be published"
	}
	result := analysis.Result{Title: fmt.Sprintf("%s: %s, number %d, in %s", said, one.Period, one.Number, one.file)}
	summary := analysis.Table{Name: "publication", Columns: analysis.Columns("number:integer", "period", "date", "file",
		"figures:integer", "new:integer", "restated:integer", "as_published:integer", "withheld:integer")}
	figures := len(filtered(one.values, func(v analysis.Value) bool { return !v.State.Withheld() && !math.IsNaN(v.Value) }))
	summary.Rows = [][]any{{int64(one.Number), one.Period, one.Date, one.file,
		int64(figures), int64(fresh), int64(len(changed)), int64(w.because(disclosure.Frozen)), int64(w.hidden)}}
	result.Tables = append(result.Tables, summary)
	if len(changed) > 0 {
		result.Tables = append(result.Tables, w.restatementTable(changed))
	}
	if t := w.withheldTable(); len(t.Rows) > 0 {
		result.Tables = append(result.Tables, t)
	}
	return result
}

// withheldTable is the table "withheld": how many values of each indicator and
// breakdown are not shown, and in which way.
func (w *work) withheldTable() analysis.Table {
	t := analysis.Table{Name: "withheld", Columns: analysis.Columns("code", "name", "by", "values:integer", "confidential:integer", "unreliable:integer")}
	at := map[string]int{}
	for _, v := range w.evaluated.Values {
		by := strings.Join(v.Group.Columns(), ", ")
		key := v.Code + "\x00" + by
		k, known := at[key]
		if !known {
			k, at[key] = len(t.Rows), len(t.Rows)
			t.Rows = append(t.Rows, []any{v.Code, v.Name, by, int64(0), int64(0), int64(0)})
		}
		add := func(column int) { t.Rows[k][column] = t.Rows[k][column].(int64) + 1 }
		add(3)
		switch v.State {
		case analysis.Confidential:
			add(4)
		case analysis.Unreliable:
			add(5)
		}
	}
	t.Rows = slices.DeleteFunc(t.Rows, func(row []any) bool { return row[4] == int64(0) && row[5] == int64(0) })
	return t
}
