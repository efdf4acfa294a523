package costsharing

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"pediment/analysis"
)

// findingsTable holds what the figures say, in sentences.
func findingsTable(shares []share) analysis.Table {
	t := analysis.Table{Name: "findings", Columns: []analysis.Column{text("about"), text("text")}}
	for _, s := range shares {
		for _, sentence := range s.findings() {
			t.Rows = append(t.Rows, []any{s.Case.Name, sentence})
		}
	}
	return t
}

func (s share) findings() []string {
	list := []string{s.opening()}
	if s.chosen != nil {
		for i := range s.Members {
			list = append(list, s.memberFinding(i))
		}
		list = append(list, s.aloneFinding()...)
		list = append(list, s.capFinding()...)
		list = append(list, s.stabilityFinding()...)
		list = append(list, s.marginalisedFinding()...)
		if s.chosen.Note != "" {
			list = append(list, sentence(s.chosen.Note))
		}
		list = append(list, s.dependenceFinding()...)
	}
	return append(list, s.comparison()...)
}

// opening says what is shared by how many, and by what rule.
func (s share) opening() string {
	what := s.For
	if what == "" {
		what = s.Case.Name
	}
	text := fmt.Sprintf("%s: %s", sentenceStart(what), s.money(float64(s.Cost)))
	if s.PriceYear != 0 {
		text += fmt.Sprintf(" in prices of %d", s.PriceYear)
	}
	switch {
	case len(s.Members) == 1:
		return text + ", borne by one partner."
	case s.chosen == nil:
		return fmt.Sprintf("%s, shared by %d partners. No rule is chosen yet.", text, len(s.Members))
	}
	return fmt.Sprintf("%s, shared by %d partners, %s.", text, len(s.Members), s.chosen.Label)
}

// memberFinding says what a member pays and gets under the chosen rule.
func (s share) memberFinding(i int) string {
	m, paid := &s.Members[i], float64(s.chosen.Contributions[i])
	verb := "pays " + s.money(paid)
	switch {
	case paid == 0:
		verb = "pays nothing"
	case paid < 0:
		verb = "is paid " + s.money(-paid)
	}
	text := m.Name + " " + verb + s.boundNote(i)
	if i == 0 && len(s.Members) > 1 {
		text = fmt.Sprintf("Under the chosen rule, %s, %s", s.chosen.Label, text)
	}
	if m.InKind > 0 && m.InKind <= paid {
		text += fmt.Sprintf(", %s of it in kind", s.money(m.InKind))
		if !math.IsNaN(m.Benefit) {
			text += ","
		}
	}
	if !math.IsNaN(m.Benefit) {
		text += fmt.Sprintf(" for benefits of %s", s.money(m.Benefit))
	}
	switch betterThanAlone(paid, m.Alone) {
	case yes:
		text += fmt.Sprintf("; alone it would pay %s", s.money(m.Alone))
	case no:
		text += fmt.Sprintf("; alone it would pay only %s, so it has a reason to stay away", s.money(m.Alone))
	case "equal":
		text += "; alone it would pay the same"
	}
	if m.InKind > max(paid, 0) {
		text += fmt.Sprintf(". It gives %s in kind, %s more than its part: the others owe it the difference, or it agrees to give it", s.money(m.InKind), s.money(m.InKind-paid))
	}
	return text + "."
}

// aloneFinding says for whom it is not known whether sharing pays.
func (s share) aloneFinding() []string {
	var asked []string
	for i := range s.Members {
		if m := &s.Members[i]; math.IsNaN(m.Alone) {
			asked = append(asked, m.Name)
		}
	}
	switch len(asked) {
	case 0:
		return nil
	case len(s.Members):
		return []string{"What anybody would pay alone is not given, so whether sharing pays for them is not known."}
	}
	return []string{fmt.Sprintf("What %s would pay alone is not given, so whether sharing pays there is not known.", strings.ReplaceAll(listed(asked), " and ", " or "))}
}

// boundNote says what holds a member's contribution down.
func (s share) boundNote(i int) string {
	switch s.chosen.Bound[i] {
	case "cap":
		return " (its cap)"
	case "exempt":
		return " (it is exempt)"
	}
	return ""
}

// capFinding says what caps and exemptions spare whom, and who pays it.
func (s share) capFinding() []string {
	var spared []string
	total := 0.0
	for i, bound := range s.chosen.Bound {
		if bound == "cap" || bound == "exempt" {
			spared = append(spared, s.Members[i].Name)
			total += s.chosen.Before[i] - s.chosen.Amounts[i]
		}
	}
	if total < 1 {
		return nil
	}
	by := s.chosen.Label
	if s.Redistribute != "" {
		by = ruleNamed(s.Redistribute).Label
	}
	return []string{fmt.Sprintf("Caps and exemptions spare %s %s, which the others pay %s.", listed(spared), s.money(total), by)}
}

