package ingest

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"pediment/analysis"
)

// describe returns the relations of the warehouse in the order of their names: a
// table for each dataset, and a view for what several datasets feed or what is
// called other than its one dataset. Datasets that cannot be one relation are
// problems.
func describe(datasets []Dataset, files map[string][]string) ([]analysis.Relation, analysis.Problems) {
	var problems analysis.Problems
	relations := map[string]analysis.Relation{}
	for _, d := range datasets {
		relations[d.Name] = d.describe(files[d.Name])
	}
	for name, feeders := range feeds(datasets) {
		if isTable(name, feeders) {
			continue
		}
		if own, taken := relations[name]; taken {
			problems = append(problems, analysis.Problem{
				Position: own.At,
				Message:  fmt.Sprintf("%s: %s is also what the relation of %d datasets is called", name, name, len(feeders)),
				Hint:     "give the dataset another name",
			})
			continue
		}
		merged, found := mergeRelations(name, feeders, relations)
		problems = append(problems, found...)
		relations[name] = merged
	}
	list := make([]analysis.Relation, 0, len(relations))
	for _, name := range sortedKeys(relations) {
		list = append(list, relations[name])
	}
	return list, problems
}

// feeds gathers the datasets by the relation they feed.
func feeds(datasets []Dataset) map[string][]Dataset {
	fed := map[string][]Dataset{}
	for _, d := range datasets {
		fed[d.Relation()] = append(fed[d.Relation()], d)
	}
	return fed
}

// isTable reports whether the relation is the table of its only dataset.
func isTable(name string, feeders []Dataset) bool {
	return len(feeders) == 1 && feeders[0].Name == name
}

// describe returns the relation the dataset's table is.
func (d Dataset) describe(files []string) analysis.Relation {
	r := analysis.Relation{Name: d.Name, Kind: d.Kind.Value, Year: analysis.Grain(or(d.Year.Value, string(analysis.CalendarYear))), Until: d.Until.Value, At: d.At, Files: files}
	for _, c := range d.declared() {
		r.Columns = append(r.Columns, analysis.ColumnType{Name: c.Name, Type: c.typeName()})
	}
	r.Sample = d.sample()
	return r
}

// mergeRelations returns the relation that several datasets feed: all their
// columns, complete up to the earliest day.
func mergeRelations(name string, feeders []Dataset, relations map[string]analysis.Relation) (analysis.Relation, analysis.Problems) {
	var problems analysis.Problems
	fail := func(d Dataset, what string) {
		problems = append(problems, analysis.Problem{
			Position: d.At,
			Message:  fmt.Sprintf("%s: %s differs from %s, which feeds %s as well", d.Name, what, feeders[0].Name, name),
			Hint:     "declare both alike, or let them feed different relations with feeds: …",
		})
	}
	merged := relations[feeders[0].Name]
	merged.Name, merged.Columns = name, slices.Clone(merged.Columns)
	merged.Files = slices.Clone(merged.Files)
	for _, d := range feeders[1:] {
		other := relations[d.Name]
		if other.Kind != merged.Kind {
			fail(d, "the kind")
		}
		if other.Year != merged.Year {
			fail(d, "the year")
		}
		if what := sampleDifference(other.Sample, merged.Sample); what != "" {
			fail(d, what)
		}
		for _, c := range other.Columns {
			have, ok := merged.Column(c.Name)
			if !ok {
				merged.Columns = append(merged.Columns, c)
			} else if have.Type != c.Type {
				fail(d, fmt.Sprintf("the type of %s, %s instead of %s,", c.Name, c.Type, have.Type))
			}
		}
		if other.Until != "" && (merged.Until == "" || other.Until < merged.Until) {
			merged.Until = other.Until
		}
		merged.Files = append(merged.Files, other.Files...)
	}
	return merged, problems
}

// sampleDifference says in which part two samples differ, "" when they are alike;
// where a calibration was declared makes no difference.
func sampleDifference(a, b *analysis.Sample) string {
	first, firstCalibrate := splitSample(a)
	second, secondCalibrate := splitSample(b)
	switch {
	case (a == nil) != (b == nil) || !reflect.DeepEqual(first, second):
		return "the survey design"
	case !reflect.DeepEqual(firstCalibrate, secondCalibrate):
		return "the calibration"
	}
	return ""
}

// splitSample takes a sample apart into design and calibration, without positions.
func splitSample(s *analysis.Sample) (design analysis.Sample, calibrate *analysis.Calibrate) {
	if s == nil {
		return design, nil
	}
	design = *s
	design.Calibrate = nil
	if s.Calibrate != nil {
		placeless := *s.Calibrate
		placeless.At = analysis.Position{}
		calibrate = &placeless
	}
	return design, calibrate
}

// encodeRelations writes the relations for the books.
func encodeRelations(relations []analysis.Relation) ([]string, error) {
	texts := make([]string, len(relations))
	for i, r := range relations {
		text, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		texts[i] = string(text)
	}
	return texts, nil
}

// sortedKeys returns the keys of m in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
