package costsharing

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Rule is one way to divide a cost.
type Rule struct {
	Name   string // as partners.yaml names it
	Label  string // in a sentence: "by benefit"
	Doc    string
	divide func(c *Case) (division, error)
}

// division is what each member pays before caps and exemptions, in fractions of
// a cent.
type division struct {
	amounts []float64
	limits  []float64 // more than which the rule itself lets nobody pay; nil: none
	note    string
}

// Rules lists the rules in the order they are shown. A rule's errors are what it
// lacks, in words for the one who wrote the file.
func Rules() []Rule {
	return []Rule{
		{"equal", "in equal parts", "everybody pays the same", proportionally("equal")},
		{"use", "by use", "in proportion to use", proportionally("use")},
		{"budget", "by budget", "in proportion to budgets", proportionally("budget")},
		{"ability", "by ability to pay", "in proportion to ability to pay", proportionally("ability")},
		{"benefit", "by benefit", "in proportion to benefit: each unit of benefit costs everybody the same", proportionally("benefit")},
		{"matching", "by matching", "a funder pays on condition that the others bring their share", (*Case).matched},
		{"scrb", "by separable cost and remaining benefit", "each pays what its taking part adds to the cost, and of the rest a part in proportion to what it still gains", (*Case).separable},
		{"shapley", "by Shapley value", "each pays what its joining adds to the cost, averaged over all orders of joining", (*Case).shapley},
	}
}

// ruleNames lists the names of the rules.
func ruleNames() []string {
	var names []string
	for _, rule := range Rules() {
		names = append(names, rule.Name)
	}
	return names
}

// ruleNamed returns the rule with the name, a zero one for "".
func ruleNamed(name string) Rule {
	rules := Rules()
	if k := slices.IndexFunc(rules, func(r Rule) bool { return r.Name == name }); k >= 0 {
		return rules[k]
	}
	return Rule{}
}

// weights are the rules that need one number of each partner.
var weightNames = []string{"equal", "use", "budget", "ability", "benefit"}

// weight returns the member's number for a rule.
func (m *Member) weight(rule string) float64 {
	switch rule {
	case "use":
		return m.Use
	case "budget":
		return m.Budget
	case "ability":
		return m.Ability
	case "benefit":
		return m.Benefit
	}
	return 1
}

func proportionally(rule string) func(*Case) (division, error) {
	return func(c *Case) (division, error) {
		amounts, err := c.proportional(rule, float64(c.Cost), -1)
		return division{amounts: amounts}, err
	}
}

// proportional divides cents in proportion to the members' weights
//
//	C · w_i / Σ w
//
// without the member but, who pays nothing. An exempt member needs no weight
// where what it is spared is divided by the same rule: its own would not matter.
func (c *Case) proportional(rule string, cents float64, but int) ([]float64, error) {
	amounts, total := make([]float64, len(c.Members)), 0.0
	var missing, negative []string
	for i := range c.Members {
		m := &c.Members[i]
		w := m.weight(rule)
		switch {
		case i == but:
			continue
		case math.IsNaN(w) && m.Exempt && c.Redistribute == "":
		case math.IsNaN(w):
			missing = append(missing, m.Name)
		case w < 0:
			negative = append(negative, m.Name)
		default:
			amounts[i] = w
			total += w
		}
	}
	switch {
	case len(missing) > 0:
		return nil, fmt.Errorf("%s is not given for %s", rule, listed(missing))
	case len(negative) > 0:
		return nil, fmt.Errorf("%s is below 0 for %s", rule, listed(negative))
	case total == 0:
		return nil, fmt.Errorf("%s is 0 for everybody", rule)
	}
	for i := range amounts {
		amounts[i] = cents * (amounts[i] / total)
	}
	return amounts, nil
}

// percent writes a share for a sentence: "40 %", "12.5 %".
func percent(share float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", 100*share), ".0") + " %"
}
