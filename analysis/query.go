package analysis

// Query says what to compute. Flags and addresses set the same fields.
type Query struct {
	Codes   []string // indicators; none means all
	By      []string // disaggregation columns asked for; none means each indicator's own
	Periods []string // period labels; none means all there are data for
	Places  []string // place codes; none means the whole city
	Totals  bool     // leave disaggregations out altogether
	Pool    int      // survey rounds put together, each with those before it; 0 and 1 for none

	Also       [][]string // further breakdowns, each by its columns together, where the data have them
	AlsoOf     []string   // indicators Also and Covariance are meant for; none means all
	Covariance bool       // estimate how the errors of a survey's groups hang together
}
