package indicators

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// Setup is what indicators are evaluated against.
type Setup struct {
	Catalogue Catalogue
	Relations []analysis.Relation
	Calendar  analysis.Calendar
	Places    analysis.Places
	Ages      []int             // lower bounds of the city's age bands, ascending
	Years     []analysis.Period // calendar years there are data for; Evaluate finds them

	Rows     RowSource           // rows of surveys; may be nil when there are none
	Margins  map[string][]Margin // population totals by the file that declares them
	Standard survey.Standard     // by which survey estimates are judged; the zero Standard judges none

	CountOnly bool // warnings count what cells hold and do not quote it, as the public must not read it
}

// bound is an indicator whose expressions were parsed and bound to relations.
type bound struct {
	Indicator
	num, den *boundTerm // den is nil where the kind has none
	gap      Gap        // why it cannot be computed at all; zero when it can

	definition, formula string // hash and text as defined, before places are matched
}

// boundTerm is a term of a bound indicator, as SQL over its relation.
type boundTerm struct {
	relation analysis.Relation
	value    string // SQL of the value, "1" when rows are counted
	where    string // SQL of the condition, "" when there is none
	domain   string // SQL of the population (and in one relation of the denominator's condition), "" for everybody
	series   string
	time     string
}

// Gap says what keeps an indicator from being computed and what would help.
type Gap struct {
	Missing string // "question learned_12m is not in residents_survey"
	Fill    string // "add the column learned_12m to residents_survey: …"
}

// Error lets a gap travel as an error inside the package.
func (g Gap) Error() string { return g.Missing }

// binder parses and binds the terms of a setup's indicators.
type binder struct {
	Setup
	q        analysis.Querier
	problems analysis.Problems
}

// bind binds every indicator of the catalogue. Mistakes in the city's own
// entries are problems; a built-in entry whose data the city lacks has a gap.
func (s Setup) bind(ctx context.Context, q analysis.Querier) ([]bound, analysis.Problems, error) {
	b := binder{Setup: s, q: q}
	all := make([]bound, 0, len(s.Catalogue.Indicators))
	for _, indicator := range s.Catalogue.Indicators {
		one := bound{Indicator: indicator}
		if err := b.indicator(ctx, &one); err != nil {
			var gap Gap
			var problem analysis.Problem
			switch {
			case errors.As(err, &gap):
				one.gap = gap
			case errors.As(err, &problem):
				b.problems = append(b.problems, problem)
				one.gap = Gap{problem.Message, "correct the definition"}
			default:
				return nil, nil, err
			}
		} else {
			one.definition, one.formula = one.hash(), one.text()
		}
		all = append(all, one)
	}
	return all, b.problems.Sorted(), nil
}

func (b *binder) indicator(ctx context.Context, i *bound) error {
	num, err := b.term(ctx, i.Indicator, "numerator", i.Numerator)
	if err != nil {
		return err
	}
	i.num = num
	if i.Kind == "mean" { // of the rows that meet the condition
		num.domain, num.where = and(num.domain, num.where), ""
	}
	if err := b.checkBy(i.Indicator, num.relation); err != nil {
		return err
	}
	if i.Denominator == nil || i.Kind == "score" || i.Kind == "published" || i.Denominator.empty() && i.Kind != "ratio" {
		return nil
	}
	term := *i.Denominator
	if term.Dataset == "" {
		term.Dataset = i.Numerator.Dataset
	}
	if i.den, err = b.term(ctx, i.Indicator, "denominator", term); err != nil {
		return err
	}
	if i.den.relation.Name == i.num.relation.Name {
		i.num.domain = and(i.num.domain, i.den.where)
		i.den.domain, i.den.where = i.num.domain, ""
	}
	return nil
}

func (b *binder) term(ctx context.Context, i Indicator, role string, t Term) (*boundTerm, error) {
	relation, ok := b.relation(t.Dataset)
	if !ok {
		return nil, b.noDataset(i, role, t.Dataset)
	}
	bt := &boundTerm{relation: relation, value: "1", series: t.Series, time: cmp.Or(t.Time, defaultTime(relation.Kind))}
	var err error
	if t.Value.Value != "" {
		if bt.value, err = b.expression(ctx, i, role+": value", relation, t.Value, i.Kind != "distinct"); err != nil {
			return nil, err
		}
	} else if i.Kind == "distinct" && role == "numerator" {
		return nil, analysis.Problem{Position: i.At, Message: i.Code + ": numerator: value is missing", Hint: "name the column that identifies a person"}
	}
	if t.Where.Value != "" {
		if bt.where, err = b.condition(ctx, i, role+": where", relation, t.Where); err != nil {
			return nil, err
		}
	}
	if i.Population.Value != "" && relation.Kind != "statistic" {
		if bt.domain, err = b.condition(ctx, i, "population", relation, i.Population); err != nil {
			return nil, err
		}
	}
	if i.Kind == "published" && t.Series == "" {
		return nil, analysis.Problem{Position: i.At, Message: i.Code + ": numerator: series is missing", Hint: "name the series of the statistic dataset"}
	}
	return bt, nil
}

