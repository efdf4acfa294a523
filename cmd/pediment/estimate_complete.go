package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// complete turns every text of the inquiry into SQL over the file's columns. What
// is wrong with the design ends the command, all of it at once; what is wrong
// with one estimate becomes its answer.
func (q *inquiry) complete(ctx context.Context, o *estimateOptions) error {
	q.columns.decimal = o.read.decimal
	if q.named != nil {
		if err := q.checkShared(ctx, o); err != nil {
			return err
		}
		if err := q.asks(ctx, o); err != nil {
			return err
		}
	}
	if err := q.completeDesign(ctx); err != nil {
		return err
	}
	var good []survey.Ask
	for _, ask := range q.Estimates {
		if err := q.completeAsk(ctx, &ask); err != nil {
			if err := q.refuse(ask.ID, ask.Op, err); err != nil {
				return err
			}
			continue
		}
		good = append(good, ask)
	}
	q.Estimates = good
	return nil
}

// checkShared reports mistakes in the flags that all estimates share, once, and
// tells the columns which rows are the sample.
func (q *inquiry) checkShared(ctx context.Context, o *estimateOptions) error {
	rows, where, by := o.rows, o.where, slices.Clone(o.by)
	roles := []role{{text: &rows, at: analysis.Position{File: "--rows"}, types: conditions}, {text: &where, at: analysis.Position{File: "--where"}, types: conditions}}
	for k := range by {
		roles = append(roles, role{text: &by[k], at: analysis.Position{File: "--by"}})
	}
	err := q.resolve(ctx, roles)
	q.columns.filter = rows
	return err
}

// role is a text of the inquiry, what it is for and what types it may have.
type role struct {
	what   string
	text   *string
	at     analysis.Position
	column bool // a column, not an expression
	figure bool // of which a figure is asked for, not the shares of its texts
	types  []string
}

var (
	numbers    = []string{"number", "integer", "boolean"}
	conditions = []string{"boolean"}
)

// resolve replaces the texts by SQL and checks their types.
func (q *inquiry) resolve(ctx context.Context, roles []role) error {
	var problems analysis.Problems
	for _, r := range roles {
		if *r.text == "" {
			continue
		}
		text := analysis.Text{Value: *r.text, At: r.at}
		find := q.columns.sql
		if r.column {
			find = q.columns.column
		}
		sql, err := find(ctx, text)
		if err == nil {
			err = q.fits(ctx, r, sql)
		}
		if err != nil {
			if problems, err = gather(problems, err, r.what, text.At); err != nil {
				return err
			}
		}
		*r.text = sql
	}
	return problems.Err()
}

// fits checks the type of a role's SQL.
func (q *inquiry) fits(ctx context.Context, r role, sql string) error {
	kind, err := q.columns.typeOf(ctx, sql)
	if err == nil && kind == "text" && (r.figure || slices.Equal(r.types, numbers)) {
		err = q.columns.numbersAsText(ctx, sql, r.figure)
	}
	if err != nil || r.types == nil || slices.Contains(r.types, kind) {
		return err
	}
	wanted, hint := "a number", "TRY_CAST(column AS DOUBLE) makes a number of a text"
	if slices.Equal(r.types, conditions) {
		wanted, hint = "a condition", `write what must hold, as in "age >= 18"`
	}
	return analysis.Problem{Message: fmt.Sprintf("%q is of type %s, not %s", q.columns.plain(sql), kind, wanted), Hint: hint}
}

// gather adds the problems of err, each saying what the text was for; an error
// that is none comes back.
func gather(problems analysis.Problems, err error, what string, at analysis.Position) (analysis.Problems, error) {
	var list analysis.Problems
	switch e := err.(type) {
	case analysis.Problem:
		list = analysis.Problems{e}
	case analysis.Problems:
		list = e
	default:
		return problems, err
	}
	for _, p := range list {
		if p.Position == (analysis.Position{}) {
			p.Position = at
		}
		if what != "" && !strings.HasPrefix(p.File, "--") {
			p.Message = what + ": " + p.Message
		}
		problems = append(problems, p)
	}
	return problems, nil
}

