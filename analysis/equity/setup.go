package equity

import (
	"pediment/analysis"
)

// Setup is everything Measure needs: indicators by group, and who receives
// spending. Values are those that may be shown; withheld ones are left in their
// place and named as left out.
type Setup struct {
	Title      string // of the result; "" is "Gaps between groups"
	Breakdowns []Breakdown
	Spending   []Spending
	SmallestN  int // respondents below which no group is named as behind; 0 means 30
}

// Breakdown is one indicator in one period by the groups of one disaggregation. Its
// values are shares, rates or means: totals grow with the group and are no measure
// of how it fares.
type Breakdown struct {
	Code, Name string
	Unit       string // as of analysis.Value: percent means values are 0–100
	Better     string // higher, lower, target or context
	Persons    bool   // values are percentages of people, so that points stand for so many of them
	By         []string
	Label      string // what people call the disaggregation: "district", "sex and age"
	Period     analysis.Period
	Source     string // data source, for the charts; n is added

	// Groups in any order, or, where Ordered, from the worst placed to the best
	// placed (poorest first, least schooled first): ranks run along them.
	Groups  []Group
	Ordered bool

	// Covariance of the groups' estimates in the unit of the values squared, SE²
	// on its diagonal, rows and columns as Groups. Rows of groups without sampling
	// error are NaN. Nil: estimates with a standard error are taken as independent
	// of one another, which the result says.
	Covariance [][]float64
	DF         float64 // design degrees of freedom of the whole; 0 or NaN: taken as infinite

	// Reference is the Level of the group the others are held against, "" for the
	// best placed where Ordered, else the best; Compare is the Level of the group
	// whose gap to it is wanted, "" for the worst placed, else the worst.
	Reference, Compare string

	// Whole is the value for everybody. Groups are held against it where their
	// Population is not known, else against Σ p·y of the groups shown, whose
	// covariance with each group is known; so do all measures.
	Whole analysis.Value

	// Low and High bound the values where Bounded: percentages are bounded by
	// 0 and 100 without it.
	Bounded   bool
	Low, High float64

	// Earlier is the same indicator by the same disaggregation in an earlier wave,
	// nil for none. Cross is the covariance of this wave's groups (rows) with the
	// earlier wave's groups (columns); nil: independent samples.
	Earlier *Breakdown
	Cross   [][]float64

	Withheld int // groups that are not even listed among Groups
}

// Group is one group of a breakdown.
type Group struct {
	Level  string   // value of the column; "f × 65+" where there are several
	Levels []string // values of the columns one by one, in the order of By; nil with one column
	Label  string   // what people call it; "" is Level
	Labels []string // what people call the levels one by one; nil: Levels
	Value  analysis.Value

	// Population is how many people the group has: the estimated denominator, or
	// residents. Shares p are made of it and taken as fixed. 0 or NaN: not known,
	// and measures weighted by people are left out for the whole breakdown.
	Population float64

	// Doubtful is why the group's value is too uncertain to name it as behind, as
	// the reliability rule says; "" when it is not. Small n is checked here.
	Doubtful string
}

// Spending is one kind of money by place, with the need of each place.
type Spending struct {
	Code, Name string // "learning", "Spending on learning"
	Period     analysis.Period
	Currency   string
	Places     []Receiver
	Unplaced   float64 // spent without a place, so that it can be compared with nothing

	// NeedName says what Need measures ("residents without a certificate"), NeedUnit
	// its unit. More is needier: the caller turns indicators where higher is better
	// and says so in NeedName. NeedName "": spending per head only.
	NeedName, NeedUnit string
	Source             string
}

// Receiver is a place and the money spent there.
type Receiver struct {
	Place, Label string
	Amount       float64 // in units of the currency; NaN: not known
	Population   float64 // residents, or the people the money is for; NaN: not known
	Need         float64 // NaN: not known
	NeedSE       float64 // standard error of Need; 0 or NaN: none; +Inf: one nobody can state
}

// label is what people call the group.
func (g Group) label() string {
	if g.Label != "" {
		return g.Label
	}
	return g.Level
}