// checkBy finds breakdowns of a city's own entry that its data cannot give. A
// built-in entry names all that would be welcome; what is not there is left out.
func (b *binder) checkBy(i Indicator, r analysis.Relation) error {
	for _, column := range i.By {
		switch {
		case column == personColumn:
			return analysis.Problem{Position: i.At, Message: i.Code + ": by: a breakdown by person would list people one by one", Hint: "break down by something they share"}
		case i.isOwn() && i.Status == "own" && !b.has(r, column):
			hint := analysis.Suggest(column, append(r.ColumnNames(), ageBand))
			if column == ageBand {
				hint = "declare a column age, and ages: [0, 15, 25, 65] in pediment.yaml"
			}
			return analysis.Problem{Position: i.At, Message: fmt.Sprintf("%s: by: no column %q in %s", i.Code, column, r.Name), Hint: hint}
		}
	}
	return nil
}

// relation finds a relation by name, else the one relation of a kind.
func (b *binder) relation(name string) (analysis.Relation, bool) {
	for _, match := range []func(analysis.Relation) bool{
		func(r analysis.Relation) bool { return r.Name == name },
		func(r analysis.Relation) bool { return r.Kind == name && r.Kind != "survey" },
	} {
		if k := slices.IndexFunc(b.Relations, match); k >= 0 {
			return b.Relations[k], true
		}
	}
	return analysis.Relation{}, false
}

func (b *binder) noDataset(i Indicator, role, name string) error {
	names := make([]string, len(b.Relations))
	for k, r := range b.Relations {
		names[k] = r.Name
	}
	if i.isOwn() {
		return analysis.Problem{Position: i.At, Message: fmt.Sprintf("%s: %s: no dataset %q in pediment.yaml", i.Code, role, name), Hint: analysis.Suggest(name, names)}
	}
	if slices.ContainsFunc(b.Relations, func(r analysis.Relation) bool { return r.Kind == "survey" }) && strings.HasSuffix(name, "_survey") {
		words := plainWords(name)
		return Gap{"there is no " + words, fmt.Sprintf("make a %s, or ask its questions in a survey there is and declare a dataset that feeds %s", words, name)}
	}
	return Gap{"no dataset " + name, "declare a dataset " + datasetWords(name) + " in pediment.yaml"}
}

func datasetWords(name string) string {
	if strings.HasSuffix(name, "_survey") {
		return fmt.Sprintf("%q of kind survey", name)
	}
	return "of kind " + name
}

// isOwn reports whether the city wrote the entry itself, as opposed to a
// built-in entry, changed or not.
func (i Indicator) isOwn() bool { return !strings.HasPrefix(i.At.File, BuiltIn) }

// condition binds an expression that must be true or false.
func (b *binder) condition(ctx context.Context, i Indicator, role string, r analysis.Relation, text analysis.Text) (string, error) {
	sql, kind, err := b.bindText(ctx, i, role, r, text)
	if err == nil && kind != "BOOLEAN" {
		err = blame(analysis.Problem{Position: text.At, Message: fmt.Sprintf("%s: %s: %q is not a condition but a value of type %s", i.Code, role, text.Value, strings.ToLower(kind)), Hint: "compare it with something, as in status = 'open'"}, r, []string{text.Value})
	}
	return sql, err
}

// expression binds a value; a true/false value counts as 1 and 0.
func (b *binder) expression(ctx context.Context, i Indicator, role string, r analysis.Relation, text analysis.Text, numeric bool) (string, error) {
	sql, kind, err := b.bindText(ctx, i, role, r, text)
	switch {
	case err != nil || !numeric:
		return sql, err
	case kind == "BOOLEAN":
		return "CAST(" + sql + " AS INTEGER)", nil
	case kind == "VARCHAR" || kind == "DATE":
		return "", blame(analysis.Problem{Position: text.At, Message: fmt.Sprintf("%s: %s: %q is %s, not a number", i.Code, role, text.Value, typeWord(kind)), Hint: "write a condition, or declare the column with a number type"}, r, []string{text.Value})
	}
	return sql, nil
}

func typeWord(kind string) string {
	if kind == "DATE" {
		return "a date"
	}
	return "text"
}

