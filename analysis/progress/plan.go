package progress

import "pediment/analysis"

// Plan is a city's action plan: what it wants to reach, by when, and how it is judged
// whether it gets there.
type Plan struct {
	At         analysis.Position
	Title      string
	From, To   analysis.Period
	Method     Method   // governs the status of every measure that names none of its own
	Path       Path     // likewise: the way from baseline to target that pace is held against
	Threshold  float64  // probability from which on a status is printed; 0.8 unless declared
	Statuses   []Status // best first: achieved, then by falling lower bound
	Objectives []Objective
	Checklist  []Answer
}

// Measures lists the measures of all objectives in the plan's order.
func (p Plan) Measures() []Measure {
	var list []Measure
	for _, o := range p.Objectives {
		list = append(list, o.Measures...)
	}
	return list
}

// Method is a way to judge progress. One governs; the others stand beside it.
type Method string

// The methods of judging progress.
const (
	OpenSDG   Method = "open_sdg"  // Statistics Canada and Open SDG: geometric pace over required pace
	Eurostat  Method = "eurostat"  // the same ratio, with Eurostat's bands
	UNChart   Method = "un_chart"  // the trend of the UN's progress chart
	ESCAP     Method = "escap"     // projection to the target year
	SDGIndex  Method = "sdg_index" // linear growth over needed growth
	Linear    Method = "linear"    // linear pace over required pace: bears zero and changes of sign
	LogitPace Method = "logit"     // pace on the logit scale, for shares
)

// Methods lists the methods in the order they are printed.
var Methods = [...]Method{OpenSDG, Eurostat, UNChart, ESCAP, SDGIndex, Linear, LogitPace}

// Path is the way from baseline to target, or from one target to the next.
type Path string

// The paths between two targets.
const (
	LinearPath    Path = "linear"    // the same amount every year
	GeometricPath Path = "geometric" // the same rate every year
	SteppedPath   Path = "stepped"   // the last target that was due, until the next is
)

// Status is one band of the governing method, with how it is shown. The plan's
// Statuses have no gaps: a ratio falls into the first whose From it reaches.
type Status struct {
	At       analysis.Position
	ID       string
	Label    string
	Icon     string  // a sign that needs no colour
	Words    string  // what it means, a sentence for readers
	Colour   string  // class of the page's colour: good, fair, poor, bad or none
	Achieved bool    // the target itself is reached; has no From
	From     float64 // lowest ratio of pace to required pace; −Inf for the last
}

// Objective is one aim of the plan and what it is measured by.
type Objective struct {
	At         analysis.Position
	ID, Name   string
	Area       analysis.Text // area of the framework, "" for none
	Owner      string
	Note       string
	Measures   []Measure
	Milestones []Milestone // of the objective as a whole
}

// Direction says where an indicator is to go.
type Direction string

// The directions of a measure.
const (
	Up      Direction = "up"
	Down    Direction = "down"
	ToValue Direction = "value"  // to a value: above and below are both off
	InRange Direction = "range"  // to stay or come between two values
	Parity  Direction = "parity" // two groups alike: a ratio of 1
)

// Measure is one indicator with what the plan wants of it, for the city, a place or
// a group. Numbers the plan does not give are NaN.
type Measure struct {
	At        analysis.Position
	ID        string // Code, with place and group where it has them: unique in the plan
	Code      analysis.Text
	Name      string         // "" : the indicator's
	Place     analysis.Text  // place code, "" for the whole city
	Group     analysis.Group // columns in alphabetical order; empty for the total
	To        analysis.Group // for Parity: the group that Group is compared with; empty: the indicator itself is a parity ratio
	Direction Direction
	Method    Method   // the plan's unless the measure names one
	Path      Path     // likewise
	Baseline  Base     // always has a period
	Targets   []Target // by period; empty: watched for its direction only

	// Cumulative: the indicator counts what happened in a period (people trained),
	// and targets are for the sum of all periods after the baseline's.
	Cumulative bool
	Tolerance  float64 // for ToValue and Parity: distance that counts as reached; Parity's is 0.03 unless declared
	Limit      float64 // natural limit in the desired direction, such as 100 percent
	Error      float64 // relative standard error declared for a count without sampling error: 0.02 is 2 percent
	Breaks     []Break // by period
	Milestones []Milestone
	UnitCost   *UnitCost // nil: none given
	Owner      string    // the objective's unless the measure names one
	Note       string
}

// Last is the last target, and whether there is one.
func (m Measure) Last() (Target, bool) {
	if len(m.Targets) == 0 {
		return Target{}, false
	}
	return m.Targets[len(m.Targets)-1], true
}

// Base is a baseline: where a measure starts. Value and SE are NaN unless the plan gives
// them; the value of Period in the city's data is then the baseline.
type Base struct {
	At     analysis.Position
	Period analysis.Period
	Value  float64
	SE     float64
	Source string
}

// Target is what is to be reached in a period: Value, or Low and High for InRange.
// Value is always the level to compare with: increments are already added up, from
// the baseline's value, or from zero where the measure is Cumulative. Low is −Inf or
// High +Inf where a range is open.
type Target struct {
	At        analysis.Position
	Period    analysis.Period
	Value     float64 // for InRange NaN; for Parity 1
	Low, High float64 // for others than InRange NaN
	Increment float64 // what the plan wrote, where it gave increments
	Source    string
}

// Break is a period from which on a series is not like before. Earlier values times
// Factor are comparable with later ones; with NaN nothing bridges the break.
type Break struct {
	At     analysis.Position
	Period analysis.Period
	Note   string
	Factor float64
}

// Milestone is a step on the way with a day it is due. Plan.Steps tables them.
type Milestone struct {
	At       analysis.Position
	Name     string
	Due      analysis.Period // due at its end
	Done     analysis.Period // zero until State is Done
	State    State
	Evidence string
	Owner    string // the measure's or objective's unless it names one
}

// State is how far a milestone or recommendation has come.
type State string

// The states of milestones and recommendations.
const (
	Done          State = "done"
	UnderWay      State = "under way"
	NotStarted    State = "not started"
	NotApplicable State = "not applicable"
	Unanswered    State = "unanswered" // of recommendations: the plan says nothing
)

// UnitCost is what one more unit (a learner, for a share of people) costs: either a
// declared amount with its source or the budget programme whose cost per unit counts.
type UnitCost struct {
	At        analysis.Position
	Value     float64 // NaN when Programme is given
	Currency  string  // "" : the city's
	PriceYear int     // 0: not said
	Source    string
	Programme analysis.Text
}

// Answer is what the city says about one of the recommendations.
type Answer struct {
	At       analysis.Position
	ID       analysis.Text
	State    State
	Evidence string
	Owner    string
	Date     analysis.Period // day or longer; zero when not given
}
