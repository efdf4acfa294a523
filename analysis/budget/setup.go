package budget

import "pediment/analysis"

// Setup is what the analysis knows besides the data. Only Relations is needed.
type Setup struct {
	Relations []analysis.Relation // budget, and for unit costs and shares participation, population and surveys
	Calendar  analysis.Calendar
	Places    analysis.Places
	Deflators analysis.Deflators // none: no real terms
	Year      analysis.Period    // the reporting year; zero: the latest in the ledger
	BaseYear  int                // whose prices real terms are in; 0: the latest up to Year that has an index
	Currency  string             // of lines that name none

	SmallestCell int64 // fewest learners a printed unit cost may stand for

	Phases     Phases
	Directions Directions
	Crosswalk  []Mapping // local functions to COFOG; none: functions are COFOG codes
	Levels     []int     // lengths of the prefixes that make the levels of undotted function codes
	Learning   []string  // prefixes of functions that are learning, as COFOG where there is a crosswalk; none: 09

	Contingency []string // prefixes of functions held in reserve, left out of both composition variances
	Interest    []string // prefixes of functions that are interest on debt, left out of the one by function

	Groups []Group // what target groups are called elsewhere
}

// Phases lists the words the files use for the phases of a budget besides
// "approved", "adjusted" and "executed". A phase no list holds is not used.
type Phases struct {
	Approved []string `yaml:"approved"`
	Adjusted []string `yaml:"adjusted"`
	Executed []string `yaml:"executed"`
}

// Directions lists the words the files use besides "expenditure" and "revenue".
type Directions struct {
	Expenditure []string `yaml:"expenditure"`
	Revenue     []string `yaml:"revenue"`
}

// Mapping says which COFOG code a local function, and every one its code begins,
// belongs to, unless a longer Function says otherwise.
type Mapping struct {
	Function, COFOG string
	Name            string // of the local function, "" unknown
}

// Group says how people a target group means are told in other relations, by
// row-level SQL conditions. Where a condition is absent nothing is compared.
type Group struct {
	Target        string        // as in the column target_group
	Participation analysis.Text // over the relation participation
	Population    analysis.Text // over the relation population
	Survey        string        // relation of a survey
	Where         analysis.Text // over that survey
}

func (s Setup) relation(name string) (analysis.Relation, bool) {
	for _, r := range s.Relations {
		if r.Name == name {
			return r, true
		}
	}
	return analysis.Relation{}, false
}
