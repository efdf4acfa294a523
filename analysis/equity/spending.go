package equity

import (
	"cmp"
	"fmt"
	"math"

	"pediment/analysis"
)

// flow is one kind of spending with the places it can be compared over.
type flow struct {
	*Spending
	places         []Receiver // those with amount and people, by falling need where it is known
	p, perHead     []float64
	need           []float64 // nil where it is not known for every place shown
	left           []leftOut
	total, people  float64
	across, upward []float64 // the curve from the neediest
	sampled        bool      // need is an estimate with an error, which is
	errorOf        flowErrors
}

// newFlow leaves out places without amount, people or, where need is named, need.
func newFlow(s *Spending) *flow {
	f := &flow{Spending: s}
	var kept []Receiver
	for _, r := range s.Places {
		switch {
		case math.IsNaN(r.Amount):
			f.left = append(f.left, leftOut{r.label(), "spending is not known"})
		case !(r.Population > 0):
			f.left = append(f.left, leftOut{r.label(), "the number of people is not known"})
		case s.NeedName != "" && math.IsNaN(r.Need):
			f.left = append(f.left, leftOut{r.label(), "need is not known"})
		default:
			kept = append(kept, r)
		}
	}
	f.order(kept)
	for _, r := range f.places {
		f.total += r.Amount
		f.people += r.Population
	}
	for _, r := range f.places {
		f.p = append(f.p, r.Population/f.people)
		f.perHead = append(f.perHead, r.Amount/r.Population)
		if s.NeedName != "" {
			f.need = append(f.need, r.Need)
		}
	}
	if f.usable() {
		f.across, f.upward = Curve(f.perHead, f.p, f.need)
		f.errorOf, f.sampled = f.errors()
	}
	return f
}

// order puts the neediest first, and where need is not named those who get most.
func (f *flow) order(kept []Receiver) {
	by := make([]float64, len(kept))
	for i, r := range kept {
		by[i] = -r.Need
		if f.NeedName == "" {
			by[i] = -r.Amount / r.Population
		}
	}
	for _, i := range byAttribute(by) {
		f.places = append(f.places, kept[i])
	}
}

// usable reports whether spending can be held against need.
func (f *flow) usable() bool { return len(f.need) >= 2 && f.total > 0 && f.differs() }

func (f *flow) name() string { return cmp.Or(f.Name, f.Code) }

func (r Receiver) label() string { return cmp.Or(r.Label, r.Place) }

// measures are the indices of spending along need, with the error that need brings.
func (f *flow) measures() []measured {
	if !f.usable() {
		return nil
	}
	at, low, high := f.measure(f.need), f.errorOf.low, f.errorOf.high
	around := func(value, low, high float64) estimate {
		e := exact(value)
		if f.sampled {
			e.low, e.high = low, high
		}
		return e
	}
	list := []measured{
		{"neediest_quarter", "share of spending of the neediest quarter of people", "percent", around(at.quarter, low.quarter, high.quarter), f.quarterSentence()},
		{"spending_concentration", "concentration index of spending along need", "", around(at.spent, low.spent, high.spent), f.concentrationSentence(at.spent)},
	}
	if !math.IsNaN(at.kakwani) && f.needPositive() {
		list = append(list, measured{"kakwani", "concentration of spending less that of need (Kakwani)", "", around(at.kakwani, low.kakwani, high.kakwani), f.kakwaniSentence(at.kakwani)})
	}
	return list
}

// needPositive reports whether needs may be summed: none is below 0.
func (f *flow) needPositive() bool {
	for _, x := range f.need {
		if x < 0 {
			return false
		}
	}
	return true
}

// ends returns spending per head in the neediest and in the least needy quarter of
// people.
func (f *flow) ends() (neediest, least float64) {
	mean := f.total / f.people
	return 4 * At(f.across, f.upward, .25) * mean, 4 * (1 - At(f.across, f.upward, .75)) * mean
}

func (f *flow) quarterSentence() string {
	neediest, least := f.ends()
	return fmt.Sprintf("The neediest quarter of people, as measured by %s, gets %s of the spending%s, where an equal share would be 25 %%: %s of it per head, against %s in the least needy quarter.",
		f.NeedName, f.shown(100*At(f.across, f.upward, .25), f.errorOf.low.quarter, f.errorOf.high.quarter, "percent", 0), f.part(), f.money(neediest), f.money(least))
}

