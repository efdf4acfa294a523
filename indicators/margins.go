package indicators

import "pediment/analysis"

// Margin is one population total of a margins file: how many people a level of a
// variable counts. Period is the round it is meant for; those without one are for
// rounds that have no totals of their own.
type Margin struct {
	Period, Variable, Level string
	Total                   float64
	At                      analysis.Position
}
