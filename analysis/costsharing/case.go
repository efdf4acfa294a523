package costsharing

import (
	"math"
	"math/bits"
	"strings"

	"pediment/analysis"
)

// Case is an arrangement ready to be divided.
type Case struct {
	ID, Name, For string
	Cost          int64 // cents
	Currency      string
	PriceYear     int
	Members       []Member
	Rule          string // chosen, "" when none is yet
	Redistribute  string // rule, "" for the rule that is applied
	Source        string // where cost and benefits come from

	matching   *match
	coalitions map[uint64]float64 // cost by set of members, those of one included
}

// Member is a partner of a case. Amounts are in cents; what is not known is NaN.
type Member struct {
	ID, Name, Kind        string
	Marginalised, Exempt  bool
	Use, Budget, Ability  float64
	Benefit, Alone, Limit float64 // Limit is the cap
	InKind                float64 // 0 when nothing is given
	Status, Expires       string
	Conditions            string
}

// match is a funder's condition, compiled.
type match struct {
	by     int
	award  float64 // cents, NaN: as much as the share lets
	share  float64
	of     string // total or award
	others string // rule
}

// most is the most partners one arrangement may have: sets of them are bits of a
// word.
const most = 60

// everybody is the set of all members.
func (c *Case) everybody() uint64 { return 1<<len(c.Members) - 1 }

// costOf returns what a set of members costs without the others, 0 for nobody.
func (c *Case) costOf(set uint64) (float64, bool) {
	switch set {
	case 0:
		return 0, true
	case c.everybody():
		return float64(c.Cost), true
	}
	cost, known := c.coalitions[set]
	return cost, known
}

// names lists the members of a set: "A, B and C".
func (c *Case) names(set uint64) string {
	var list []string
	for ; set != 0; set &= set - 1 {
		list = append(list, c.Members[bits.TrailingZeros64(set)].Name)
	}
	return listed(list)
}

// listed joins words: "A, B and C".
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// money is an amount of the case for a sentence.
func (c *Case) money(cents float64) string {
	return amountText(int64(math.Round(cents))) + strings.TrimRight(" "+c.Currency, " ")
}

// amountText writes cents with commas between thousands, and with decimals only
// where there are some: "33,333.34", "50,000".
func amountText(cents int64) string {
	text := analysis.Money{Cents: cents}.String()
	sign, whole := "", strings.TrimPrefix(text, "-")
	if whole != text {
		sign = "−"
	}
	whole, fraction, _ := strings.Cut(whole, ".")
	var out strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(digit)
	}
	if fraction != "00" {
		out.WriteString("." + fraction)
	}
	return sign + out.String()
}
