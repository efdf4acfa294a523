package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"pediment/analysis"
	"pediment/analysis/survey"
	"pediment/ingest"
)

// estimateOptions is the command line of estimate.
type estimateOptions struct {
	request string

	mean, total, proportion, variance, of expressions
	ratio                                 expressions
	quantile                              []float64
	quantileRule                          string
	chisq                                 []string
	chisqStatistic                        string
	ttest, glm                            []string
	family                                string
	diagnose                              bool

	by                 expressions
	where, difference  string
	level              float64
	interval, standard string
	detect             float64
	naRm               bool

	weight           string
	strata, psu, fpc expressions
	nest             bool
	pps, lonely      string
	nonProbability   bool
	pool             string
	samePSUs         bool
	rows             string
	margins          string

	replicates, replicateType string
	combined, mse             bool
	scale, rho                float64
	rscales                   []float64
	seed                      uint64

	read struct {
		sheet, header, cells, delimiter, decimal, thousands, encoding, quote string
		missing                                                              []string
	}
}

// The words some flags choose from; the first is the default.
var (
	lonelyRules    = []string{"fail", "remove", "certainty", "adjust", "average"}
	families       = []string{"gaussian", "binomial"}
	chisqTests     = []string{"F", "Chisq", "Wald", "adjWald", "saddlepoint"}
	quantileRules  = []string{"math", "school", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9", "shahvaish"}
	replicateKinds = []string{"JK1", "JKn", "BRR", "Fay", "bootstrap", "subbootstrap", "mrbbootstrap", "successive-difference"}
)

// flags defines the command line's flags in groups.
func (o *estimateOptions) flags() []*pflag.FlagSet {
	return []*pflag.FlagSet{o.questionFlags(), o.groupFlags(), o.designFlags(), o.replicateFlags(), o.readFlags()}
}

func (o *estimateOptions) questionFlags() *pflag.FlagSet {
	f := pflag.NewFlagSet("What to estimate (several at once, each flag as often as you like)", pflag.ContinueOnError)
	f.Var(&o.mean, "mean", "means of `columns`; of a text column the share of each level")
	f.Var(&o.total, "total", "totals of `columns`; --total 1 is the size of the population")
	f.Var(&o.ratio, "ratio", "ratios of totals, as in `a/b`,c/d")
	f.Var(&o.proportion, "proportion", "shares of `columns` or conditions, with intervals that stay within 0 and 1")
	f.Float64SliceVar(&o.quantile, "quantile", nil, "quantiles, as in `0.25,0.5`, with Woodruff's intervals")
	f.Var(&o.of, "of", "the `columns` --quantile is about, instead of those under --mean")
	f.Var(&o.variance, "variance", "population variances of `columns`")
	f.StringArrayVar(&o.chisq, "chisq", nil, "Rao–Scott test whether two `columns` are independent: a,b")
	f.StringArrayVar(&o.ttest, "ttest", nil, "t test, a `formula`: \"y ~ g\" between two groups, \"y ~ 0\" against 0")
	f.StringArrayVar(&o.glm, "glm", nil, "regression, a `formula`: \"y ~ x + z\"")
	f.StringVar(&o.family, "family", families[0], "of --glm: "+oneOf(families))
	f.BoolVar(&o.diagnose, "diagnose", false, "what the weights do: range, sum, design effect of weighting")
	f.StringVar(&o.request, "request", "", "estimates and design from a JSON `file` instead of flags; - for standard input")
	return f
}

func (o *estimateOptions) groupFlags() *pflag.FlagSet {
	f := pflag.NewFlagSet("About whom, and how it is judged", pflag.ContinueOnError)
	f.Var(&o.by, "by", "one estimate for each combination of these `columns`")
	f.StringVar(&o.where, "where", "", "only about rows that meet this `condition`; the design stays whole")
	f.StringVar(&o.difference, "difference", "", "of --mean, --total and --proportion between the groups of --by: each against the `first`, the rest, or a group you name")
	f.BoolVar(&o.naRm, "na-rm", true, "leave out rows without an answer; false: they make the estimate unknown")
	f.Float64Var(&o.level, "level", 0.95, "confidence of intervals")
	intervals := survey.ProportionMethods()
	f.StringVar(&o.interval, "interval", intervals[0], "of --proportion: "+oneOf(intervals))
	f.StringVar(&o.quantileRule, "quantile-rule", quantileRules[0], "math, school, hf1 to hf9, or shahvaish, as R numbers them")
	f.StringVar(&o.chisqStatistic, "statistic", chisqTests[0], "of --chisq: "+oneOf(chisqTests))
	standards := standardNames()
	f.StringVar(&o.standard, "standard", standards[0], "what makes an estimate too uncertain: "+oneOf(standards))
	f.Float64Var(&o.detect, "detect", 0, "interviews the next wave needs to see a change of this many `points` in each --proportion")
	return f
}

func (o *estimateOptions) designFlags() *pflag.FlagSet {
	f := pflag.NewFlagSet("How the sample was drawn", pflag.ContinueOnError)
	f.StringVar(&o.rows, "rows", "", "`condition` that tells rows of the sample from others, such as addresses without an interview")
	f.StringVarP(&o.weight, "weight", "w", "", "`column` of sampling weights")
	f.Var(&o.strata, "strata", "`columns` that make the strata of the first stage")
	f.Var(&o.psu, "psu", "`columns` of sampled units, first stage first; without it every row is one")
	f.Var(&o.fpc, "fpc", "finite population by stage: `columns` of units in the population, or of sampled fractions")
	f.BoolVar(&o.nest, "nest", false, "unit codes start anew in each stratum")
	f.StringVar(&o.pps, "pps", "", "brewer: --fpc is each PSU's probability, drawn without replacement")
	f.StringVar(&o.lonely, "lonely-psu", lonelyRules[0], "of a stratum with one PSU: "+oneOf(lonelyRules))
	f.StringVar(&o.pool, "pool", "", "`column` of rounds that are put together: each is a stratum of its own, figures are those of an average round")
	f.BoolVar(&o.samePSUs, "same-psus", false, "of --pool: PSUs are the same in every round, so rounds are no strata of their own")
	f.BoolVar(&o.nonProbability, "non-probability", false, "nobody was drawn at random: no errors, no intervals")
	f.StringVar(&o.margins, "margins", "", "`file` of known totals (variable, level, total) the weights are made to meet: one variable is post-stratified, several are raked")
	return f
}

func (o *estimateOptions) replicateFlags() *pflag.FlagSet {
	f := pflag.NewFlagSet("Replicate weights", pflag.ContinueOnError)
	f.StringVar(&o.replicates, "replicates", "", "a `prefix` of columns (rw for rw1, rw2, …), a file with one line a row, or how many to make here")
	f.StringVar(&o.replicateType, "replicate-type", "", oneOf(replicateKinds)+"; without --replicates made here from strata and PSUs")
	f.BoolVar(&o.combined, "combined", false, "replicate weights hold the sampling weight already")
	f.Float64Var(&o.scale, "scale", 0, "overall scale, where the type does not say")
	f.Float64SliceVar(&o.rscales, "rscales", nil, "scale of each replicate")
	f.BoolVar(&o.mse, "mse", false, "spread around the estimate, not around the replicates' mean")
	f.Float64Var(&o.rho, "rho", 0, "Fay's factor")
	f.Uint64Var(&o.seed, "seed", 0, "of bootstraps made here")
	return f
}

func (o *estimateOptions) readFlags() *pflag.FlagSet {
	f := pflag.NewFlagSet("How the file is written", pflag.ContinueOnError)
	f.StringVar(&o.read.sheet, "sheet", "", "of a workbook; the first")
	f.StringVar(&o.read.cells, "range", "", "block of a sheet, A3:K900")
	f.StringVar(&o.read.header, "header", "", "line of the column names: 1, or 3-4 for names in two lines, 0 for none")
	f.StringVar(&o.read.delimiter, "delimiter", "", "between columns, as in ; or \\t; a comma")
	f.StringVar(&o.read.quote, "quote", "", "around texts, or none; \"")
	f.StringVar(&o.read.decimal, "decimal", "", "decimal sign; a point")
	f.StringVar(&o.read.thousands, "thousands", "", "between groups of digits; none")
	f.StringVar(&o.read.encoding, "encoding", "", "utf-8, utf-16, windows-1252 or latin-1")
	f.StringSliceVar(&o.read.missing, "missing", nil, "`texts` that mean no answer, as in NA,-9; an empty cell always does")
	return f
}

// reading is how the file is written, as declared by flags.
func (o *estimateOptions) reading() ingest.Read {
	flag := func(name, value string) analysis.Text {
		return analysis.Text{Value: value, At: analysis.Position{File: "--" + name}}
	}
	return ingest.Read{
		Sheet: flag("sheet", o.read.sheet), Header: flag("header", o.read.header), Range: flag("range", o.read.cells),
		Encoding: flag("encoding", o.read.encoding), Delimiter: flag("delimiter", o.read.delimiter), Quote: flag("quote", o.read.quote),
		Decimal: flag("decimal", o.read.decimal), Thousands: flag("thousands", o.read.thousands), Missing: o.read.missing,
	}
}

// standardNames lists the standards of reliability, the default first.
func standardNames() []string {
	var names []string
	for _, s := range survey.Standards() {
		names = append(names, s.Name)
	}
	return names
}

func oneOf(words []string) string {
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// expressions is a flag's list of columns or expressions, separated by the
// commas that stand outside parentheses and quotes.
type expressions []string

// String returns the list as it is written.
func (e *expressions) String() string { return strings.Join(*e, ",") }

// Type is what help calls the flag's value where it has no name of its own.
func (e *expressions) Type() string { return "columns" }

// Set adds what a flag names.
func (e *expressions) Set(text string) error {
	for _, part := range splitOutside(text, ',') {
		if part == "" {
			return fmt.Errorf("%q has an empty place between commas", text)
		}
		*e = append(*e, part)
	}
	return nil
}

// splitOutside cuts text at a sign that stands outside parentheses and quotes.
func splitOutside(text string, sign rune) []string {
	var parts []string
	var quote rune
	depth, start := 0, 0
	for k, r := range text {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"':
			quote = r
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth--
		case r == sign && depth == 0:
			parts = append(parts, strings.TrimSpace(text[start:k]))
			start = k + len(string(r))
		}
	}
	return append(parts, strings.TrimSpace(text[start:]))
}

// replicateCount reads --replicates as a number of replicates to make.
func (o *estimateOptions) replicateCount() (int, bool) {
	n, err := strconv.Atoi(o.replicates)
	return n, err == nil
}
