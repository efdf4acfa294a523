package composite

import "pediment/analysis"

// Setup is what an index is built from: observations, the tree they are averaged
// by, and the method.
type Setup struct {
	Title       string
	Word, Words string // what a unit is called: "district", "districts"
	Units       []Unit
	Without     []string // codes of units that are left out by declaration
	Indicators  []Indicator
	Periods     []string // every period observed, in order of time
	Shown       []string // periods an index is made for; none: those that are well covered
	Tree        Node     // leaves are codes of indicators

	Observations []Observation
	Screening    Screening
	Impute       Imputation    // "" is none
	Outliers     Outliers      //
	Normalise    Normalisation // "" is min-max
	Weights      Weighting     // "" is equal
	Aggregate    []Mean        // from the lowest level up, the last for all above; none is arithmetic
	Vary         Vary
	Draws        int // of the simulation, 0 is 1000, at most MostDraws
	Seed         int64

	Source string            // printed under charts
	At     analysis.Position // of the declaration, for mistakes
}

// MostDraws is the most draws of a simulation: with that many a share of draws is
// known to 0.3 points of 100, and more say nothing more.
const MostDraws = 100_000

// Unit is a place or a city. Group is what units are alike by, for imputation.
type Unit struct{ Code, Name, Group string }

// Indicator is one of the quantities put together.
type Indicator struct {
	Code, Name, Unit        string
	Better                  string  // higher, lower or target
	Target                  float64 // where Better is target or Normalise is target, else unused
	Low, High               float64 // goalposts, where Normalise is goalposts
	HasTarget, HasGoalposts bool

	// Definitions are the forms a definition may have to be the same; none means
	// that observations are not compared by definition.
	Definitions []string
}

// Observation is what was measured of a unit in a period. Value is NaN where it
// was withheld, and Reason says why; SE is NaN where no error is stated.
type Observation struct {
	Unit, Indicator, Period string
	Value, SE               float64
	Reason                  string
	Definition              string
	At                      analysis.Position
}

// Node is a group of the tree; it holds indicators or groups or both.
type Node struct {
	Code, Name string
	Weight     float64 // among its siblings, with weights given; 0 is none given, which counts as 1
	Indicators []Leaf
	Groups     []Node
}

// Leaf is an indicator in a group.
type Leaf struct {
	Code   string
	Weight float64 // among its siblings, with weights given; 0 is none given, which counts as 1
}

// Screening is how much must be measured, as shares from 0 to 1.
type Screening struct {
	Units      float64 // least share of the indicators a unit must have
	Indicators float64 // least share of the units an indicator must have, in every period
}

// Outliers is what is done with values far out: see Treat.
type Outliers struct {
	Off    bool
	Points int // most values to winsorise at an end, 0 is 5
}

// Imputation is how a gap is filled.
type Imputation string

// The ways to fill a gap: with nothing, the mean or median of the period, the
// mean of the unit's group in the period, or the latest earlier value.
const (
	NoImputation Imputation = "none"
	FromMean     Imputation = "mean"
	FromMedian   Imputation = "median"
	FromGroup    Imputation = "group"
	FromPrevious Imputation = "previous"
)

// Normalisation is how indicators are brought to one scale of 0 to 100.
type Normalisation string

// The normalisations; see Normalise.
const (
	MinMax    Normalisation = "min-max"
	Goalposts Normalisation = "goalposts"
	ZScore    Normalisation = "z"
	ToTarget  Normalisation = "target"
	ByRank    Normalisation = "rank"
)

// Weighting is where weights come from.
type Weighting string

// The weights: the same for all siblings, as declared, or from the first
// principal component of the siblings.
const (
	Equal Weighting = "equal"
	Given Weighting = "given"
	PCA   Weighting = "pca"
)

// Mean is how siblings are put together.
type Mean string

// The means; see Aggregate. Copeland compares units pair by pair.
const (
	Arithmetic Mean = "arithmetic"
	Geometric  Mean = "geometric"
	Harmonic   Mean = "harmonic"
	Copeland   Mean = "copeland"
)

// Vary is what the simulation varies. Where it is not declared, all that can vary
// does; what is declared and cannot vary is a mistake.
type Vary struct {
	Declared  bool
	Normalise []Normalisation // besides the method's own
	Aggregate []Mean
	Impute    []Imputation
	Outliers  bool    // treated and not treated
	Weights   float64 // noise f: w·(1 + U(−f, f))
	LeaveOut  bool    // one indicator at a time
	Inputs    bool    // the sampling errors of the values
	At        analysis.Position
}

// Imputations, Normalisations, Weightings and Means list what may be declared.
func Imputations() []Imputation {
	return []Imputation{NoImputation, FromMean, FromMedian, FromGroup, FromPrevious}
}

// Normalisations lists what may be declared.
func Normalisations() []Normalisation {
	return []Normalisation{MinMax, Goalposts, ZScore, ToTarget, ByRank}
}

// Weightings lists what may be declared.
func Weightings() []Weighting { return []Weighting{Equal, Given, PCA} }

// Means lists what may be declared.
func Means() []Mean { return []Mean{Arithmetic, Geometric, Harmonic, Copeland} }

// withDefaults fills what was left out.
func (s Setup) withDefaults() Setup {
	if s.Impute == "" {
		s.Impute = NoImputation
	}
	if s.Normalise == "" {
		s.Normalise = MinMax
	}
	if s.Weights == "" {
		s.Weights = Equal
	}
	if len(s.Aggregate) == 0 {
		s.Aggregate = []Mean{Arithmetic}
	}
	if s.Outliers.Points == 0 {
		s.Outliers.Points = 5
	}
	if s.Draws == 0 {
		s.Draws = 1000
	}
	if s.Word == "" {
		s.Word, s.Words = "unit", "units"
	}
	return s
}
