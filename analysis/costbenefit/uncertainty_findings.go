package costbenefit

import (
	"fmt"
	"math"
	"strings"
)

// Findings says in sentences how sure the verdict on each option is, what it
// hangs on and whether knowing more would pay: pairs of what it is about and text.
func (u Uncertainty) Findings() [][2]string {
	var findings [][2]string
	for o, option := range u.Options {
		about := u.model.Appraisal.Options[o].Name
		say := func(text string) {
			if text != "" {
				findings = append(findings, [2]string{about, text})
			}
		}
		if u.Draws > 0 {
			say(u.riskSentence(option))
			say(u.contributorSentence(option))
		}
		say(u.hingeSentence(option))
		say(u.scenarioSentence(o, option.NPV))
		if u.Draws > 0 {
			say(u.knowledgeSentence(option))
		}
	}
	if u.Draws == 0 && len(u.Options) > 0 {
		findings = append(findings, [2]string{"uncertainty", "No assumption has a distribution, so nothing is known of how likely a loss is."})
	}
	return findings
}

func (u Uncertainty) riskSentence(o OptionUncertainty) string {
	m := u.model
	text := fmt.Sprintf("With the assumptions drawn %s times from their distributions, nine results of ten lie between %s and %s, and the net present value is below 0 in %s of draws",
		thousands(fmt.Sprint(u.Draws)), m.moneyWords(o.Percentiles[0]), m.moneyWords(o.Percentiles[4]), lossWords(o.Spread, u.Draws))
	if o.Loss > 0 {
		text += fmt.Sprintf(", by %s on average", m.moneyWords(o.Shortfall))
	}
	text += "."
	if o.NPV*o.Mean < 0 && math.Abs(o.Mean) > 2*o.MeanError {
		text += fmt.Sprintf(" Their mean is %s although the values as written give %s: the ranges are not even around them.", m.moneyWords(o.Mean), m.moneyWords(o.NPV))
	}
	return text
}

// mainShare is the share of uncertainty from which an input is named.
const mainShare = .1

func (u Uncertainty) contributorSentence(o OptionUncertainty) string {
	var parts []string
	for _, c := range o.Contributions[:min(3, len(o.Contributions))] {
		if c.Share >= mainShare {
			parts = append(parts, fmt.Sprintf("%s (about %.0f %%)", u.model.Inputs[c.Input].Label, 100*c.Share))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	text := "Most of this uncertainty comes from " + and(parts) + "."
	if len(u.Correlations) > 0 {
		text += " These shares are rough, as some inputs go together."
	}
	return text
}

func (u Uncertainty) hingeSentence(o OptionUncertainty) string {
	var parts []string
	ranges := false
	for _, s := range o.Sensitivities {
		ranges = ranges || s.Swing > 0
		if s.Decisive() && len(parts) < 5 {
			parts = append(parts, u.model.Inputs[s.Input].Label+" ("+s.Remark+")")
		}
	}
	switch {
	case len(parts) > 0:
		return "The verdict hangs on: " + strings.Join(parts, "; ") + "."
	case ranges:
		return "No single assumption turns the verdict within its stated range."
	}
	return ""
}

// scenarioSentence names the scenarios in which the verdict is another one.
func (u Uncertainty) scenarioSentence(o int, npv float64) string {
	var parts []string
	for _, s := range u.Scenarios {
		if (s.NPV[o] < 0) != (npv < 0) {
			parts = append(parts, fmt.Sprintf("%s (%s)", s.Name, u.model.moneyWords(s.NPV[o])))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "The verdict is the opposite in " + and(parts) + "."
}

// negligible is the share of the standard deviation below which money is not worth
// speaking of.
const negligible = 1e-3

// knowledgeSentence says what better knowledge would be worth, of the measured
// inputs, where another survey could bring it, and of the most valuable other one.
func (u Uncertainty) knowledgeSentence(o OptionUncertainty) string {
	floor := negligible * o.SD
	if o.Everything.Value <= floor {
		return "Knowing the drawn assumptions better would hardly change the decision."
	}
	text := fmt.Sprintf("Knowing all drawn assumptions exactly before deciding would be worth at most %s.", u.model.moneyWords(o.Everything.Value))
	best, among := -1, "Of these"
	for k, c := range o.Contributions {
		in := u.model.Inputs[c.Input]
		if in.SE > 0 {
			among = "Of the other assumptions"
		}
		switch {
		case in.SE > 0 && c.Knowing > floor:
			text += fmt.Sprintf(" Another survey of %s would be worth at most %s.", in.Label, u.model.moneyWords(c.Knowing))
		case in.SE > 0:
			text += fmt.Sprintf(" Another survey of %s alone would hardly change the decision.", in.Label)
		case c.Knowing > floor && (best < 0 || c.Knowing > o.Contributions[best].Knowing):
			best = k
		}
	}
	if best >= 0 {
		c := o.Contributions[best]
		text += fmt.Sprintf(" %s, knowing %s would be worth most, at most %s.", among, u.model.Inputs[c.Input].Label, u.model.moneyWords(c.Knowing))
	}
	return text
}
