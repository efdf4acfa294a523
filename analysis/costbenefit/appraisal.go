// Package costbenefit appraises options by what they cost and bring: it reads an
// appraisal's file, computes flows, present values and the measures of decision,
// tells who pays and who gains, and how sure that is.
package costbenefit

import "pediment/analysis"

// Appraisal is one file of the folder appraisals, as written. Wherever a number
// may stand, the id of an assumption may stand instead; a percentage is written
// with its sign, as in 3.5%.
type Appraisal struct {
	At     analysis.Position
	Name   string // of the file, without folder and extension
	places places // where in the file each value stands

	Title           string        `yaml:"title"`
	Question        string        `yaml:"question"`          // what is to be decided
	BusinessAsUsual string        `yaml:"business_as_usual"` // what happens without any option, in words
	Version         string        `yaml:"version"`
	Status          string        `yaml:"status"` // draft, reviewed, approved
	Author          string        `yaml:"author"`
	Date            string        `yaml:"date"` // ISO day of the appraisal
	Currency        string        `yaml:"currency"`
	PriceBase       int           `yaml:"price_base"` // year whose prices every result is in
	BaseYear        int           `yaml:"base_year"`  // year 0, to which values are discounted
	LastYear        int           `yaml:"last_year"`  // end of the horizon
	Prices          string        `yaml:"prices"`     // real (default) or nominal: what the discounted flows are in
	Inflation       analysis.Text `yaml:"inflation"`  // a year, expected; needed for nominal

	Discount Discount `yaml:"discount"`
	Timing   string   `yaml:"timing"`    // end (default), mid, begin or dated
	YearZero string   `yaml:"year_zero"` // now (default): flows of the base year count in full; during: they follow the timing

	Stakeholders []Stakeholder `yaml:"stakeholders"`
	Groups       []Group       `yaml:"groups"`
	Equity       Equity        `yaml:"equity"`
	Options      []Option      `yaml:"options"`
	Assumptions  []Assumption  `yaml:"assumptions"`
	Lines        []Line        `yaml:"lines"`
	Funding      []Fund        `yaml:"funding"`
	Scenarios    []Scenario    `yaml:"scenarios"`
	Correlations []Correlation `yaml:"correlations"`
	Simulation   Simulation    `yaml:"simulation"`
	Unmonetised  []Effect      `yaml:"unmonetised"`

	TaxDeadweight analysis.Text `yaml:"deadweight_cost_of_taxation"` // a unit of net public spending, 0 when absent
	FinanceRate   analysis.Text `yaml:"finance_rate"`                // of MIRR; the discount rate when absent
	ReinvestRate  analysis.Text `yaml:"reinvestment_rate"`           // likewise
	BudgetCap     analysis.Text `yaml:"budget_cap"`                  // present value of public cost that may be spent
	FundingGap    *FundingGap   `yaml:"funding_gap"`
	Optimism      []float64     `yaml:"optimism_by_grade"` // corrections for evidence of grade 1 to 6, in percent; none: the preset
	NoOptimism    string        `yaml:"no_optimism"`       // why no correction is made for evidence grades; "" makes it
}

// Discount is the rate or rates: one of the three.
type Discount struct {
	At       analysis.Position
	Rate     analysis.Text `yaml:"rate"`
	Preset   analysis.Text `yaml:"preset"`   // a name in presets.yaml
	Schedule []RateFrom    `yaml:"schedule"` // by calendar year
	Low      analysis.Text `yaml:"low"`      // for the sensitivity of the rate, or of the first of several
	High     analysis.Text `yaml:"high"`
	Kind     string        `yaml:"kind"` // real (default) or nominal
	Reason   string        `yaml:"reason"`
	Source   string        `yaml:"source"`
}

// RateFrom is a rate and the calendar year from which it holds.
type RateFrom struct {
	At   analysis.Position
	From int           `yaml:"from"`
	Rate analysis.Text `yaml:"rate"`
}

// Stakeholder pays or gains. A public one is paid for by taxes.
type Stakeholder struct {
	At     analysis.Position
	ID     string `yaml:"id"`
	Name   string `yaml:"name"`
	Public bool   `yaml:"public"`
}

// Group is a part of the population that gains or pays, for equity.
type Group struct {
	At         analysis.Position
	ID         string        `yaml:"id"`
	Name       string        `yaml:"name"`
	Income     analysis.Text `yaml:"income"`     // equivalised, a year; none: weight 1
	Population analysis.Text `yaml:"population"` // persons
	Priority   bool          `yaml:"priority"`   // marginalised: special provision is meant for it
}

// Equity says how gains are weighted by income: (reference ÷ income)^eta.
type Equity struct {
	At              analysis.Position
	Eta             analysis.Text `yaml:"eta"` // none: the preset 1.3
	ReferenceIncome analysis.Text `yaml:"reference_income"`
}