// part says how much of all spending the comparison rests on, where not all of it names a
// place that can be compared.
func (f *flow) part() string {
	all := f.Unplaced
	for _, r := range f.Places {
		if !math.IsNaN(r.Amount) {
			all += r.Amount
		}
	}
	if share := f.total / all; share < .995 {
		return fmt.Sprintf(" whose place is known (%s %% of all spending)", figure(100*share, 0))
	}
	return ""
}

func (f *flow) concentrationSentence(c float64) string {
	where := "it is spread as people are, whatever their need"
	low, high := f.errorOf.low.spent, f.errorOf.high.spent
	switch {
	case math.Abs(c) >= .01 && !f.certain(low, high):
		where = "whether more goes to places with more or with less need cannot be told"
	case c >= .01:
		where = "more goes to places with more need"
	case c <= -.01:
		where = "more goes to places with less need"
	}
	return fmt.Sprintf("Concentration index of spending along need %s: %s (0 is the same per head everywhere).", f.shown(c, low, high, "", 2), where)
}

func (f *flow) kakwaniSentence(k float64) string {
	where := "spending follows need about as it is spread"
	low, high := f.errorOf.low.kakwani, f.errorOf.high.kakwani
	switch {
	case math.Abs(k) >= .01 && !f.certain(low, high):
		where = "whether spending follows need less or more than it is spread cannot be told"
	case k >= .01:
		where = "spending leans further towards places with need than need itself does"
	case k <= -.01:
		where = "for each unit of need, the places with more of it get less"
	}
	return fmt.Sprintf("Held against need itself the index is %s: %s.", f.shown(k, low, high, "", 2), where)
}

// money prints an amount per head.
func (f *flow) money(x float64) string {
	d := 0
	if math.Abs(x) < 100 {
		d = 2
	}
	text := figure(x, d)
	if f.Currency != "" {
		text += " " + f.Currency
	}
	return text
}

// sentences are the flow's findings.
func (f *flow) sentences() []string {
	if len(f.places) < 2 {
		return nil
	}
	if !f.usable() {
		switch {
		case f.NeedName == "":
		case len(f.need) >= 2 && !f.differs():
			return []string{fmt.Sprintf("In %s need, as measured by %s, is the same in every place, so spending is not held against it.", f.Period.Label, f.NeedName)}
		default:
			return nil
		}
		most, fewest := f.places[0], f.places[len(f.places)-1]
		return []string{fmt.Sprintf("In %s spending per head runs from %s in %s to %s in %s. What need there is is not declared, so whether that is fair is not said.",
			f.Period.Label, f.money(fewest.Amount/fewest.Population), fewest.label(), f.money(most.Amount/most.Population), most.label())}
	}
	first := "In " + f.Period.Label + " t" + f.quarterSentence()[1:] + f.unsureOrder()
	if n := len(f.left); n > 0 {
		first += fmt.Sprintf(" %s left out.", plural(n, "place is", "places are"))
	}
	list := []string{first}
	for _, m := range f.measures() {
		if m.measure == "kakwani" {
			list = append(list, m.sentence)
		}
	}
	return list
}

func spendingTable(flows []*flow) analysis.Table {
	t := analysis.Table{Name: "spending", Columns: analysis.Columns("code", "name", "period", "place", "residents:number:people", "amount:number", "per_head:number", "currency",
		"need:number", "need_unit", "residents_cumulated:number:percent", "spending_cumulated:number:percent")}
	for _, f := range flows {
		people, spent := 0.0, 0.0
		for k, r := range f.places {
			people, spent = people+f.p[k], spent+r.Amount/f.total
			need := any(nil)
			if f.need != nil {
				need = number(f.need[k])
			}
			t.Rows = append(t.Rows, []any{f.Code, f.name(), f.Period.Label, r.label(), r.Population, r.Amount, f.perHead[k], f.Currency, need, f.NeedUnit, 100 * people, number(100 * spent)})
		}
	}
	return t
}
