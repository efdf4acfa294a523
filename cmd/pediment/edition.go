package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pediment/analysis"
	"pediment/analysis/disclosure"
)

// workingCopy is what compute and analyze print for the person who has the raw
// data: the smallest cell of the public, but any filter, and no look at the ledger.
const workingCopy disclosure.Edition = ""

// editionHelp tells the editions apart, for --help.
const editionHelp = `
Editions. The public edition shows the published views alone: cells of fewer people
than smallest_cell are withheld, with those that subtraction would give away, from
this report, from its parts put together and from what publish wrote into the ledger
before. The internal edition is for readers bound to secrecy: it has a threshold of
its own (privacy: {internal: {smallest_cell: 3}}), is not checked against the ledger
and says why each value was withheld; it is marked on every page, sheet and file name.
`

// editionFlag adds --edition with its default.
func editionFlag(cmd *cobra.Command, usual disclosure.Edition) {
	text := "public or internal"
	if usual == workingCopy {
		text += "; without it a working copy for you alone"
	}
	cmd.Flags().String("edition", string(usual), text)
}

// chooseEdition takes the edition asked for; one there is not is a usage error.
func (a *app) chooseEdition(cmd *cobra.Command) error {
	a.edition = disclosure.Edition(cmd.Flag("edition").Value.String())
	switch a.edition {
	case workingCopy, disclosure.Public, disclosure.Internal:
		return nil
	}
	return usageError{fmt.Errorf("--edition %q is not known; choose public or internal", a.edition)}
}

// publicView refuses filters that make views of their own: each would be a release, and two of them together may tell of a few
// people what neither does.
func publicView(query analysis.Query) error {
	var free []string
	for _, f := range []struct {
		name  string
		given bool
	}{{"--by", len(query.By) > 0}, {"--place", len(query.Places) > 0}, {"--period", len(query.Periods) > 0}, {"--pool", query.Pool > 1}} {
		if f.given {
			free = append(free, f.name)
		}
	}
	if len(free) > 0 {
		return usageError{fmt.Errorf("the public edition shows the published views only, so %s cannot be used with it; leave out --edition for a working copy of your own", strings.Join(free, " and "))}
	}
	return nil
}

// view keeps the values asked for.
func (w *work) view(query analysis.Query) {
	w.evaluated.Values = filtered(w.evaluated.Values, func(v analysis.Value) bool {
		return asked(query, v.Code) && !(query.Totals && len(v.Group) > 0)
	})
	w.evaluated.Warnings = filtered(w.evaluated.Warnings, func(warning analysis.Warning) bool {
		_, indicator := w.project.catalogue.Find(warning.About)
		return !indicator || asked(query, warning.About)
	})
}

func asked(query analysis.Query, code string) bool {
	return len(query.Codes) == 0 || slices.Contains(query.Codes, code)
}

// filtered returns the elements to keep in a list of its own.
func filtered[T any](list []T, keep func(T) bool) []T {
	var out []T
	for _, x := range list {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}

// internalMark is how the internal edition calls itself, "" in the public one.
func (w *work) internalMark() string {
	if w.app.edition == disclosure.Internal {
		return "internal"
	}
	return ""
}

// editionTitle marks the title of an edition that is not public.
func (w *work) editionTitle() string {
	if w.internalMark() == "" {
		return ""
	}
	return " (internal edition)"
}

// computed runs the pipeline for compute: in the public edition for what the report
// shows, of which the values asked for are kept.
func (a *app) computed(cmd *cobra.Command, query analysis.Query) (*work, error) {
	if err := a.chooseEdition(cmd); err != nil {
		return nil, err
	}
	if a.edition != disclosure.Public {
		return a.values(cmd.Context(), query)
	}
	if err := publicView(query); err != nil {
		return nil, err
	}
	p, err := readProject(a.dir)
	if err != nil {
		return nil, err
	}
	for _, code := range query.Codes {
		if _, known := p.catalogue.Find(code); !known {
			return nil, analysis.Problem{Message: fmt.Sprintf("no indicator %q", code), Hint: cmp.Or(analysis.Suggest(code, p.catalogue.Codes()), "list them with: pediment check")}
		}
	}
	w, err := a.run(cmd.Context(), p, p.reportQuery())
	if err != nil {
		return nil, err
	}
	w.view(query)
	return w, nil
}

// valuesTable is the table "values" of the run's edition. In the public one groups
// do not say how many of their rows were left out.
func (w *work) valuesTable() analysis.Table {
	t := valuesTable(w.evaluated.Values)
	at := columnNamed(t, "missing")
	for k, v := range w.evaluated.Values {
		if w.app.edition == disclosure.Public && len(v.Group) > 0 {
			t.Rows[k][at] = nil
		}
	}
	return t
}

// rejects lists the rows that could not be read: for the public only how many
// there are of which kind, since a row may hold anything about a person.
func (w *work) rejects() analysis.Table {
	all := withoutLines(w.loads.Rejects)
	if w.app.edition != disclosure.Public {
		return all
	}
	t := analysis.Table{Name: all.Name, Columns: analysis.Columns("dataset", "file", "column", "rule", "rows:integer")}
	var from []int
	for _, name := range []string{"dataset", "file", "column", "rule"} {
		from = append(from, columnNamed(all, name))
	}
	for _, row := range all.Rows {
		kind := make([]any, 0, len(from)+1)
		for _, at := range from {
			kind = append(kind, row[at])
		}
		k := slices.IndexFunc(t.Rows, func(have []any) bool { return slices.Equal(have[:len(kind)], kind) })
		if k < 0 {
			k, t.Rows = len(t.Rows), append(t.Rows, append(kind, int64(0)))
		}
		t.Rows[k][len(kind)] = t.Rows[k][len(kind)].(int64) + 1
	}
	return t
}
