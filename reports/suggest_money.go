package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// What makes a programme's cost stand out, and an appraisal doubtful.
const (
	costFactor   = 3.0 // times the median of the programmes
	costYears    = 2   // in a row, the last year that can be judged included
	fewestCosts  = 5   // programmes that make a median worth a comparison
	mostlyWeak   = 0.5 // share of the benefits
	probableNet  = 0.6 // probability of a loss
	mainSource   = 1.0 / 3
	percentOfOne = 100
)

// costlyProgrammes suggests a look at programmes whose cost per learner is out of
// line. Only programmes whose learners are counted alike are held against each other,
// and only in years for which nearly all of them have a figure, so that the median is
// not that of the cheap ones.
func costlyProgrammes(r *Report) []Suggestion {
	years := r.costsByYear()
	if len(years) == 0 {
		return nil
	}
	var list []Suggestion
	last := years[len(years)-1]
	for _, one := range last.costs {
		run := 0
		for k := len(years) - 1; k >= 0 && years[k].factor(one.code) >= costFactor; k-- {
			run++
		}
		if run < costYears {
			continue
		}
		factor := last.factor(one.code)
		s := Suggestion{
			ID: slug(one.code), About: one.code, Anchor: "money-budget", Look: "mixed", Word: "cost out of line", Certainty: "not sampled",
			Title: fmt.Sprintf("%s cost %s for each learner in %s, %s times the median programme", one.name, withUnit(rounded(one.cost, 0), r.Currency), last.year, rounded(factor, 0)),
			Text:  "Ask what the money buys that others do not give, and decide on a cost per learner it must reach.",
			Evidence: []string{fmt.Sprintf("%s is the latest year with figures of nearly all programmes: the median of %s was %s; %s times or more for %s years in a row.",
				last.year, numberWord(len(last.costs)), withUnit(rounded(last.median(), 0), r.Currency), rounded(costFactor, 0), numberWord(run))},
		}
		if later, found := r.laterCost(one.code, last.year); found {
			s.Evidence = append(s.Evidence, later)
		}
		s.Weight = weight(serious, counted95, moneyPriority) * min(1, factor/(3*costFactor))
		list = append(list, s)
	}
	return list
}

// yearCosts are the costs per learner of a year's programmes.
type yearCosts struct {
	year  string
	costs []programmeCost
}

type programmeCost struct {
	code, name string
	cost       float64
}

// personsCounted is how learners are counted where each counts once.
const personsCounted = "different persons"

// costsByYear are the costs of the years in which at least four of five programmes
// have one, by year.
func (r *Report) costsByYear() []yearCosts {
	var years []yearCosts
	programmes := map[string]bool{}
	for _, row := range r.rows("budget_unit_costs") {
		if row.text("place") != "" || row.text("basis") != personsCounted || row.text("phase") != "executed" {
			continue
		}
		programmes[row.text("programme")] = true
		x := row.number("per_learner")
		if !finite(x) {
			continue
		}
		year := yearLabel(row)
		k := slices.IndexFunc(years, func(y yearCosts) bool { return y.year == year })
		if k < 0 {
			k, years = len(years), append(years, yearCosts{year: year})
		}
		years[k].costs = append(years[k].costs, programmeCost{row.text("programme"), cmp.Or(row.text("name"), row.text("programme")), x})
	}
	slices.SortFunc(years, func(a, b yearCosts) int { return cmp.Compare(a.year, b.year) })
	return slices.DeleteFunc(years, func(y yearCosts) bool {
		return len(y.costs) < fewestCosts || 5*len(y.costs) < 4*len(programmes)
	})
}

// yearLabel is a row's year, which tables write as a text or as a number.
func yearLabel(row tableRow) string {
	if s := row.text("year"); s != "" {
		return s
	}
	return fmt.Sprint(int64(row.number("year")))
}

func (y yearCosts) median() float64 {
	costs := make([]float64, len(y.costs))
	for k, one := range y.costs {
		costs[k] = one.cost
	}
	slices.Sort(costs)
	middle := len(costs) / 2
	if len(costs)%2 == 1 {
		return costs[middle]
	}
	return (costs[middle-1] + costs[middle]) / 2
}

