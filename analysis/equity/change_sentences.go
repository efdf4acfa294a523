package equity

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// gapSentence names the better off first: a gap that is below 0 on the mean of both
// waves is turned round.
func (w *waves) gapSentence(c change, better, worse string) string {
	if c.earlier+c.later < 0 {
		better, worse = worse, better
		c.earlier, c.later, c.value, c.low, c.high = -c.earlier, -c.later, -c.value, -c.high, -c.low
	}
	return w.sentence(c, fmt.Sprintf("The gap between %s and %s", better, worse))
}

// sentence says from where to where the measure went and how sure the change is.
func (w *waves) sentence(c change, what string) string {
	from, to := w.earlier.Period.Label, w.later.Period.Label
	if strings.HasSuffix(c.measure, "_corrected") && min(c.earlier, c.later) <= 0 {
		return w.fromChance(c, what)
	}
	d, by := c.agreeing()
	was, is := figure(c.earlier, d), figure(c.later, d)
	if was == is {
		return fmt.Sprintf("%s was about %s in %s as in %s%s.", what, of(is, c.unit), from, to, c.unmoved())
	}
	way, sure := c.movement(d, by), c.sureOfChange()
	if way == hardly {
		sure = c.unmoved()
	}
	return fmt.Sprintf("%s went from %s in %s to %s in %s: %s%s.", what, was, from, of(is, c.unit), to, way, sure)
}

// fromChance is the sentence of a measure less what chance adds that is 0 or below in
// a wave, where no amount is worth naming.
func (w *waves) fromChance(c change, what string) string {
	from, to := w.earlier.Period.Label, w.later.Period.Label
	d := decimals(max(c.earlier, c.later), c.se, c.unit)
	switch {
	case c.earlier <= 0 && c.later <= 0:
		return fmt.Sprintf("%s: neither in %s nor in %s do the groups differ by more than chance would have them.", what, from, to)
	case c.earlier <= 0:
		return fmt.Sprintf("%s was no more than chance would have it in %s and %s in %s%s.", what, from, of(figure(c.later, d), c.unit), to, c.sureOfChange())
	}
	return fmt.Sprintf("%s was %s in %s and no more than chance would have it in %s%s.", what, of(figure(c.earlier, d), c.unit), from, to, c.sureOfChange())
}

// agreeing returns after how many decimals to round both ends and the change, and the
// change to print, so that they add up: as the error supports, and where the rounded
// change is not that of the rounded ends one more and the change of those. A factor
// may be off by one in the last place.
func (c change) agreeing() (d int, by float64) {
	d = decimals(max(math.Abs(c.earlier), math.Abs(c.later)), c.se, c.unit)
	if c.factor {
		if math.Abs(rounded(c.later, d)/rounded(c.earlier, d)-rounded(c.value, d)) > 1.5*math.Pow10(-d) {
			d++
		}
		return d, c.value
	}
	by = rounded(c.later, d) - rounded(c.earlier, d)
	if figure(by, d) != figure(c.value, d) {
		d++
		by = rounded(c.later, d) - rounded(c.earlier, d)
	}
	return d, by
}

// rounded is the number that figure prints.
func rounded(x float64, decimals int) float64 {
	step := math.Pow10(-decimals)
	if decimals < 0 {
		return math.Round(x/step) * step
	}
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'f', decimals, 64), 64) // halves as they are printed
	return x
}

// hardly is said of a change that is zero in all digits its error supports.
const hardly = "it hardly changed"

// movement says which way and how far, in so many decimals.
func (c change) movement(d int, by float64) string {
	way := "grew"
	if c.grew() < 0 {
		way = "shrank"
	}
	switch {
	case c.factor && figure(by, d) == figure(1, d):
		return hardly
	case c.factor:
		return fmt.Sprintf("it %s to about %s times what it was", way, figure(by, d))
	case c.measure == "furthest_gap" && c.earlier < 0:
		return "it was ahead and fell behind"
	case c.absolute && rounded(c.earlier, d)*rounded(c.later, d) < 0:
		return "the two changed places"
	}
	if isZero(figure(c.value, decimals(c.value, c.se, c.unit))) {
		return hardly
	}
	return fmt.Sprintf("it %s by %s", way, of(figure(math.Abs(by), d), c.unit))
}

func (c change) sureOfChange() string {
	switch {
	case math.IsNaN(c.low) || math.IsNaN(c.p):
		return ""
	case c.clear():
		return fmt.Sprintf(" (95 %% interval of the change %s), more than chance would bring", c.interval(c.unit))
	}
	return fmt.Sprintf(" (95 %% interval of the change %s), which may be chance", c.interval(c.unit))
}

func (c change) unmoved() string {
	if math.IsNaN(c.low) {
		return ""
	}
	return fmt.Sprintf(" (95 %% interval of the change %s)", c.interval(c.unit))
}
