package costbenefit

import (
	"time"

	"pediment/analysis"
)

// Model is an appraisal ready to be computed: every number it hangs on is an
// input, every line refers to inputs by their place in the list. Nothing in it
// changes while it is computed; what is tried instead comes as a list of values.
type Model struct {
	Appraisal *Appraisal
	AsOf      time.Time // day by which reviews are judged to have expired
	Inputs    []Input
	Columns   []Column // of the timeline
	Rates     []Rate   // discount rates, in order
	Flows     []Flow   // lines, then residual values
	Funds     []Fund   // funding, in order, amounts by column in FundFlows
	FundFlows [][]float64
	Matches   []int // input by fund: share of the total cost others must bring, None
	Inflation int   // input, None for real prices

	TaxDeadweight int   // input, None
	Eta           int   // input, None without incomes
	Reference     int   // input: reference income, None
	Incomes       []int // input by group, None
	Populations   []int // input by group, None
	Learners      []int // input by option, None
	Priority      []int // priority learners by option, None
	Effects       []int // effect by option, None
	FinanceRate   int   // input, None: the discount rate
	ReinvestRate  int   // likewise
	BudgetCap     int
	Gap           struct{ Rate, EligibleCost, Maximum int }
	Scenarios     []Settings
	Warnings      []analysis.Warning // of reading and of the guard rails
}

// None stands for an input that is not there.
const None = -1

// Input is one number the results hang on.
type Input struct {
	ID    string // unique; of a number written in a line "line.field"
	Label string
	Value float64 // as used: uprated to the price base
	Unit  string
	Low   float64 // of the one-way test; NaN where nothing is known
	High  float64
	Draw  Distribution // zero: not drawn
	Kind  string       // declared, line, indicator, population, preset or setting
	SE    float64      // of a measured one, NaN otherwise

	Quoted     float64 // as its source gives it, before uprating
	PriceYear  int     // of Quoted, 0 when it is not money of another year
	Source     string
	Page, Date string
	Grade      int // 0: not graded
	Owner      string
	Reviewer   string
	Review     string
	Changed    string
	Note       string
	At         analysis.Position
	Used       []string // lines and settings that use it
	Overridden bool     // set on the command line
}

// Expired reports whether its review was due before the day.
func (i Input) Expired(asOf time.Time) bool {
	day, err := time.Parse(time.DateOnly, i.Review)
	return err == nil && day.Before(asOf)
}

// State says whether an input may be relied on: expired, when its review was due;
// unsourced, when nobody named where it comes from; overridden or ok.
func (m *Model) State(in Input) string { return m.state(in) }

// Column is one point of the timeline: a year or, with dated timing, a day.
type Column struct {
	Label string  // "2027", "2027-03-01"
	Year  int     // calendar year
	Step  int     // years since the base year; with dated timing likewise
	Time  float64 // years from the base point at which the column's flows are discounted
}

// Rate is a yearly discount rate and the first step from the base year in which
// it holds: 1 for the step from year 0 to year 1.
type Rate struct {
	From  int
	Input int
}

// Flow is a line of the appraisal. Its market amount in column t is
//
//	(Σ_s Base_s · K(t−s)) · Price_t · (1+growth)^(Year_t − price base) · Π Factors
//
// K(j) = (1−drop-off)^(j−Lag) · part(j−Lag), where part(i) is 0 for i < 0 and
// clamp(duration − i, 0, 1) otherwise, and j counts years. Its economic amount is
// that times Π Economic. A residual value has Of set and one amount, in the last
// column.
type Flow struct {
	Line     *Line
	ID, Name string
	Cost     bool // side
	Class    string
	Payer    int // stakeholder, None
	Receiver int
	InKind   bool
	Members  []float64 // by option: 1 part of it, −1 of business as usual only, 0 neither or both

	Base     []float64 // by column
	Price    []float64 // by column: to prices of the price base (or of the column's year, when prices are nominal)
	Factors  []Factor
	Economic []Factor // conversion factor and tax content
	Lag      int
	Duration int // input, None for 1
	DropOff  int // input, None for 0
	Growth   int // input, None for 0
	Shares   []GroupShare
	Cashable int // input, None for 1
	Of       int // of a residual value: the flow whose asset it is; None otherwise
	Residual *ResidualTerms
}

// ResidualTerms are the inputs of a residual value.
type ResidualTerms struct {
	Method string // book, given or net flows
	Life   float64
	Value  int
	Yearly int
	Years  int
	Sold   bool
}

// GroupShare is the part of a flow that one group pays or receives.
type GroupShare struct {
	Group, Input int
}

// Factor is one multiplier of a flow.
type Factor struct {
	Name  string // the field's word: take-up, deadweight, optimism correction, …
	Form  Form
	Input int
	Less  int // of Difference: what is taken off
}

// Form is how a factor is made from its input x.
type Form string

// The forms of factors.
const (
	Plain      Form = "x"
	Complement Form = "1 - x"
	Increase   Form = "1 + x"
	Difference Form = "x - y"
	Quotient   Form = "1 / (1 + x)"
)

// Settings is a scenario: values by input, and stakeholders whose funding is gone.
type Settings struct {
	Scenario *Scenario
	Values   map[int]float64
	Without  []int
}

// Distribution is how an input is drawn. The zero value is not drawn.
type Distribution struct {
	Kind            string // normal, truncated, lognormal, triangular, pert, beta, uniform, discrete
	Mean, SD        float64
	Low, Mode, High float64 // bounds of truncated may be infinite; of lognormal the 5th and 95th percentile
	Alpha, Beta     float64
	Values          []float64
	Probabilities   []float64
}

// Value is a measured number handed to an appraisal.
type Value struct {
	analysis.Estimate
	Unit   string // as the indicator says; "percent" has become a fraction
	Label  string // what was measured, where and when
	Source string // datasets and files
}

// Setup is what an appraisal needs from outside.
type Setup struct {
	Deflators analysis.Deflators
	Currency  string // of the city, where the appraisal names none
	AsOf      time.Time
	Set       map[string]string // values by assumption, tried instead of those written
	Indicator func(IndicatorLink) (Value, error)
	Residents func(Residents) (Value, error)
}
