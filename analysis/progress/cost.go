package progress

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// peopleUnits are the units that count persons themselves.
func peopleUnits() []string {
	return []string{"people", "persons", "residents", "adults", "children", "learners", "participants", "students", "graduates", "teachers"}
}

// cost returns how many of what the indicator counts the gap stands for, and what
// they cost:
//
//	units = |y_T − y|·denominator ÷ base of the rate    money = units·unit cost
//
// A count is its own gap. NaN where denominator or unit cost is not known, and 0
// where nothing is missing.
func (st *standing) cost(s Setup) (units, money float64) {
	units = math.Abs(st.gap) * st.perUnit()
	return units, units * st.unitCost(s)
}

// people is the number of units where they are known to be people: the city says so
// of a percentage, or the unit does. NaN elsewhere.
func (st *standing) people() float64 {
	if st.persons && st.unit == "percent" || slices.Contains(peopleUnits(), st.unit) {
		return st.units
	}
	return math.NaN()
}

// perUnit is how many of what is counted one unit of the indicator stands for.
func (st *standing) perUnit() float64 {
	switch {
	case st.aim.direction == Parity:
		return math.NaN()
	case st.unit == "percent":
		return st.now.Denominator / 100
	case counted(st.unit):
		return 1
	}
	if base, found := strings.CutPrefix(st.unit, "per "); found {
		if n, err := strconv.ParseFloat(strings.ReplaceAll(base, ",", ""), 64); err == nil {
			return st.now.Denominator / n
		}
	}
	return math.NaN()
}

// counted reports whether the unit is something counted, not a share or a rate.
func counted(unit string) bool {
	return unit != "" && unit != "percent" && unit != "ratio" && unit != asPublished && !strings.Contains(unit, "per ") && !strings.Contains(unit, "points")
}

// unitCost is what one more unit costs, NaN where the plan does not say.
func (st *standing) unitCost(s Setup) float64 {
	switch u := st.UnitCost; {
	case u == nil:
	case u.Programme.Value == "":
		return u.Value
	case s.ProgrammeCost != nil:
		if cost, known := s.ProgrammeCost(u.Programme.Value); known {
			return cost
		}
	}
	return math.NaN()
}

// currency is the unit of the money a measure needs.
func (st *standing) currency(s Setup) string {
	if st.UnitCost != nil && st.UnitCost.Currency != "" {
		return st.UnitCost.Currency
	}
	return s.Currency
}