// stabilityFinding says whether a group would do better by itself.
func (s share) stabilityFinding() []string {
	switch core, blocking := s.inCore(*s.chosen); {
	case core == yes && len(s.Members) > 1:
		return []string{"No group of partners would pay less by itself: the sharing holds together."}
	case core == no && blocking&(blocking-1) != 0:
		paid := 0.0
		for i, cents := range s.chosen.Contributions {
			if blocking&(1<<i) != 0 {
				paid += float64(cents)
			}
		}
		return []string{fmt.Sprintf("%s would together pay %s by themselves, %s less than under this rule: they may want to go without the others.",
			s.names(blocking), s.money(s.coalitions[blocking]), s.money(paid-s.coalitions[blocking]))}
	}
	return nil
}

// marginalisedFinding sets the burden on marginalised partners against what they
// get.
func (s share) marginalisedFinding() []string {
	cost, benefit := s.marginalised(*s.chosen)
	if math.IsNaN(cost) {
		return nil
	}
	text := fmt.Sprintf("Partners who stand for people left behind pay %s of the cost", percent(cost))
	if !math.IsNaN(benefit) {
		text += fmt.Sprintf(" and get %s of the benefits", percent(benefit))
	}
	return []string{text + "."}
}

// dependenceFinding says on whom the funding hangs and what ends first.
func (s share) dependenceFinding() []string {
	var list []string
	k := s.largest()
	if part := float64(s.chosen.Contributions[k]) / float64(s.Cost); part > 0.5 && len(s.Members) > 1 {
		list = append(list, fmt.Sprintf("%s carries %s of the cost: without it the others would have to find %s.",
			s.Members[k].Name, percent(part), s.money(float64(s.chosen.Contributions[k]))))
	}
	if i := s.firstToExpire(); i >= 0 {
		list = append(list, fmt.Sprintf("The first money to end is that of %s: %s, on %s.",
			s.Members[i].Name, s.money(float64(s.chosen.Contributions[i])), s.Members[i].Expires))
	}
	for i := range s.Members {
		if m := &s.Members[i]; s.expired(m) && s.chosen.Contributions[i] > 0 {
			list = append(list, fmt.Sprintf("The money of %s ended on %s: %s must be agreed on anew.",
				m.Name, m.Expires, s.money(float64(s.chosen.Contributions[i]))))
		}
	}
	if _, open := s.standing(); open > 0 {
		list = append(list, fmt.Sprintf("%s of the cost is not secured yet.", sentenceStart(percent(open))))
	}
	return list
}

// comparison says what the rules make of it: who depends on the choice, which is
// the most even, which cannot be computed.
func (s share) comparison() []string {
	list := []string{s.rangeText()}
	best, spread, computed := "", math.Inf(1), 0
	var without []string
	for _, o := range s.outcomes {
		if o.Reason != "" {
			without = append(without, o.Label)
			continue
		}
		computed++
		if x := s.spread(o); x < spread {
			best, spread = o.Label, x
		}
	}
	if best != "" && computed > 1 && len(s.Members) > 1 {
		how := "differs least from partner to partner"
		if spread == 0 {
			how = "is the same for everybody"
		}
		list = append(list, fmt.Sprintf("Of the %d rules that can be computed, sharing %s is the most even: what a unit of benefit costs %s.", computed, best, how))
	}
	if len(without) > 0 {
		list = append(list, fmt.Sprintf("Sharing %s is not computed; the table of rules says what is missing.", strings.Replace(listed(without), " and by", " or by", 1)))
	}
	return list
}

// warnings are the caveats of a case.
func (s share) warnings() []string {
	var list []string
	for i := range s.Members {
		if m := &s.Members[i]; s.expired(m) {
			list = append(list, fmt.Sprintf("the funding of %s expired on %s", m.Name, m.Expires))
		}
	}
	for _, o := range s.outcomes {
		for i, x := range o.Contributions {
			if x < 0 {
				list = append(list, fmt.Sprintf("%s, %s would be paid by the others", o.Label, s.Members[i].Name))
			}
		}
	}
	return list
}

// sentence makes a sentence of a clause.
func sentence(clause string) string {
	return sentenceStart(strings.TrimSuffix(clause, ".")) + "."
}

// sentenceStart begins with a capital letter.
func sentenceStart(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
