package costbenefit

import (
	"slices"
	"strconv"
	"time"

	"pediment/analysis"
)

// line checks one line by itself.
func (r *reader) line(l *Line) {
	name(&l.Name, l.ID)
	if l == &r.a.Lines[0] {
		unique(r, "line", r.a.Lines, func(l Line) (string, analysis.Position) { return l.ID, l.At })
	}
	r.sides(l)
	r.memberOptions(l.At, l.Options)
	r.word(l.At, "form", l.Form, "cash", "in kind")
	r.size(l)
	r.amounts(l.At, "amounts", l.Amounts)
	r.amounts(l.At, "quantities", l.Quantities)
	for _, f := range l.numbers() {
		r.number(f)
	}
	for _, f := range []field{
		{key: "level_low", text: l.LevelLow}, {key: "level_high", text: l.LevelHigh}, {key: "mitigation", text: l.Mitigation, rule: share},
	} {
		r.literal(f)
	}
	r.level(l)
	r.time(l)
	r.filtered(l)
	r.shares(l)
	r.residual(l)
	r.corrected(l)
	r.fiscal(l)
	r.date(l.At, "date", l.Date)
	r.day(l.At, "review", l.Review)
	r.grade(l.At, l.Grade)
	r.priceYear(l.At, l.PriceYear)
	if l.Nominal && l.PriceYear != 0 {
		r.failUnder(l.At, "price_year", "keep one of the two", "nominal amounts are in prices of their own year")
	}
	if l.Sunk {
		r.failUnder(l.At, "sunk", "remove the line: what is spent whatever is decided is no reason for or against", "line %s is sunk", l.ID)
	}
}

// sides checks who pays and who gets.
func (r *reader) sides(l *Line) {
	if r.required(l.At, "side", l.Side, "cost or benefit") {
		r.word(l.At, "side", l.Side, "cost", "benefit")
	}
	if r.required(l.At, "class", l.Class, "capital, running, revenue, fiscal, economic, social or transfer") {
		r.word(l.At, "class", l.Class, "capital", "running", "revenue", "fiscal", "economic", "social", "transfer")
	}
	transfer := l.Class == "transfer"
	if l.Payer == "" && (l.Side == "cost" || transfer) {
		r.fail(l.At, "name the stakeholder who bears it", "line %s has no payer", l.ID)
	}
	if l.Receiver == "" && (l.Side == "benefit" || transfer) {
		r.fail(l.At, "name the stakeholder who gains", "line %s has no receiver", l.ID)
	}
	if transfer && len(l.Shares) > 0 {
		r.failUnder(l.At, "groups", "leave groups out: those who pay a transfer and those who receive it are different people", "groups of the transfer %s", l.ID)
	}
	if transfer && l.Payer != "" && l.Payer == l.Receiver {
		r.failUnder(l.At, "receiver", "a transfer moves money from one to another", "payer and receiver of the transfer %s are the same", l.ID)
	}
	r.refers(r.places.of(l.At, "payer"), "stakeholder", l.Payer, r.known.stakeholders)
	r.refers(r.places.of(l.At, "receiver"), "stakeholder", l.Receiver, r.known.stakeholders)
}

// size checks that the line's size is given in one way.
func (r *reader) size(l *Line) {
	ways := 0
	for _, there := range []bool{len(l.Amounts) > 0, len(l.Quantities) > 0, len(l.Quantity) > 0} {
		if there {
			ways++
		}
	}
	counted := len(l.Quantities) > 0 || len(l.Quantity) > 0
	switch {
	case ways == 0:
		r.fail(l.At, "give amounts by year, or a quantity and a unit_value", "line %s has no size", l.ID)
	case ways > 1:
		r.fail(l.At, "keep one of them", "line %s has %d of amounts, quantities and quantity", l.ID, ways)
	case counted && !given(l.UnitValue):
		r.fail(l.At, "give unit_value, what one unit is worth", "line %s has a quantity without a unit value", l.ID)
	case !counted && given(l.UnitValue):
		r.fail(l.UnitValue.At, "give quantities in place of amounts", "unit_value beside amounts of money")
	}
	if r.a.Timing == "dated" && len(l.Quantity) > 0 {
		r.failUnder(l.At, "quantity", "give quantities by day", "a quantity that recurs has no days, which dated timing needs")
	}
	if len(l.Quantity) == 0 {
		for key, year := range map[string]int{"from": l.From, "to": l.To} {
			if year != 0 {
				r.failUnder(l.At, key, "it belongs to a quantity that recurs", "%s beside amounts by year", key)
			}
		}
	}
}

// amounts checks the years or days of amounts.
func (r *reader) amounts(parent analysis.Position, key string, amounts map[string]float64) {
	for when := range amounts {
		at := r.places.of(parent, key, when)
		if r.a.Timing == "dated" {
			day, err := time.Parse(time.DateOnly, when)
			switch {
			case err != nil:
				r.fail(at, "with dated timing write it as 2025-03-31", "%s: %q is not a day", key, when)
			case day.Year() < r.a.BaseYear || day.Year() > r.a.LastYear:
				r.fail(at, "", "%s: %s is outside the horizon %d to %d", key, when, r.a.BaseYear, r.a.LastYear)
			}
			continue
		}
		year, err := strconv.Atoi(when)
		switch {
		case err != nil || len(when) != 4:
			r.fail(at, "write it as 2025; days need timing: dated", "%s: %q is not a year", key, when)
		case year < r.a.BaseYear:
			r.fail(at, "what was spent before is sunk; to count it, begin earlier", "%s: %d is before base_year %d", key, year, r.a.BaseYear)
		case year > r.a.LastYear:
			r.fail(at, "set last_year later", "%s: %d is after last_year %d", key, year, r.a.LastYear)
		}
	}
}

