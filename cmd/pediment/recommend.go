package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/reports"
)

func (a *app) recommend() *cobra.Command {
	var period string
	var write bool
	cmd := &cobra.Command{
		Use: "recommend", Short: "What the figures suggest, and a file to decide in",
		Long: `Prints what the report's figures suggest: targets that are missed, gaps that widen,
costs out of line, appraisals that rest on little, data that are missing or contradict
each other. Each suggestion says on what it rests and how sure that is.

With --write, those that are not yet in recommendations.yaml are added to it as
"state: proposed". Nothing that is there is changed, and a suggestion already there for
the period is not added again. Decide by changing the state:

  accepted    needs owner: and due:         under way   likewise
  rejected    needs reason:                 dropped     likewise
  done        say in outcome: what came of it

text: takes the place of the generated wording. Reports print what was decided; the
internal edition also what is still open. The next report opens with what became of it.
Figures are those of the public edition, so that any edition may print the entries.

The rules:

` + ruleDocs(),
		Example: "  pediment recommend\n  pediment recommend --write\n  pediment recommend --format csv > suggestions.csv",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.edition = disclosure.Public
			w, err := a.workFor(cmd, period)
			if err != nil {
				return err
			}
			if err := w.checkYear(); err != nil {
				return err
			}
			if err := w.take(cmd.Context(), chapters); err != nil {
				return err
			}
			return w.recommend(write)
		},
	}
	a.formatFlag(cmd)
	cmd.Flags().StringVar(&period, "period", "", "the reporting year, as for report")
	cmd.Flags().BoolVar(&write, "write", false, "add new suggestions to recommendations.yaml")
	return cmd
}

// ruleDocs lists the rules with what they look for.
func ruleDocs() string {
	var out strings.Builder
	for _, one := range reports.Rules() {
		fmt.Fprintf(&out, "  %-15s %s\n", one.Name, one.Doc)
	}
	return strings.TrimRight(out.String(), "\n")
}

// recommend prints what is undecided, and writes what is new where that is asked for.
func (w *work) recommend(write bool) error {
	open := w.assemble().Undecided(w.book())
	if write {
		fresh := filtered(open, func(s reports.Suggestion) bool { return !w.proposed(s.ID) })
		if err := w.project.addRecommendations(fresh, w.year); err != nil {
			return err
		}
		w.app.remark("%s", entriesAdded(len(fresh)))
	}
	return w.app.print(w.suggestionsResult(open))
}

// entriesAdded says what was written.
func entriesAdded(n int) string {
	switch n {
	case 0:
		return recommendationsFile + " has every suggestion already; nothing was added."
	case 1:
		return "One suggestion was added to " + recommendationsFile + "."
	}
	return fmt.Sprintf("%d suggestions were added to %s.", n, recommendationsFile)
}

// proposed reports whether the file has an entry for the suggestion and this period.
func (w *work) proposed(id string) bool {
	return slices.ContainsFunc(w.project.recommendations, func(r recommendation) bool {
		return r.ID == id && w.project.calendar.JoinYear(r.period) == w.year
	})
}

// suggestionsResult is the table "suggestions".
func (w *work) suggestionsResult(open []reports.Suggestion) analysis.Result {
	t := analysis.Table{Name: "suggestions", Columns: analysis.Columns("id", "finding", "how_sure", "suggestion", "evidence", "about", "owner", "written")}
	for _, s := range open {
		written := "no"
		if w.proposed(s.ID) {
			written = "yes"
		}
		how := strings.Trim(s.Word+", "+s.Certainty, ", ")
		t.Rows = append(t.Rows, []any{s.ID, s.Title, how, s.Text, strings.Join(s.Evidence, " "), s.About, s.Owner, written})
	}
	title := fmt.Sprintf("Suggestions for %s, %s", cmp.Or(w.project.settings.City, "the city"), w.year.Label)
	if len(open) == 0 {
		title = fmt.Sprintf("Nothing is left to decide for %s, %s", cmp.Or(w.project.settings.City, "the city"), w.year.Label)
	}
	return analysis.Result{Title: title, Tables: []analysis.Table{t}}
}