// factor is a programme's cost against the median, 0 where it has none.
func (y yearCosts) factor(code string) float64 {
	for _, one := range y.costs {
		if one.code == code {
			return one.cost / y.median()
		}
	}
	return 0
}

// laterCost tells a cost of a year after the one that was judged.
func (r *Report) laterCost(code, year string) (text string, found bool) {
	for _, row := range r.rows("budget_unit_costs") {
		if x := row.number("per_learner"); finite(x) && row.text("place") == "" && row.text("programme") == code && yearLabel(row) > year {
			text, found = fmt.Sprintf("In %s it was %s for each of %s learners; too few others have a figure yet to compare with.", yearLabel(row), withUnit(rounded(x, 0), r.Currency), count(int64(row.number("learners")))), true
		}
	}
	return text, found
}

// appraisal is a project's appraisal in the report.
type appraisal struct {
	name, title, anchor string
	options             []appraisedOption
}

// appraisedOption is one of the things that could be done; numbers not known are NaN.
type appraisedOption struct {
	id, name   string
	loss, weak float64 // probability of a loss; share of the benefits on weak evidence
}

// appraisals are those of the report's chapters, in order.
func (r *Report) appraisals() []appraisal {
	var list []appraisal
	for _, c := range r.Chapters {
		name, found := strings.CutPrefix(c.Code, "appraisal_")
		if !found {
			continue
		}
		a := appraisal{name: name, title: strings.TrimPrefix(c.Title, "Appraisal: "), anchor: string(c.Part) + "-" + slug(c.Code)}
		for _, row := range r.rows(c.Code + "_options") {
			a.options = append(a.options, appraisedOption{row.text("option"), cmp.Or(row.text("name"), row.text("option")), math.NaN(), math.NaN()})
		}
		for _, row := range r.rows(c.Code + "_summary") {
			for k := range a.options {
				if o := &a.options[k]; o.id == row.text("option") {
					switch row.text("measure") {
					case "probability_loss":
						o.loss = row.number("value")
					case "weak_evidence":
						o.weak = row.number("value")
					}
				}
			}
		}
		list = append(list, a)
	}
	return list
}

// of is a suggestion about the appraisal.
func (a appraisal) of(word, certainty string) Suggestion {
	return Suggestion{ID: slug(a.name), About: a.name, Anchor: a.anchor, Look: "mixed", Word: word, Certainty: certainty}
}

// weakEvidence suggests better evidence where no option rests on any.
func weakEvidence(r *Report) []Suggestion {
	var list []Suggestion
	for _, a := range r.appraisals() {
		least := a.least(func(o appraisedOption) float64 { return o.weak })
		if !(least.weak >= mostlyWeak) {
			continue
		}
		s := a.of("weak evidence", "by the grades of its sources")
		s.Title = fmt.Sprintf("%s: %.0f%s%% of the benefits rest on weak evidence", a.title, percentOfOne*least.weak, noBreak)
		s.Text = "Do not decide on it yet: have the assumptions that matter most measured first, or decide on a trial."
		s.Evidence = []string{fmt.Sprintf("%s: behind that part stand numbers of grade 5 or 6, or without a grade.", least.name)}
		if finite(least.loss) {
			s.Evidence = append(s.Evidence, fmt.Sprintf("It costs more than it brings in about %.0f%s%% of draws.", percentOfOne*least.loss, noBreak))
		}
		s.Weight = weight(moderate, least.weak, moneyPriority)
		list = append(list, s)
	}
	return list
}

// probableLoss suggests to look again at a project of which every option probably
// costs more than it brings.
func probableLoss(r *Report) []Suggestion {
	var list []Suggestion
	for _, a := range r.appraisals() {
		least := a.least(func(o appraisedOption) float64 { return o.loss })
		if !(least.loss >= probableNet) {
			continue
		}
		s := a.of("probable loss", fmt.Sprintf("%.0f%s%% of draws", percentOfOne*least.loss, noBreak))
		s.Title = fmt.Sprintf("%s: probably costs more than it brings", a.title)
		s.Text = "Decide whether what is not valued in money is worth it, or ask for a cheaper way."
		s.Evidence = []string{fmt.Sprintf("%s loses in about %.0f%s%% of draws from the assumptions’ ranges.", least.name, percentOfOne*least.loss, noBreak)}
		if len(a.options) > 1 {
			s.Evidence = append(s.Evidence, fmt.Sprintf("The other options lose more often (%s compared).", numberWord(len(a.options))))
		}
		s.Weight = weight(moderate, least.loss, moneyPriority)
		list = append(list, s)
	}
	return list
}

