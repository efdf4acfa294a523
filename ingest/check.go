package ingest

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"pediment/analysis"
)

// Check returns every mistake in the declarations it can find without loading:
// it reads the files' headers and binds every expression to them.
func Check(ctx context.Context, dir string, datasets []Dataset, calendar analysis.Calendar, adapters []*Adapter) analysis.Problems {
	problems := checkDeclarations(datasets)
	db, err := openScratch(ctx)
	if err != nil {
		return gather(problems, err).Sorted()
	}
	files := map[string][]string{}
	for _, d := range datasets {
		found, err := findFiles(dir, d)
		problems = gather(problems, err)
		for _, f := range found {
			files[d.Name] = append(files[d.Name], f.name)
			problems = gather(problems, checkFile(ctx, binder{db, calendar}, d, f, adapters))
		}
	}
	_, found := describe(datasets, files)
	problems = append(problems, found...)
	return gather(problems, db.Close()).Sorted()
}

// checkFile binds the declaration to one file's header.
func checkFile(ctx context.Context, b binder, d Dataset, f file, adapters []*Adapter) error {
	adapter, err := adapterFor(d, f, adapters)
	if err != nil {
		return err
	}
	s := newSource(d, f, "")
	h, err := adapter.header(ctx, s)
	if err != nil {
		return err
	}
	_, err = b.bind(ctx, d, s, h, adapter.typed)
	return err
}

// newSource prepares a dataset's file for its adapter.
func newSource(d Dataset, f file, temp string) *source {
	s := &source{dataset: d.Name, path: f.path, name: f.name, size: f.size, read: d.Read, temp: temp, decimals: map[string]string{}}
	for _, c := range d.columns() {
		if c.Decimal.Value != "" {
			s.decimals[or(c.From.Value, c.Name)] = c.Decimal.Value
		}
	}
	return s
}

// checkDeclarations returns what is wrong whatever the files hold.
func checkDeclarations(datasets []Dataset) analysis.Problems {
	var problems analysis.Problems
	for _, d := range datasets {
		problems = append(problems, d.check()...)
	}
	return problems
}

var datasetName = regexp.MustCompile(`^[\pL][\pL\pN_]*$`)

func (d Dataset) check() analysis.Problems {
	var problems analysis.Problems
	fail := func(at analysis.Position, hint, format string, args ...any) {
		problems = append(problems, analysis.Problem{Position: orAt(at, d.At), Message: d.Name + ": " + fmt.Sprintf(format, args...), Hint: hint})
	}
	if !datasetName.MatchString(d.Name) {
		fail(d.At, "use letters, digits and _", "a dataset cannot have this name")
	}
	k, err := findKind(d)
	problems = gather(problems, err)
	if err == nil {
		problems = append(problems, k.checkColumns(d)...)
	}
	for _, c := range d.columns() {
		if c.typeName() == "period" && c.From.Value == unknownPeriod {
			fail(c.From.At, fmt.Sprintf(`for example %s: {type: period, from: "'2025'"}`, c.Name), "put in the period these rows are of")
		}
	}
	problems = append(problems, checkSigns(d.Read.Decimal, d.Read.Thousands)...)
	if _, err := findCharset(d.Read.Encoding); err != nil {
		problems = gather(problems, err)
	}
	if !slices.Contains([]string{"", "calendar", "fiscal", "school"}, d.Year.Value) {
		fail(d.Year.At, "write calendar, fiscal or school", "unknown year %q", d.Year.Value)
	}
	if d.Until.Value != "" {
		if _, err := time.Parse(time.DateOnly, d.Until.Value); err != nil {
			fail(d.Until.At, "write it as 2025-09-30", "until %q is not a day", d.Until.Value)
		}
	}
	if d.Design != nil {
		problems = append(problems, d.checkDesign()...)
	}
	if d.Calibrate != nil {
		problems = append(problems, d.checkCalibrate()...)
	}
	return problems
}
