package costbenefit

import (
	"fmt"
	"strings"
)

// stems gives every input a name cells may have, by its id: letters, digits and
// underscores, at most 60 of them, unlike every other. The cells' names put in_ or
// used_ before it, so that none can be read as an address or a function.
func stems(inputs []Input) []string {
	names, seen := make([]string, len(inputs)), map[string]bool{}
	for i, input := range inputs {
		stem := strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
				return r
			}
			return '_'
		}, input.ID)
		stem = stem[:min(60, len(stem))]
		names[i] = stem
		for n := 2; seen[strings.ToLower(names[i])]; n++ {
			names[i] = fmt.Sprintf("%s_%d", stem, n)
		}
		seen[strings.ToLower(names[i])] = true
	}
	return names
}

// used is the name of the cell with the input's value in use: that of the
// scenario chosen.
func (w *workbook) used(input int) string { return "used_" + w.names[input] }

// usedOr is the same, or a number where there is no input.
func (w *workbook) usedOr(input int, absent string) string {
	if input == None {
		return absent
	}
	return w.used(input)
}

// product is the formula that multiplies the factors, "1" without any.
func (w *workbook) product(factors []Factor) string {
	formula := "1"
	for _, f := range factors {
		x := w.used(f.Input)
		switch f.Form {
		case Complement:
			formula += "*(1-" + x + ")"
		case Increase:
			formula += "*(1+" + x + ")"
		case Difference:
			formula += "*(" + x + "-" + w.used(f.Less) + ")"
		case Quotient:
			formula += "/(1+" + x + ")"
		default:
			formula += "*" + x
		}
	}
	return strings.TrimPrefix(formula, "1*")
}

// wording tells the factors in words: "learners × (1 − deadweight)".
func wording(factors []Factor, inputs []Input) string {
	var words []string
	for _, f := range factors {
		name := f.Name
		if name == "" {
			name = inputs[f.Input].ID
		}
		switch f.Form {
		case Complement:
			name = "(1 − " + name + ")"
		case Increase:
			name = "(1 + " + name + ")"
		case Difference:
			name = "(" + inputs[f.Input].ID + " − " + inputs[f.Less].ID + ")"
		case Quotient:
			name = "1 ÷ (1 + " + name + ")"
		}
		words = append(words, name)
	}
	return strings.Join(words, " × ")
}
