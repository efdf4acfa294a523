package progress

import (
	"cmp"
	"math"
	"strings"

	"pediment/analysis"
)

func numberColumn(name, unit string) analysis.Column {
	return analysis.Column{Name: name, Type: "number", Unit: unit}
}

func textColumn(name string) analysis.Column { return analysis.Column{Name: name, Type: "text"} }

// progressTable holds one row for each measure, in the plan's order.
func (a *assessment) progressTable() analysis.Table {
	t := analysis.Table{Name: "progress", Columns: progressColumns()}
	for _, st := range a.all {
		t.Rows = append(t.Rows, st.row(a.setup))
	}
	return t
}

func progressColumns() []analysis.Column {
	var columns []analysis.Column
	for _, name := range []string{
		"objective", "measure", "code", "name", "place", "group", "unit", "direction", "method",
		"baseline_period", "baseline#", "baseline_se#", "period", "value#", "se#",
		"target_period", "target#", "target_high#", "required#", "gap#", "pace#", "needed_pace#", "judged_for", "ratio#",
		"status_id", "status", "icon", "probability#", "level_probability#", "between",
		"projected#", "projected_low#", "projected_high#", "people#", "units#", "money#", "currency", "owner", "reason", "in_words",
	} {
		if plain, isNumber := strings.CutSuffix(name, "#"); isNumber {
			columns = append(columns, numberColumn(plain, progressUnits(plain)))
		} else {
			columns = append(columns, textColumn(name))
		}
	}
	return columns
}

func progressUnits(column string) string {
	switch column {
	case "probability", "level_probability":
		return "share"
	case "people":
		return "people"
	}
	return ""
}

// row is a measure in the table progress.
func (st *standing) row(s Setup) []any {
	low, high := st.target.Value, math.NaN()
	if st.Direction == InRange {
		low, high = st.target.Low, st.target.High
	}
	if !st.aimed {
		low = math.NaN()
	}
	base, now := st.basePoint(), st.nowPoint()
	id, label, icon := st.statusCells()
	return []any{
		st.objective, st.ID, st.Code.Value, st.title, st.Place.Value, st.Group.String(), st.unit, string(st.Direction), string(cmp.Or(st.method.Name, st.Measure.Method)),
		st.from.Label, cell(base.Value), cell(base.SE), st.now.Period.Label, cell(now.Value), cell(now.SE),
		st.target.Period.Label, cell(low), cell(high), cell(st.required), cell(st.gap), cell(st.pace), cell(st.needed), st.leg.Period.Label, cell(st.judged.Ratio),
		id, label, icon, st.probability(st.surety()), st.probability(st.level), st.open(),
		cell(st.projected), cell(st.projectedLow), cell(st.projectedHigh), cell(st.people()), cell(st.units), cell(st.money), st.moneyUnit(s), st.Owner, st.reason(), strings.Join(st.sentences(s), " "),
	}
}

// probability is a cell with a probability, empty for values taken as exact because
// nobody declared an error.
func (st *standing) probability(p float64) any {
	if st.absent != "" || st.exact() {
		return nil
	}
	return cell(rounded(p))
}

// surety is how probable what the status says is: of a status on or off course between
// several that it is on or off, whichever of them holds.
func (st *standing) surety() float64 {
	if st.best < 0 || st.printed() || st.shares == nil {
		return st.sure
	}
	on := 0.0
	for k, p := range st.shares {
		if st.onCourse(k) {
			on += p
		}
	}
	switch st.kind() {
	case onKind:
		return on
	case offKind:
		return 1 - on
	}
	return st.sure
}

// rounded is a probability to four decimals, which is what it is good for.
func rounded(p float64) float64 { return math.Round(p*1e4) / 1e4 }

// basePoint is the baseline, NaN where there is none.
func (st *standing) basePoint() Point {
	if len(st.points) > 1 {
		return st.points[0]
	}
	return Point{math.NaN(), st.Baseline.Value, st.Baseline.SE}
}

// nowPoint is the value now, NaN where there is none.
func (st *standing) nowPoint() Point {
	if st.absent != "" {
		return Point{math.NaN(), math.NaN(), math.NaN()}
	}
	return st.currentPoint()
}

func (st *standing) moneyUnit(s Setup) string {
	if math.IsNaN(st.money) {
		return ""
	}
	return st.currency(s)
}

