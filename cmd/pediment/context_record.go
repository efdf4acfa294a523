package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// recordKind is what the report rests on of one kind of data.
type recordKind struct {
	kind     string
	datasets []string
	files    []string
	rows     int64
	years    []string // calendar years an indicator draws on
}

// describeRecord says which sources there are and how many people were asked.
func (c *cityContext) describeRecord() analysis.Table {
	kinds := c.recordKinds()
	datasets, files := 0, 0
	t := analysis.Table{Name: "record", Columns: analysis.Columns("kind of data", "datasets:integer", "files:integer", "rows:integer", "years", "names")}
	for _, k := range kinds {
		datasets, files = datasets+len(k.datasets), files+len(k.files)
		t.Rows = append(t.Rows, []any{k.kind, int64(len(k.datasets)), int64(len(k.files)), k.rows, spanOf(k.years), plainWords(strings.Join(k.datasets, ", "))})
	}
	if datasets > 0 {
		c.say("sources", "The report rests on %s in %s; %d of %d indicators can be computed from them.", plural(int64(datasets), "dataset"), plural(int64(files), "file"), c.computable(), len(c.evaluated.Coverage))
	}
	for _, s := range c.surveys {
		if text := c.interviewed(s.code); text != "" {
			c.say("surveys", "%s: %s.", sentenceCase(plainWords(s.relation)), text)
		}
	}
	return t
}

// recordKinds groups the sources by kind, in the order of the project file.
func (c *cityContext) recordKinds() []recordKind {
	var kinds []recordKind
	for _, f := range c.sources {
		kind := c.kind(f.Dataset)
		k := slices.IndexFunc(kinds, func(one recordKind) bool { return one.kind == kind })
		if k < 0 {
			k, kinds = len(kinds), append(kinds, recordKind{kind: kind})
		}
		one := &kinds[k]
		one.rows += f.Rows
		if !slices.Contains(one.datasets, f.Dataset) {
			one.datasets = append(one.datasets, f.Dataset)
		}
		if !slices.Contains(one.files, f.File) {
			one.files = append(one.files, f.File)
		}
	}
	for k := range kinds {
		kinds[k].years = c.yearsOf(kinds[k].kind)
	}
	return kinds
}

// yearsOf are the calendar years indicators draw on from data of a kind.
func (c *cityContext) yearsOf(kind string) []string {
	of := map[string]string{}
	for _, r := range c.relations {
		of[r.Name] = r.Kind
	}
	var years []string
	for _, one := range c.evaluated.Coverage {
		if !slices.ContainsFunc(one.Sources, func(name string) bool { return of[name] == kind }) {
			continue
		}
		for _, label := range one.Years {
			if period, err := c.project.calendar.ParsePeriod(label); err == nil {
				years = append(years, c.project.calendar.JoinYear(period).Label)
			}
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// spanOf writes years as a person does: all of a few, the ends of many.
func spanOf(years []string) string {
	const few = 3
	if len(years) <= few {
		return strings.Join(years, ", ")
	}
	return years[0] + "–" + years[len(years)-1]
}

// computable counts the indicators that can be computed.
func (w *work) computable() (n int) {
	for _, one := range w.evaluated.Coverage {
		if one.Missing == "" {
			n++
		}
	}
	return n
}

// interviewed says how many were asked in each round of a survey.
func (c *cityContext) interviewed(code string) string {
	values := filtered(c.of(code), func(v analysis.Value) bool { return told(v) && v.N > 0 && !c.after(v.Period) })
	slices.SortFunc(values, func(a, b analysis.Value) int { return cmp.Compare(b.Period.Label, a.Period.Label) })
	var parts []string
	for _, v := range values {
		parts = append(parts, fmt.Sprintf("%s in %s", counted(float64(v.N)), v.Period.Label))
	}
	if len(parts) == 0 {
		return ""
	}
	return "interviews that count, " + strings.Join(parts, ", ")
}
