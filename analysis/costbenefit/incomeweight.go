package costbenefit

import "math"

// IncomeWeight returns what a unit of money is worth to someone with the income,
// when it is worth 1 at the reference income:
//
//	(reference / income)^eta
//
// eta being the elasticity of the marginal utility of income, 1.3 in HM Treasury,
// Green Book (2022), annex 3. NaN for incomes that are not positive.
func IncomeWeight(reference, income, eta float64) float64 {
	if !(reference > 0) || !(income > 0) {
		return math.NaN()
	}
	return math.Pow(reference/income, eta)
}
