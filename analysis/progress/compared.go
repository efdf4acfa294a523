package progress

import (
	"math"

	"pediment/analysis"
)

// disagreement is a measure on which methods part.
type disagreement struct {
	*standing
	declared string
	others   []string // methods and what they say
}

// methodsTable sets every method's judgement beside the declared one, all at the
// estimates, and returns the measures on which they disagree: a method calls on
// course what another calls too slow or moving away.
func (a *assessment) methodsTable() (analysis.Table, []disagreement) {
	t := analysis.Table{Name: "methods", Columns: []analysis.Column{
		textColumn("indicator"), textColumn("name"), textColumn("method"), {Name: "declared", Type: "boolean"}, numberColumn("measure", "ratio"),
		textColumn("judged_for"), numberColumn("projected", ""), textColumn("status"), {Name: "agrees", Type: "boolean"}, textColumn("note"),
	}}
	list := methods()
	bands := make([][]Status, len(list))
	for k, m := range list {
		bands[k] = DefaultStatuses(m.Name)
	}
	var parted []disagreement
	for _, st := range a.all {
		if st.point < 0 || len(st.course.Points) == 0 {
			continue
		}
		d := disagreement{standing: st, declared: st.statuses[st.point].Label}
		for k, m := range list {
			row, differs := st.compared(m, bands[k])
			t.Rows = append(t.Rows, row)
			if differs != "" {
				d.others = append(d.others, differs)
			}
		}
		if len(d.others) > 0 {
			parted = append(parted, d)
		}
	}
	return t, parted
}

// compared is the row of one method, and what it says where that differs from what
// governs.
func (st *standing) compared(m method, bands []Status) (row []any, differs string) {
	j := m.Assess(st.course)
	declared := m.Name == st.method.Name
	if j.Refused != "" {
		return []any{st.ID, st.title, string(m.Name), declared, nil, st.leg.Period.Label, nil, "", nil, j.Refused}, ""
	}
	label, class := "", 0
	if st.aimed {
		if declared {
			bands = st.statuses
		}
		at := bandOf(bands, j, st.aim.hit(st.currentPoint().Value))
		label, class = bands[at].Label, classOf(at, len(bands), bands[0].Achieved)
	} else {
		at := m.watched(st.course, j.Ratio)
		label, class = m.Watch[at].Label, watchClass(m.Watch[at].ID)
	}
	governing := classOf(st.point, len(st.statuses), st.statuses[0].Achieved)
	agrees := class == governing
	if !agrees && !declared {
		differs = methodWords(m.Name) + " says “" + label + "”"
	}
	return []any{st.ID, st.title, string(m.Name), declared, cell(j.Ratio), st.leg.Period.Label, cell(st.projectedBy(m, j)), label, agrees, j.Caution}, differs
}

// projectedBy is a method's projection of the series itself, NaN where it has none.
func (st *standing) projectedBy(m method, j Judgement) float64 {
	switch {
	case !st.aimed:
		return math.NaN()
	case st.legAim.twoSided():
		return m.Assess(st.plainCourse(st.leg, st.legAim)).Projected
	}
	return j.Projected
}

// classOf makes statuses of different methods comparable: on course, too slow,
// moving away.
func classOf(at, statuses int, achieved bool) int {
	first := 0
	if achieved {
		first = 1
	}
	switch {
	case at <= first:
		return 0
	case at == statuses-1:
		return 2
	}
	return 1
}

func watchClass(id string) int {
	switch id {
	case "on_track":
		return 0
	case "deterioration":
		return 2
	}
	return 1
}