// statusCells are the identifier, the word and the sign of a status.
func (st *standing) statusCells() (id, label, icon string) {
	switch {
	case st.absent != "" && st.now.State == analysis.Unreliable:
		return "not_judged", "not judged", "?"
	case st.kind() == withheldKind:
		return "withheld", "withheld", "–"
	case st.absent != "":
		return "no_data", "no data", "–"
	case st.best < 0:
		return "not_judged", "not judged", "?"
	case !st.printed() && st.kind() == offKind:
		return "off_course", "off course, " + st.open(), "▽"
	case !st.printed() && st.kind() == onKind:
		return "on_course", "on course, " + st.open(), "☆"
	case !st.printed():
		return "uncertain", "uncertain: " + st.open(), "◇"
	}
	s := st.statuses[st.best]
	return s.ID, s.Label, s.Icon
}

// open says between which statuses it lies, "" where one is printed.
func (st *standing) open() string {
	if st.best < 0 || st.printed() {
		return ""
	}
	return "between “" + st.statuses[st.best].Label + "” and “" + st.statuses[st.worst].Label + "”"
}

// reason says why nothing is judged or what limits the judgement.
func (st *standing) reason() string {
	var parts []string
	for _, text := range append(append([]string{st.absent, st.bare}, st.notes...), st.gaps) {
		if text != "" {
			parts = append(parts, opened(strings.TrimSuffix(text, "."))+".")
		}
	}
	return strings.Join(parts, " ")
}

// sharesTable holds the probability of each status of each measure that has them;
// without any error there is nothing to be unsure of.
func (a *assessment) sharesTable() analysis.Table {
	t := analysis.Table{Name: "shares", Columns: []analysis.Column{
		textColumn("measure"), textColumn("name"), textColumn("status_id"), textColumn("status"), numberColumn("probability", "share"),
	}}
	for _, st := range a.ranked {
		if st.exact() {
			continue
		}
		for k, p := range st.shares {
			t.Rows = append(t.Rows, []any{st.ID, st.title, st.statuses[k].ID, st.statuses[k].Label, rounded(p)})
		}
	}
	return t
}

// targetsTable holds every target that was due, and whether it was met.
func (a *assessment) targetsTable() analysis.Table {
	t := analysis.Table{Name: "targets", Columns: []analysis.Column{
		textColumn("measure"), textColumn("name"), textColumn("period"), numberColumn("target", ""), numberColumn("target_high", ""),
		numberColumn("value", ""), textColumn("met"), numberColumn("probability", "share"),
	}}
	for _, st := range a.all {
		for _, due := range st.Targets {
			if row := a.targetRow(st, due); row != nil {
				t.Rows = append(t.Rows, row)
			}
		}
	}
	return t
}

// targetRow holds a target against the value of its period; nil where it was not
// due or has no value.
func (a *assessment) targetRow(st *standing, due Target) []any {
	p, chance, known := st.metAt(due)
	if !known {
		return nil
	}
	low, high, sure := due.Value, math.NaN(), cell(rounded(chance))
	if st.Direction == InRange {
		low, high = due.Low, due.High
	}
	if p.SE == 0 {
		sure = nil
	}
	return []any{st.ID, st.title, due.Period.Label, cell(low), cell(high), p.Value, a.met(chance), sure}
}

// metAt is the value of a target's period and the probability that it meets the
// target, where the value is known.
func (st *standing) metAt(due Target) (p Point, chance float64, known bool) {
	for _, v := range st.known {
		if v.Period != due.Period || unusable(&v) != "" || v.ErrorUnknown || st.amiss {
			continue
		}
		hits := aimAt(st.Measure, due, true)
		p = pointOf(st.Measure, v, 1)
		return p, normal{p.Value, p.SE, math.Inf(-1), math.Inf(1)}.between(hits.low, hits.high), true
	}
	return Point{}, math.NaN(), false
}

// met says whether a target was met, as far as its chance allows.
func (a *assessment) met(chance float64) string {
	switch threshold := a.threshold(); {
	case chance >= threshold:
		return "met"
	case chance <= 1-threshold:
		return "missed"
	}
	return "uncertain"
}

func (a *assessment) threshold() float64 {
	if a.plan.Threshold > 0 {
		return a.plan.Threshold
	}
	return DefaultThreshold
}