// Option is one way to act. Every result is the option less business as usual.
type Option struct {
	At               analysis.Position
	ID               string        `yaml:"id"`
	Name             string        `yaml:"name"`
	Description      string        `yaml:"description"`
	Learners         analysis.Text `yaml:"learners"`          // all years together
	PriorityLearners analysis.Text `yaml:"priority_learners"` // of priority groups
	Effect           analysis.Text `yaml:"effect"`            // in the unit all options share, for cost-effectiveness
	EffectUnit       string        `yaml:"effect_unit"`
	ExclusiveWith    []string      `yaml:"exclusive_with"` // options that cannot be chosen beside it; none: all are exclusive
	Compatible       bool          `yaml:"compatible"`     // may be chosen beside every other
}

// Assumption is a number that is not simply known, and what stands behind it.
type Assumption struct {
	At            analysis.Position
	ID            string         `yaml:"id"`
	Label         string         `yaml:"label"`
	Value         analysis.Text  `yaml:"value"`
	Unit          string         `yaml:"unit"`
	Low           analysis.Text  `yaml:"low"`
	High          analysis.Text  `yaml:"high"`
	Distribution  string         `yaml:"distribution"` // normal, truncated, lognormal, triangular, pert, beta, uniform or discrete; none: not drawn
	SD            analysis.Text  `yaml:"sd"`           // of normal and truncated
	Alpha         analysis.Text  `yaml:"alpha"`        // of beta, on low to high
	Beta          analysis.Text  `yaml:"beta"`
	Values        []float64      `yaml:"values"` // of discrete
	Probabilities []float64      `yaml:"probabilities"`
	Source        string         `yaml:"source"`
	Page          string         `yaml:"page"`
	Date          string         `yaml:"date"`       // of the source, ISO day, month or year
	PriceYear     int            `yaml:"price_year"` // of an amount of money, uprated to the price base by deflators.csv
	Grade         int            `yaml:"grade"`      // of the evidence, 1 best to 6
	Owner         string         `yaml:"owner"`
	Reviewer      string         `yaml:"reviewer"`
	Review        string         `yaml:"review"`  // ISO day after which it has expired
	Changed       string         `yaml:"changed"` // ISO day of the last change
	Note          string         `yaml:"note"`
	Preset        analysis.Text  `yaml:"preset"`     // a value in presets.yaml
	Indicator     *IndicatorLink `yaml:"indicator"`  // a measured value
	Population    *Residents     `yaml:"population"` // counted people
}

// IndicatorLink asks for a measured value: the level of an indicator, or its
// change since an earlier period. A percentage comes as a fraction.
type IndicatorLink struct {
	At    analysis.Position
	Code  analysis.Text     `yaml:"code"`
	Since string            `yaml:"since"`  // the change since this period; "" the level
	From  string            `yaml:"period"` // "" the latest
	Place string            `yaml:"place"`
	Group map[string]string `yaml:"group"`
}

// Residents asks for the persons of the population datasets who meet a condition.
type Residents struct {
	At     analysis.Position
	Where  analysis.Text `yaml:"where"`
	Period string        `yaml:"period"`
	Place  string        `yaml:"place"`
}

