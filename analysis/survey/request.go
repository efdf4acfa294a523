package survey

// Request asks for estimates from the rows of one sample. It is also the form of
// a request file; the texts in it that are SQL are row-level expressions.
type Request struct {
	RowFilter *Filter `json:"row_filter"` // rows that belong to the sample at all; nil means every row
	Design    Design  `json:"design"`
	Estimates []Ask   `json:"estimates"`
	Standard  string  `json:"standard"` // by which estimates are flagged as unreliable; "" is nchs
}

// Filter is a condition on rows.
type Filter struct {
	SQL string `json:"sql"`
}

// Design says how the rows were sampled. Its texts are columns.
type Design struct {
	IDs     []string `json:"ids"`      // sampled units by stage, PSUs first; none, or "1": every row is a PSU
	Strata  []string `json:"strata"`   // of the first stage; several make one stratum together
	Weights string   `json:"weights"`  // "": Π N/n over the stages that have a population, else 1
	FPC     []string `json:"fpc"`      // by stage: units in the population, or the sampled fraction where ≤ 1
	FPCKind string   `json:"fpc_kind"` // population or fraction; "" tells them apart by size
	Nest    bool     `json:"nest"`     // codes of units repeat from stratum to stratum
	PPS     string   `json:"pps"`      // "": with replacement or equal probabilities; brewer: fpc holds each PSU's probability

	LonelyPSU          string `json:"lonely_psu"`           // fail (default), remove, certainty, adjust or average
	AdjustDomainLonely bool   `json:"adjust_domain_lonely"` // adjust and average also hold for strata with one PSU in the domain

	Levels      map[string][]string `json:"levels"`      // order and full set of levels of a text column
	Calibration *Calibration        `json:"calibration"` // population totals the weights are made to meet

	// Pool names the column of rounds that are put together as one sample: each is a
	// stratum of its own and weights are divided by their number, so that totals
	// are those of an average round.
	Pool string `json:"pool"`

	// SamePSUs declares that rounds pooled keep their PSUs: then they are no strata
	// of their own.
	SamePSUs bool `json:"same_psus"`

	// NonProbability declares that no random selection was made: estimates have
	// no standard error.
	NonProbability bool `json:"non_probability"`

	Replicates
}

// Replicates says which replicate weights carry the design, given in the rows or
// made from the design's strata and PSUs. They are in force when Type is
// "replicate".
type Replicates struct {
	Type     string    `json:"type"`     // "replicate", or "" for Taylor linearisation
	Kind     string    `json:"rep_type"` // JK1, JKn, BRR, Fay, bootstrap, subbootstrap, mrbbootstrap or successive-difference
	Columns  []string  `json:"repweights"`
	File     string    `json:"repweights_file"`        // a file with one line a row and nothing but replicate weights; Columns are its columns
	Prefix   string    `json:"repweights_cols_prefix"` // Columns are prefix + 1, 2, …
	Count    int       `json:"repweights_cols"`        // how many columns Prefix stands for, or how many replicates are made
	Combined bool      `json:"combined_weights"`       // replicate weights hold the sampling weight already
	Scale    *float64  `json:"scale"`
	RScales  []float64 `json:"rscales"`
	MSE      bool      `json:"mse"`  // centre on the estimate, not on the mean of the replicates
	Rho      float64   `json:"rho"`  // Fay's ρ
	Seed     uint64    `json:"seed"` // of bootstraps made here
	Aligned  bool      `json:"rows_aligned"`
}

// Calibration is population totals and how the weights are made to meet them.
type Calibration struct {
	Method string   `json:"method"` // poststratify, rake or calibrate
	Vars   []string `json:"vars"`   // margins, in the order they are raked

	// Population holds, for poststratify and rake, totals by variable and level
	// and, for calibrate, totals by term of Formula under "".
	Population Population `json:"population"`

	Formula        string    `json:"formula"` // of calibrate: ~ terms
	Function       string    `json:"calfun"`  // linear (default), raking or logit
	Bounds         []float64 `json:"bounds"`  // lowest and highest ratio of a calibrated weight to the one before
	Epsilon        float64   `json:"epsilon"` // of rake: largest change of a cell's weight; of calibrate: of a total, relative. 0 is 1 for rake, 1e-7 otherwise
	MaxIterations  int       `json:"maxit"`   // 0 is 10 for rake, 50 otherwise
	AggregateStage int       `json:"aggregate_stage"`
	Note           string    `json:"note"`
}

// Ask is one estimate asked for.
type Ask struct {
	ID string `json:"id"`
	Op string `json:"op"` // mean, total, ratio, by_mean, by_total, by_ratio, domain_contrast, quantile, ciprop, chisq, ttest1, ttest2, glm, variance, table or weights

	Vars      []string `json:"vars"`      // columns or expressions; a text one stands for its levels
	Num       string   `json:"num"`       // numerator of a ratio
	Den       string   `json:"den"`       // its denominator; of by_ratio too, whose numerators are Vars
	Indicator string   `json:"indicator"` // condition whose proportion ciprop estimates
	Domain    *Filter  `json:"domain"`    // rows the estimate is about; the sample stays whole
	By        []string `json:"by"`        // text columns: an estimate for each combination
	NaRm      bool     `json:"na_rm"`     // leave out rows with an unknown variable; else one of them makes the estimate unknown

	// Covariance asks for the covariance of the answers with each other, of totals,
	// means, ratios and proportions.
	Covariance bool `json:"covariance"`

	Probs    []float64 `json:"probs"`    // of quantile
	QRule    string    `json:"qrule"`    // math (default), school, hf1 … hf9 or shahvaish
	Interval string    `json:"interval"` // of quantile: mean (default), xlogit, asin, beta or quantile
	Method   string    `json:"method"`   // of ciprop: logit (default), xlogit, wilson, beta, asin, mean or likelihood
	Level    float64   `json:"level"`    // of intervals; 0 is 0.95

	Row           string             `json:"row"` // of chisq
	Col           string             `json:"col"`
	StatisticType string             `json:"statistic_type"` // of chisq: F (default), Chisq, Wald, adjWald or saddlepoint
	Formula       string             `json:"formula"`        // of glm and t tests: y ~ terms
	Family        string             `json:"family"`         // of glm: gaussian (default) or binomial
	Stat          string             `json:"stat"`           // of domain_contrast: mean (default) or total
	Coefficients  map[string]float64 `json:"coefficients"`   // of domain_contrast, by level
}
