package indicators

import "pediment/analysis"

// Margin is one population total of a margins file.
type Margin struct {
	Period, Variable, Level string
	Total                   float64
	At                      analysis.Position
}