// Line is a cost or a benefit. In column t it amounts to
//
//	Σ_s base_s · kernel(t − s) · Π filters · price · growth
//
// where base is amounts or quantities by year, or the quantity in each year from
// first to last; the kernel starts after the lag, lasts the duration and falls
// by the drop-off.
type Line struct {
	At       analysis.Position
	ID       string   `yaml:"id"`
	Name     string   `yaml:"name"`
	Options  []string `yaml:"options"` // ids, or business_as_usual; none: every option
	Side     string   `yaml:"side"`    // cost or benefit
	Class    string   `yaml:"class"`   // capital, running, revenue, fiscal, economic, social or transfer
	Payer    string   `yaml:"payer"`
	Receiver string   `yaml:"receiver"`
	Form     string   `yaml:"form"`   // cash (default) or in kind
	Effect   string   `yaml:"effect"` // what is valued: lines of one effect for one receiver would count it twice
	Sunk     bool     `yaml:"sunk"`   // spent whatever is decided: refused

	Amounts    map[string]float64 `yaml:"amounts"`    // by year, or by ISO day with dated timing
	Quantities map[string]float64 `yaml:"quantities"` // likewise, units of unit_value
	Quantity   []analysis.Text    `yaml:"quantity"`   // a product: persons, share, points
	UnitValue  analysis.Text      `yaml:"unit_value"` // money for one unit
	From       int                `yaml:"from"`       // of a quantity that recurs; the year after the base year when absent
	To         int                `yaml:"to"`         // the last year when absent
	Level      analysis.Text      `yaml:"level"`      // what the whole line is multiplied by, 1 when absent
	LevelLow   analysis.Text      `yaml:"level_low"`  // for sensitivity: 90% is a tenth less
	LevelHigh  analysis.Text      `yaml:"level_high"`

	TakeUp       analysis.Text `yaml:"take_up"`      // share who come
	Completion   analysis.Text `yaml:"completion"`   // share of them who finish
	Success      analysis.Text `yaml:"success"`      // share of them with the effect
	Deadweight   analysis.Text `yaml:"deadweight"`   // would have had it anyway: taken from success where given, else a share
	Displacement analysis.Text `yaml:"displacement"` // taken from others
	Leakage      analysis.Text `yaml:"leakage"`      // goes to people it is not meant for
	Substitution analysis.Text `yaml:"substitution"`
	Multiplier   analysis.Text `yaml:"multiplier"`
	Attribution  *Attribution  `yaml:"attribution"`
	Lag          int           `yaml:"lag"`      // whole years between base and first effect
	Duration     analysis.Text `yaml:"duration"` // years of effect, 1 when absent; a fraction counts the last in part
	DropOff      analysis.Text `yaml:"drop_off"` // a year, of what is left
	Growth       analysis.Text `yaml:"growth"`   // real, a year, since the price base: relative price change

	PriceYear  int                      `yaml:"price_year"` // of its amounts and unit value; the price base when absent
	Nominal    bool                     `yaml:"nominal"`    // amounts are in prices of their own year
	Conversion analysis.Text            `yaml:"conversion"` // from market price to economic value, 1 when absent
	Tax        analysis.Text            `yaml:"vat"`        // rate contained in the amount, taken out of the economic value
	Grade      int                      `yaml:"grade"`      // of the evidence for its own numbers
	Correction analysis.Text            `yaml:"optimism"`   // added to a cost, taken from a benefit; none: by grade
	Mitigation analysis.Text            `yaml:"mitigation"` // share of the correction that has been dealt with
	Residual   *Residual                `yaml:"residual"`
	Cashable   analysis.Text            `yaml:"cashable"`    // share of a fiscal benefit that can be released
	Released   int                      `yaml:"released"`    // first year it can be
	Life       int                      `yaml:"life"`        // years an asset lasts
	Replaced   bool                     `yaml:"replaced"`    // its replacement is in the lines
	Contingent bool                     `yaml:"contingency"` // an allowance for risk: no optimism correction on top
	Shares     map[string]analysis.Text `yaml:"groups"`      // by group, of the payer's cost or receiver's benefit

	Source string `yaml:"source"` // of the numbers written in the line itself
	Page   string `yaml:"page"`
	Date   string `yaml:"date"`
	Owner  string `yaml:"owner"`
	Review string `yaml:"review"`
	Note   string `yaml:"note"`
}

// Attribution is a share and whose it is: that of others is taken off, that of
// the project is what counts.
type Attribution struct {
	At    analysis.Position
	Share analysis.Text `yaml:"share"`
	Due   string        `yaml:"due_to"` // others or project
}

// Residual is what an asset is still worth at the end.
type Residual struct {
	At     analysis.Position
	Method string        `yaml:"method"` // book: straight line over its life; given: a value; net flows: an annuity of what it still earns
	Value  analysis.Text `yaml:"value"`
	Yearly analysis.Text `yaml:"yearly"`
	Years  analysis.Text `yaml:"years"`
	Sold   bool          `yaml:"sold"` // really sold, so that it is cash
}

// Fund is money or help promised by a stakeholder.
type Fund struct {
	At         analysis.Position
	Source     string             `yaml:"source"` // stakeholder
	To         string             `yaml:"to"`     // stakeholder
	Name       string             `yaml:"name"`
	Options    []string           `yaml:"options"`
	Amounts    map[string]float64 `yaml:"amounts"` // by year, in cash prices of the price base
	Status     string             `yaml:"status"`  // secured, pledged or sought
	Form       string             `yaml:"form"`    // cash (default) or in kind
	Conditions string             `yaml:"conditions"`
	Expires    string             `yaml:"expires"` // ISO day
	MatchShare analysis.Text      `yaml:"match"`   // share of the total cost others must bring
}

// Scenario is a named set of values.
type Scenario struct {
	At          analysis.Position
	ID          string                   `yaml:"id"`
	Name        string                   `yaml:"name"`
	Description string                   `yaml:"description"`
	Set         map[string]analysis.Text `yaml:"set"`     // by assumption
	Without     []string                 `yaml:"without"` // stakeholders whose funding falls away
}

// Correlation is the rank correlation of two assumptions.
type Correlation struct {
	At          analysis.Position
	Between     []string `yaml:"between"`
	Correlation float64  `yaml:"rank"`
}

// Simulation says how the Monte Carlo is run.
type Simulation struct {
	Draws int   `yaml:"draws"` // 0: 10,000
	Seed  int64 `yaml:"seed"`  // 0: 1
}

// Effect is one that is not valued in money.
type Effect struct {
	At         analysis.Position
	Options    []string `yaml:"options"`
	Text       string   `yaml:"effect"`
	Direction  string   `yaml:"direction"` // for or against
	Size       string   `yaml:"size"`      // small, medium or large
	Confidence string   `yaml:"confidence"`
}

// FundingGap asks how much grant a project that earns needs.
type FundingGap struct {
	At            analysis.Position
	Rate          analysis.Text `yaml:"rate"`          // financial, real
	EligibleCost  analysis.Text `yaml:"eligible_cost"` // the discounted investment when absent
	MaximumCofund analysis.Text `yaml:"maximum_rate"`
}