// completeDesign resolves the columns of the design, of its replicate weights and
// of its margins.
func (q *inquiry) completeDesign(ctx context.Context) error {
	d := &q.Design
	var roles []role
	add := func(path string, texts []string, types []string) {
		for k := range texts {
			if texts[k] == "1" && path == "ids" {
				continue
			}
			roles = append(roles, role{what: "design: " + path, text: &texts[k], at: q.place("design."+path, k), column: true, types: types})
		}
	}
	add("ids", d.IDs, nil)
	add("strata", d.Strata, nil)
	add("fpc", d.FPC, numbers)
	if err := q.replicateColumns(); err != nil {
		return err
	}
	add("repweights", d.Columns, numbers)
	roles = append(roles, role{what: "design: weights", text: &d.Weights, at: q.places["design.weights"], column: true, types: numbers},
		role{what: "design: pool", text: &d.Pool, at: q.places["design.pool"], column: true})
	if q.RowFilter != nil {
		roles = append(roles, role{what: "row_filter", text: &q.RowFilter.SQL, at: q.places["row_filter.sql"], types: conditions})
	}
	if c := d.Calibration; c != nil {
		add("calibration.vars", c.Vars, nil)
	}
	if err := q.resolve(ctx, roles); err != nil {
		return err
	}
	return q.renameLevels(ctx)
}

// place is where an item of a list stands: its own place in a request, its flag's
// on the command line.
func (q *inquiry) place(path string, item int) analysis.Position {
	if at, own := q.places[fmt.Sprintf("%s[%d]", path, item)]; own {
		return at
	}
	return q.places[path]
}

// replicateColumns lists the columns of replicate weights that a prefix stands
// for.
func (q *inquiry) replicateColumns() error {
	d := &q.Design
	if d.Prefix == "" || len(d.Columns) > 0 {
		return nil
	}
	numbered := regexp.MustCompile("^(?i)" + regexp.QuoteMeta(d.Prefix) + `(\d+)$`)
	found := map[int]string{}
	for _, name := range q.columns.names {
		if m := numbered.FindStringSubmatch(name); m != nil {
			n, _ := strconv.Atoi(m[1])
			found[n] = name
		}
	}
	count := d.Count
	if count == 0 {
		count = len(found)
	}
	for k := 1; k <= count; k++ {
		if found[k] == "" {
			return analysis.Problem{
				Position: q.places["design.repweights"],
				Message:  fmt.Sprintf("no column %s%d in %s", d.Prefix, k, q.columns.file),
				Hint:     fmt.Sprintf("%d columns begin with %s and go on with a number", len(found), d.Prefix),
			}
		}
		d.Columns = append(d.Columns, found[k])
	}
	if count == 0 {
		return q.columns.unknown(d.Prefix+"1", q.places["design.repweights"])
	}
	return nil
}

// renameLevels puts declared levels and population totals under the SQL of their
// columns.
func (q *inquiry) renameLevels(ctx context.Context) error {
	levels := map[string][]string{}
	for name, list := range q.Design.Levels {
		if sql, err := q.columns.column(ctx, analysis.Text{Value: name}); err == nil {
			levels[sql] = list
		}
	}
	q.Design.Levels = levels
	c := q.Design.Calibration
	if c == nil || c.Population == nil {
		return nil
	}
	population := survey.Population{}
	for name, totals := range c.Population {
		sql, err := q.columns.column(ctx, analysis.Text{Value: name})
		if name == "" || err != nil {
			sql = name
		}
		population[sql] = totals
	}
	c.Population = population
	return nil
}

// completeAsk resolves the texts of one estimate.
func (q *inquiry) completeAsk(ctx context.Context, ask *survey.Ask) error {
	ask.Vars, ask.By = slices.Clone(ask.Vars), slices.Clone(ask.By)
	var roles []role
	var types []string
	switch ask.Op {
	case "quantile", "variance", "domain_contrast", "by_ratio":
		types = numbers
	}
	figure := q.named != nil && ask.Op != "ratio" && ask.Op != "by_ratio"
	for k := range ask.Vars {
		roles = append(roles, role{what: "vars", text: &ask.Vars[k], types: types, figure: figure})
	}
	for k := range ask.By {
		roles = append(roles, role{what: "by", text: &ask.By[k]})
	}
	if ask.Domain != nil {
		domain := *ask.Domain
		ask.Domain = &domain
		roles = append(roles, role{what: "domain", text: &domain.SQL, types: conditions})
	}
	roles = append(roles,
		role{what: "num", text: &ask.Num, types: numbers}, role{what: "den", text: &ask.Den, types: numbers},
		role{what: "indicator", text: &ask.Indicator, types: conditions},
		role{what: "row", text: &ask.Row}, role{what: "col", text: &ask.Col})
	if q.named != nil { // what was asked stands before the message
		for k := range roles {
			roles[k].what = ""
		}
	}
	return q.resolve(ctx, roles)
}
