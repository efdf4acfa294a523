package quality

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

func (a *assessment) sayTriangulation(say sayer) {
	for _, p := range a.Pairs {
		var mine []comparison
		for _, c := range a.comparisons {
			if c.pair.Name == p.Name {
				mine = append(mine, c)
			}
		}
		if len(mine) == 0 {
			continue
		}
		last := mine[len(mine)-1]
		counts := map[verdict]int{}
		for _, c := range mine {
			counts[c.verdict]++
		}
		text := fmt.Sprintf("%s, %s: “%s” gives %s, “%s” %s", p.Name, last.period, last.first.Name, a.figure(last.first), last.second.Name, a.figure(last.second))
		switch {
		case last.reason != "":
			text += "; whether they agree cannot be told: " + last.reason
		case last.verdict == agrees:
			text += fmt.Sprintf("; they agree within %s", a.margin(last))
		case last.verdict == differs:
			text += fmt.Sprintf("; they differ by more than %s, so find out whose definition or count is another before either is relied on", a.margin(last))
		default:
			text += fmt.Sprintf("; the difference of %s (90 %% interval %s to %s) leaves open whether they agree within %s", rounded(last.difference), rounded(last.low), rounded(last.high), a.margin(last))
		}
		if len(mine) > 1 {
			text += fmt.Sprintf(". Over %d periods: %d agree, %d differ, %d cannot be told", len(mine), counts[agrees], counts[differs], counts[cannotTell])
		}
		say("two sources", "%s.", text)
	}
}

// figure writes a value with no more digits than its interval supports.
func (a *assessment) figure(v analysis.Value) string {
	unit := " " + v.Unit
	if v.Unit == "percent" {
		unit = " %"
	}
	if !v.Sampled() || !(v.SE > 0) {
		return rounded(v.Value) + unit
	}
	half := 1.96 * v.SE
	decimals := max(0, 1-int(math.Floor(math.Log10(half))))
	return fmt.Sprintf("%s%s (give or take %.*f)", grouped(fmt.Sprintf("%.*f", decimals, v.Value)), unit, decimals, half)
}

func (a *assessment) margin(c comparison) string {
	if c.pair.Relative {
		return plain(100*c.pair.Tolerance) + " % of the second"
	}
	return plain(c.pair.Tolerance)
}

func (a *assessment) sayConsistency(say sayer) {
	told := false
	for _, d := range a.datasets {
		outside := 0
		var worst step
		for _, one := range d.steps {
			if !one.outside {
				continue
			}
			outside++
			if worst.periods == nil || math.Abs(math.Log(one.ratio)) > math.Abs(math.Log(worst.ratio)) {
				worst = one
			}
		}
		if outside == 0 {
			continue
		}
		text := fmt.Sprintf("%s: of %s, %s less than 0.67 or more than 1.33 times the mean of up to %d comparable periods before", d.Table.Name, counted(int64(len(d.steps)), "figure"), isOrAre(outside), earlier)
		if a.Rows || !d.personal() {
			where := strings.TrimSpace(worst.measure + " " + a.Places.Name(worst.place))
			text += fmt.Sprintf(". Furthest: %s in %s, %s after %s", where, worst.periods[worst.at].Label, rounded(worst.values[worst.at]), rounded(worst.mean))
		}
		told = true
		say("jumps over time", "%s.", text)
	}
	if told {
		say("jumps over time", "A jump is a question to the source, not yet an error. Where all places move together it lowers no score.")
	}
	a.sayOutliers(say)
}

// sayOutliers counts the outliers of all datasets and names the furthest of each,
// to those who may know.
func (a *assessment) sayOutliers(say sayer) {
	var n int64
	var furthest []string
	for _, d := range a.datasets {
		list := a.outlying[d]
		n += int64(len(list))
		if len(list) == 0 {
			continue
		}
		o := slices.MaxFunc(list, func(x, y outlying) int { return cmp.Compare(x.distance(), y.distance()) })
		furthest = append(furthest, fmt.Sprintf("%s %s in %s, %s where %s to %s is usual (%s)", o.measure, a.Places.Name(o.place), o.period, rounded(o.value), rounded(o.low), rounded(o.high), o.against))
	}
	n += int64(len(a.outlying[nil]))
	if n == 0 {
		return
	}
	lie := counted(n, "figure") + " lie"
	if n == 1 {
		lie += "s"
	}
	say("outliers", "%s far from those of other places or from the same place's other years. Check them with the source; nothing was changed or left out.", lie)
	if a.Rows && len(furthest) > 0 {
		say("outliers", "Furthest in each dataset: %s.", strings.Join(furthest[:min(len(furthest), 5)], "; "))
	}
}

// distance is how far outside its limits a number lies, in widths between them.
func (o outlying) distance() float64 {
	return max(o.low-o.value, o.value-o.high) / (o.high - o.low)
}
