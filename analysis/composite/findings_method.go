package composite

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// overTime says whose score changed for sure.
func (b *built) overTime() string {
	if len(b.spans) > 1 && b.within() {
		return "Scores compare " + b.setup.Words + " within a period only (copeland), so no change over time is given."
	}
	if len(b.changes) == 0 {
		return ""
	}
	var up, down []string
	unclear := 0
	ordered := slices.Clone(b.changes)
	slices.SortStableFunc(ordered, func(x, y movement) int { return compareFloats(math.Abs(y.change), math.Abs(x.change)) })
	for _, c := range ordered {
		text := fmt.Sprintf("%s %s (%s to %s)", b.setup.Units[c.unit].Name, points(c.change, c.low, c.high), points(c.low, c.low, c.high), points(c.high, c.low, c.high))
		switch {
		case !c.clear():
			unclear++
		case c.rising > .5:
			up = append(up, text)
		default:
			down = append(down, text)
		}
	}
	text := fmt.Sprintf("From %s to %s ", b.period(b.changes[0].from), b.period(b.changes[0].to))
	var parts []string
	if len(up) > 0 {
		parts = append(parts, "the score rose in "+enumerate(up, mostNamed))
	}
	if len(down) > 0 {
		parts = append(parts, "it fell in "+enumerate(down, mostNamed))
	}
	if unclear > 0 {
		parts = append(parts, fmt.Sprintf("for %s of %d the direction cannot be told", count(unclear, b.setup.Word, b.setup.Words), len(b.changes)))
	}
	text += strings.Join(parts, "; ") + "."
	if len(up)+len(down) > 0 {
		text += " In brackets stands the range of 9 of 10 draws."
	}
	return text
}

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// compositionOverTime says what makes periods comparable.
func (b *built) compositionOverTime() string {
	if len(b.spans) < 2 {
		return ""
	}
	return fmt.Sprintf("Every period is made from the same %s, on one scale for all periods.", count(len(b.inputs), "indicator", "indicators"))
}

// leftOut names what screening left out, by kind.
func (b *built) leftOut() []string {
	var texts []string
	for _, kind := range []string{"indicator", "group", b.setup.Word} {
		var names []string
		for _, e := range b.screened.left {
			if e.kind != kind {
				continue
			}
			text := e.name + " (" + e.reason
			if e.period != "" && len(b.spans) > 1 {
				text += " in " + e.period
			}
			names = append(names, text+")")
		}
		if len(names) > 0 {
			many := kind + "s"
			if kind == b.setup.Word {
				many = b.setup.Words
			}
			texts = append(texts, fmt.Sprintf("%s: %s.", count(len(names), kind, many), enumerate(names, mostNamed)))
		}
	}
	return texts
}

// gaps says how many values were filled, withheld and missing.
func (b *built) gaps() string {
	total, carriedOver, filledIn, missing, withheld := 0, 0, 0, 0, 0
	for k := range b.rows {
		for j := range b.inputs {
			c := b.cell(k, j)
			total++
			switch c.source {
			case carried:
				carriedOver++
			case filled:
				filledIn++
			case absent:
				missing++
			}
			if c.reason != "" {
				withheld++
			}
		}
	}
	var parts []string
	if carriedOver > 0 {
		parts = append(parts, fmt.Sprintf("%d are of an earlier period", carriedOver))
	}
	if filledIn > 0 {
		parts = append(parts, fmt.Sprintf("%d were filled by the %s", filledIn, b.filling()))
	}
	if missing > 0 {
		parts = append(parts, fmt.Sprintf("%d are missing, and the weights of the others were scaled up", missing))
	}
	if len(parts) == 0 {
		return fmt.Sprintf("All %d values were measured.", total)
	}
	text := fmt.Sprintf("Of %d values %s.", total, strings.Join(parts, "; "))
	if withheld > 0 {
		text += fmt.Sprintf(" %d of these were withheld or cannot be relied on.", withheld)
	}
	return text + " Each is marked in the table of inputs."
}

// filling is the way gaps were filled in words.
func (b *built) filling() string {
	return map[Imputation]string{
		FromMean: "mean of the period", FromMedian: "median of the period", FromGroup: "mean of the " + b.setup.Word + "'s group in the period",
	}[b.setup.Impute]
}

// errorsStated says for how many values an error is known.
func (b *built) errorsStated() string {
	stated, total := 0, 0
	for k := range b.rows {
		for j := range b.inputs {
			if c := b.cell(k, j); c.source != absent {
				total++
				if c.se > 0 {
					stated++
				}
			}
		}
	}
	switch stated {
	case total:
		return ""
	case 0:
		return "No value has a stated error: all are taken as exact, and the ranges show only what the choices do."
	}
	return fmt.Sprintf("%d of %d values have a stated error; the others are taken as exact, so intervals are narrower than they should be where those have errors of their own.", stated, total)
}

