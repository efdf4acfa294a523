package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/reports"
)

// movedTo puts levers where they are moved to, on the nearest of their steps. A
// lever there is not and a value out of its range are refused.
func movedTo(list []reports.Lever, moved map[string]float64) ([]reports.Lever, error) {
	list = slices.Clone(list)
	var ids []string
	for k := range list {
		lever := &list[k]
		ids = append(ids, lever.ID)
		x, ok := moved[lever.ID]
		switch {
		case !ok:
		case !(x >= lever.Low-lever.Step/2 && x <= lever.High+lever.Step/2):
			return nil, analysis.Problem{Message: fmt.Sprintf("%s: %g is not between %g and %g", lever.Label, x, lever.Low, lever.High), Hint: "move it within its range"}
		default:
			lever.Value = tidy(*lever, lever.Given+math.Round((x-lever.Given)/lever.Step)*lever.Step)
		}
	}
	for id := range moved {
		if !slices.Contains(ids, id) {
			return nil, analysis.Problem{Message: fmt.Sprintf("no lever %q", id), Hint: cmp.Or(analysis.Suggest(id, ids), "there are "+strings.Join(ids, ", "))}
		}
	}
	return list, nil
}

// movedOf are the values of the levers that are moved, as --set takes them.
func movedOf(list []reports.Lever) map[string]string {
	set := map[string]string{}
	for _, lever := range list {
		if tidy(lever, lever.Value) == tidy(lever, lever.Given) {
			continue
		}
		text := strconv.FormatFloat(lever.Value, 'f', -1, 64)
		if strings.HasPrefix(lever.Unit, "percent") {
			text += "%"
		}
		set[lever.ID] = text
	}
	return set
}