// bindText parses text, checks its columns and lets DuckDB bind it; it returns
// the SQL over rows(r) and the type of its value.
func (b *binder) bindText(ctx context.Context, i Indicator, role string, r analysis.Relation, text analysis.Text) (string, string, error) {
	e, err := analysis.ParseExpression(ctx, b.q, text)
	if err != nil {
		return "", "", prefixed(err, i.Code+": "+role)
	}
	for _, column := range e.Columns {
		if !b.has(r, column) {
			return "", "", b.noColumn(i, role, r, text, column)
		}
	}
	rows, err := b.q.QueryContext(ctx, fmt.Sprintf("SELECT (%s) FROM %s LIMIT 0", e.SQL, b.rows(r)))
	if err != nil {
		problem := analysis.Problem{Position: text.At, Message: fmt.Sprintf("%s: %s: %s", i.Code, role, bindMessage(err)), Hint: "check the types of the columns it uses"}
		return "", "", blame(problem, r, e.Columns)
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return "", "", err
	}
	return "(" + e.SQL + ")", types[0].DatabaseTypeName(), rows.Err()
}

// blame turns a type mistake of a built-in entry, which a city cannot mend there,
// into a gap of its own data.
func blame(problem analysis.Problem, r analysis.Relation, columns []string) error {
	if !strings.HasPrefix(problem.File, BuiltIn) {
		return problem
	}
	var types []string
	for _, name := range columns {
		if c, ok := r.Column(name); ok {
			types = append(types, fmt.Sprintf("%s is %s", c.Name, c.Type))
		}
	}
	return Gap{
		fmt.Sprintf("columns of %s have types the catalogue cannot use: %s", r.Name, strings.Join(types, ", ")),
		fmt.Sprintf("declare them in dataset %s as the table of canonical columns says", r.Name),
	}
}

// prefixed puts the indicator and role before a problem's message.
func prefixed(err error, prefix string) error {
	var problem analysis.Problem
	if errors.As(err, &problem) {
		problem.Message = prefix + ": " + problem.Message
		return problem
	}
	return err
}

// bindMessage keeps the first line of the database's message.
func bindMessage(err error) string {
	message, _, _ := strings.Cut(err.Error(), "\n")
	if _, rest, ok := strings.Cut(message, "Error: "); ok {
		message = rest
	}
	return message
}

func (b *binder) noColumn(i Indicator, role string, r analysis.Relation, text analysis.Text, column string) error {
	if i.isOwn() {
		return analysis.Problem{Position: text.At, Message: fmt.Sprintf("%s: %s: no column %q in %s", i.Code, role, column, r.Name), Hint: analysis.Suggest(column, r.ColumnNames())}
	}
	return Gap{fmt.Sprintf("the data of %s do not tell “%s”", plainWords(r.Name), plainWords(column)), fmt.Sprintf("ask or record “%s” and declare the column %s in dataset %s", plainWords(column), column, r.Name)}
}

// has reports whether the relation has the column, be it derived.
func (b *binder) has(r analysis.Relation, column string) bool {
	return r.Has(column) || strings.EqualFold(column, ageBand) && r.Has("age") && len(b.Ages) > 0
}

const ageBand = "age_band"

// rows is the relation as a FROM item: a register without periods becomes a
// yearly stock, and age_band is derived where there are only ages.
func (s Setup) rows(r analysis.Relation) string {
	from := analysis.Quote(r.Name)
	if !r.Has("period") && len(s.Years) > 0 {
		from = stockRows(r, s.Years)
	}
	if r.Has(ageBand) || !r.Has("age") || len(s.Ages) == 0 {
		return from
	}
	return fmt.Sprintf("(SELECT *, %s AS %s FROM %s)", s.ageBandSQL(), ageBand, from)
}

// ageBandSQL maps age to the city's bands: "0-5", "6-14", …, "75+". Ages below
// the first bound have no band.
func (s Setup) ageBandSQL() string {
	var sql strings.Builder
	sql.WriteString("CASE")
	for k, low := range s.Ages {
		if k+1 < len(s.Ages) {
			fmt.Fprintf(&sql, " WHEN age BETWEEN %d AND %d THEN '%d-%d'", low, s.Ages[k+1]-1, low, s.Ages[k+1]-1)
		} else {
			fmt.Fprintf(&sql, " WHEN age >= %d THEN '%d+'", low, low)
		}
	}
	return sql.String() + " END"
}

// defaultTime is the time rule of a kind of dataset whose term names none.
func defaultTime(kind string) string {
	switch kind {
	case "population", "space", "statistic":
		return "last"
	}
	return "sum"
}

func and(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return "(" + a + " AND " + b + ")"
}
