package analysis

// Status is what is known about an indicator in one word.
type Status string

// The statuses a change can have. Colour, icon and word are the reports' matter.
const (
	Better      Status = "better"
	Worse       Status = "worse"
	Unclear     Status = "no clear change" // within sampling error, or too little
	FirstValue  Status = "first value"     // nothing to compare with yet
	NoDirection Status = "context"         // neither direction is better
	NoData      Status = "no data"
)

// Change is the difference between two values of one series.
type Change struct {
	Status     Status
	Difference float64 // later − earlier, in the unit of the values; NaN when not comparable
	SE         float64 // of the difference; NaN when neither value was sampled
	P          float64 // two-sided probability of so large a difference by chance; NaN without SE
	From, To   string  // period labels
	Reason     string  // why there is no comparison, "" when there is one
}