// method says how the index is made.
func (b *built) method() string {
	groups := len(b.branches) - 1
	text := count(len(b.inputs), "indicator", "indicators")
	if groups > 0 {
		text += " in " + count(groups, "group", "groups")
	}
	return text + ". Each is brought to a scale from 0 to 100 where more is better: " + map[Normalisation]string{
		MinMax:    "0 is the worst value of any " + b.setup.Word + " and period, 100 the best",
		Goalposts: "0 and 100 are the declared ends, and values beyond count as these",
		ZScore:    "50 is the mean, and 10 points are one standard deviation; it can go beyond the ends",
		ToTarget:  "0 is the worst value, 100 the target reached",
		ByRank:    "by rank among all " + b.setup.Words + " and periods",
	}[b.setup.Normalise] + ". Scores are put together level by level, from the lowest: " + inTurn(b.setup.Aggregate) + "."
}

// floored says where a score near 0 counts as more, and whose.
func (b *built) floored() string {
	rule := fmt.Sprintf("a score below %d of 100 counts as %[1]d, for one of 0 would make the whole 0", leastScore)
	var names []string
	proportional := false
	for n, branch := range b.branches {
		if !meanAt(b.setup.Aggregate, branch.height).floors() {
			continue
		}
		proportional = true
		for _, one := range b.members(n) {
			for k, x := range one.column {
				if name := b.unit(k).Name + " in " + one.name; x < leastScore && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	varied := b.setup.Vary.Aggregate
	if !b.setup.Vary.Declared {
		varied = b.everything().Aggregate
	}
	switch {
	case len(names) > 0:
		return "In a geometric or harmonic mean " + rule + ". So it is for " + enumerate(names, mostNamed) + "."
	case proportional:
		return "In a geometric or harmonic mean " + rule + "; no score is so low."
	case b.varies("aggregate") && slices.ContainsFunc(varied, Mean.floors):
		return "In the draws with a geometric or harmonic mean " + rule + "."
	}
	return ""
}

// weighting says where the weights come from.
func (b *built) weighting() string {
	switch b.setup.Weights {
	case PCA:
		text := "Weights follow from the data: squared loadings on the first principal component of each group."
		if len(b.unloaded) > 0 {
			text += " Not so in " + enumerate(b.unloaded, mostNamed) + ", whose members weigh the same: fewer than three " + b.setup.Words + " have them all, or one does not vary."
		}
		return text
	case Given:
		return "Weights are those declared."
	}
	return "Members of a group weigh the same, at every level. That is a choice too."
}

// treated names the indicators whose outliers were drawn in.
func (b *built) treated() string {
	if !b.declared().treats() {
		return ""
	}
	var names, undone []string
	for j, t := range b.declaredData().treatments {
		switch {
		case t.Undone:
			undone = append(undone, b.inputs[j].Name)
		case !t.none():
			names = append(names, fmt.Sprintf("%s (%s: %s)", b.inputs[j].Name, t, enumerate(b.movedBy(j, t), 3)))
		}
	}
	text := ""
	if len(names) > 0 {
		text = "Values far out were treated in " + enumerate(names, mostNamed) + "."
	}
	if len(undone) > 0 {
		text += " Neither drawing values in nor a logarithm brings near what is far out in " + enumerate(undone, mostNamed) + ", so it stays as measured."
	}
	return strings.TrimSpace(text)
}

// movedBy names the units of which a treatment changes a value by much: those drawn
// in, or at the far end of a logarithm.
func (b *built) movedBy(input int, t Treatment) []string {
	var names []string
	for k, x := range b.declaredData().value[input] {
		far := t.Apply(x) != x
		if t.Log {
			far = math.Abs(x-t.Origin) > 50*t.Shift // beyond half of the range
		}
		if name := b.unit(k).Name; far && !math.IsNaN(x) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// few is the number of units below which a ranking says little.
const few = 5

// warn adds the caveats of the index.
func (b *built) warn(r *analysis.Result) {
	r.Warn("index", "scores are relative to the "+b.setup.Words+" compared: they say who stands where, not whether anybody stands well")
	if b.setup.Normalise == Goalposts || b.setup.Normalise == ToTarget {
		r.Warnings = nil
	}
	if b.varies("inputs") {
		r.Warn("index", "errors of different values are drawn independently; those of one survey may go together, which is not known")
	}
	span := b.lastSpan()
	if n := span[1] - span[0]; n < few {
		r.Warn("index", fmt.Sprintf("with %d %s correlations, shares and alpha mean little", n, b.setup.Words))
	}
}