// least is the option for which a number is smallest; without options, or where one
// has no number, it has none.
func (a appraisal) least(of func(appraisedOption) float64) appraisedOption {
	best := appraisedOption{loss: math.NaN(), weak: math.NaN()}
	for k, o := range a.options {
		switch x := of(o); {
		case !finite(x):
			return appraisedOption{loss: math.NaN(), weak: math.NaN()}
		case k == 0 || x < of(best):
			best = o
		}
	}
	return best
}

// oneAssumption suggests to look into the one number an appraisal's verdict turns on:
// it alone carries the result to both sides of zero within its range, and most of the
// uncertainty comes from it.
func oneAssumption(r *Report) []Suggestion {
	var list []Suggestion
	for _, a := range r.appraisals() {
		for _, o := range a.options {
			row, part, found := r.turning(a, o)
			if !found {
				continue
			}
			s := a.of("one assumption", fmt.Sprintf("%.0f%s%% of the uncertainty", percentOfOne*part, noBreak))
			s.ID += " " + slug(o.id)
			s.Title = fmt.Sprintf("%s: the verdict turns on “%s”", a.title, row.text("label"))
			s.Text = "Have it measured before the decision: nothing else would tell as much."
			s.Evidence = []string{sentence(fmt.Sprintf("%s: %s", o.name, row.text("remark")))}
			s.Weight = weight(moderate, part, moneyPriority)
			list = append(list, s)
		}
	}
	return list
}

// turning is the row of the assumption most of an option's uncertainty comes from,
// where it turns the verdict within its range, and its part.
func (r *Report) turning(a appraisal, o appraisedOption) (row tableRow, part float64, found bool) {
	input := ""
	for _, c := range r.rows("appraisal_" + a.name + "_contributions") {
		if x := c.number("share"); c.text("option") == o.id && x >= mainSource && x > part {
			input, part = c.text("input"), x
		}
	}
	for _, one := range r.rows("appraisal_" + a.name + "_sensitivity") {
		low, high := one.number("npv_low"), one.number("npv_high")
		if input != "" && one.text("option") == o.id && one.text("input") == input && low*high < 0 {
			return one, part, true
		}
	}
	return tableRow{}, 0, false
}

// expiredAssumptions suggests to renew the assumptions that are past their date.
func expiredAssumptions(r *Report) []Suggestion {
	var list []Suggestion
	for _, a := range r.appraisals() {
		var names, owners []string
		all := r.rows("appraisal_" + a.name + "_assumptions")
		for _, row := range all {
			if row.text("state") != "expired" {
				continue
			}
			names = append(names, cmp.Or(row.text("label"), row.text("id")))
			if owner := row.text("owner"); owner != "" && !slices.Contains(owners, owner) {
				owners = append(owners, owner)
			}
		}
		if len(names) == 0 {
			continue
		}
		s := a.of("expired", "by their dates")
		s.Title = fmt.Sprintf("%s: %s past the date of review", a.title, someOf(len(names), len(all)))
		s.Text = "Renew them or confirm them, with a source and a new date, before the appraisal is used."
		s.Evidence = []string{sentence("Expired: " + clip(strings.Join(names, "; "), 300))}
		s.Owner = strings.Join(owners, ", ")
		s.Weight = weight(slight, counted95, moneyPriority)
		list = append(list, s)
	}
	return list
}

// someOf is "one of 12 assumptions is" or "seven of 12 assumptions are".
func someOf(n, of int) string {
	if n == 1 {
		return fmt.Sprintf("one of %d assumptions is", of)
	}
	return fmt.Sprintf("%s of %d assumptions are", numberWord(n), of)
}