// level checks the range of a line's level.
func (r *reader) level(l *Line) {
	if given(l.LevelLow) != given(l.LevelHigh) {
		r.fail(l.At, "give both", "line %s has one of level_low and level_high", l.ID)
	}
	level, _, ok := parseNumber(l.Level.Value)
	if given(l.Level) && !ok && given(l.LevelLow) {
		r.fail(l.LevelLow.At, "give low and high there", "the assumption %s has its own range", l.Level.Value)
		return
	}
	if !given(l.Level) {
		level.value = 1
	}
	low, _, _ := parseNumber(l.LevelLow.Value)
	high, _, _ := parseNumber(l.LevelHigh.Value)
	if given(l.LevelLow) && given(l.LevelHigh) && (low.value >= high.value || level.value < low.value || level.value > high.value) {
		r.fail(l.LevelLow.At, "90% is a tenth less", "level_low %s and level_high %s do not enclose the level %s", l.LevelLow.Value, l.LevelHigh.Value, plain(level.value))
	}
}

// time checks when the line happens and how its effect lasts.
func (r *reader) time(l *Line) {
	r.yearInHorizon(l.At, "from", l.From)
	r.yearInHorizon(l.At, "to", l.To)
	if from, to := l.span(r.a); len(l.Quantity) > 0 && from > to {
		r.failUnder(l.At, "to", "", "line %s ends in %d before it begins in %d", l.ID, to, from)
	}
	if l.Lag < 0 || l.Lag > longest {
		r.failUnder(l.At, "lag", "whole years between the base and the first effect", "lag %d is not 0 to %d", l.Lag, longest)
	}
	if l.Life < 0 || l.Life > 1000 {
		r.failUnder(l.At, "life", "", "life %d is no number of years", l.Life)
	}
	if r.a.Timing != "dated" {
		return
	}
	const hint = "give the amounts by day, or use annual timing"
	if l.Lag != 0 {
		r.failUnder(l.At, "lag", hint, "lag has no meaning between days")
	}
	if given(l.DropOff) {
		r.fail(l.DropOff.At, hint, "drop_off has no meaning between days")
	}
	if given(l.Duration) && l.Duration.Value != "1" {
		r.fail(l.Duration.At, hint, "duration has no meaning between days")
	}
}

// span is the first and last year of a quantity that recurs.
func (l *Line) span(a *Appraisal) (from, to int) {
	from, to = l.From, l.To
	if from == 0 {
		from = min(a.BaseYear+1, a.LastYear)
	}
	if to == 0 {
		to = a.LastYear
	}
	return from, to
}

// filtered checks that attribution says whose share it is.
func (r *reader) filtered(l *Line) {
	a := l.Attribution
	if a == nil {
		return
	}
	if !given(a.Share) {
		r.fail(a.At, "", "attribution without a share")
	}
	if a.Due == "" {
		r.fail(a.At, "due_to: others is taken off, due_to: project is what counts", "attribution does not say whose share it is")
	}
	r.word(a.At, "due_to", a.Due, "others", "project")
}

// shares checks the groups of a line.
func (r *reader) shares(l *Line) {
	at, ids := r.places.of(l.At, "groups"), make([]string, 0, len(l.Shares))
	for id := range l.Shares {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		r.refers(r.places.of(at, id), "group", id, r.known.groups)
		r.number(field{key: id, text: l.Shares[id], rule: share})
	}
}

// residual checks what an asset is still worth at the end.
func (r *reader) residual(l *Line) {
	x := l.Residual
	if x == nil {
		return
	}
	if l.Side != "cost" || l.Class != "capital" {
		r.fail(x.At, "", "line %s has a residual value but is no capital cost", l.ID)
	}
	if r.required(x.At, "method", x.Method, "book, given or net flows") {
		r.word(x.At, "method", x.Method, "book", "given", "net flows")
	}
	for _, f := range x.numbers() {
		r.number(f)
	}
	switch {
	case x.Method == "book" && l.Life == 0:
		r.fail(x.At, "give the line's life in years", "a book value needs the asset's life")
	case x.Method == "given" && !given(x.Value):
		r.fail(x.At, "", "value is missing")
	case x.Method == "net flows" && (!given(x.Yearly) || !given(x.Years)):
		r.fail(x.At, "", "net flows need yearly and years")
	}
}

// corrected checks that a risk is allowed for once.
func (r *reader) corrected(l *Line) {
	if l.Contingent && given(l.Correction) {
		r.fail(l.Correction.At, "keep one of the two for the same risk", "optimism correction on the contingency %s", l.ID)
	}
	if l.Contingent && l.Side == "benefit" {
		r.failUnder(l.At, "contingency", "", "contingency %s is not a cost", l.ID)
	}
	if given(l.Mitigation) && slices.Contains(r.known.assumptions, l.Correction.Value) {
		r.fail(l.Mitigation.At, "give the correction as a number", "mitigation of the assumption %s", l.Correction.Value)
	}
}

// fiscal checks what belongs to fiscal benefits alone.
func (r *reader) fiscal(l *Line) {
	if (given(l.Cashable) || l.Released != 0) && (l.Side != "benefit" || l.Class != "fiscal") {
		r.fail(l.At, "cashable and released belong to fiscal benefits", "line %s is no fiscal benefit", l.ID)
	}
	r.yearInHorizon(l.At, "released", l.Released)
}
