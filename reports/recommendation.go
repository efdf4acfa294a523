package reports

// Suggestion is a finding that asks for a decision, made by a rule from the
// report's figures.
type Suggestion struct {
	ID        string   // the same from report to report: "off-track 2.3.4.1"
	Rule      string   // which rule made it
	About     string   // code of the indicator, measure, programme or appraisal
	Anchor    string   // where the report says more
	Title     string   // the finding, a sentence without a full stop
	Text      string   // what is suggested, a sentence
	Evidence  []string // sentences, strongest first
	Certainty string   // a few words: "97 % sure", "not sampled"
	Look      string   // status it is shown with: bad, mixed, unsure, absent
	Weight    float64  // how much it matters, for the order; 0 to 1
	Owner     string   // who answers for it by the plan, "" unknown
}

// Recommendation is a suggestion the evaluator decided on, or one of the
// evaluator's own.
type Recommendation struct {
	Suggestion
	Period  string // label of the reporting period it was made for
	State   string // accepted, rejected, under way, done, dropped
	Reason  string // why it was rejected or dropped
	Due     string // ISO date or period, "" none
	Overdue bool   // due by the end of the reporting period and neither done nor dropped
	Outcome string // what became of it
}
