package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"pediment/analysis/survey"
)

// check reports flags that make no sense, alone or together.
func (o *estimateOptions) check(set *pflag.FlagSet) error {
	if o.request != "" {
		return o.checkRequest(set)
	}
	if err := o.checkQuestions(); err != nil {
		return usageError{err}
	}
	for _, choice := range []struct {
		flag, word string
		words      []string
	}{
		{"interval", o.interval, survey.ProportionMethods()}, {"lonely-psu", o.lonely, lonelyRules}, {"family", o.family, families},
		{"statistic", o.chisqStatistic, chisqTests}, {"quantile-rule", o.quantileRule, quantileRules}, {"standard", o.standard, standardNames()},
		{"pps", o.pps, []string{"", "brewer"}}, {"replicate-type", o.replicateType, append([]string{""}, replicateKinds...)},
	} {
		if !slices.Contains(choice.words, choice.word) {
			return usageError{fmt.Errorf("--%s %q is not known; choose from %s", choice.flag, choice.word, strings.Trim(strings.Join(choice.words, ", "), ", "))}
		}
	}
	return nil
}

// checkRequest allows beside a request only flags that say how to read the file
// and how to print.
func (o *estimateOptions) checkRequest(set *pflag.FlagSet) error {
	allowed := []string{"request", "format", "directory", "quiet", "fail-on", "help"}
	new(estimateOptions).readFlags().VisitAll(func(f *pflag.Flag) { allowed = append(allowed, f.Name) })
	var wrong []string
	set.Visit(func(f *pflag.Flag) {
		if !slices.Contains(allowed, f.Name) {
			wrong = append(wrong, "--"+f.Name)
		}
	})
	if len(wrong) > 0 {
		return usageError{fmt.Errorf("--request stands for every flag on design and estimates; write what %s says into the request", strings.Join(wrong, ", "))}
	}
	return nil
}

func (o *estimateOptions) checkQuestions() error {
	asked := len(o.mean) + len(o.total) + len(o.proportion) + len(o.variance) + len(o.ratio) + len(o.quantile) + len(o.chisq) + len(o.ttest) + len(o.glm)
	switch {
	case len(o.of) > 0 && len(o.quantile) == 0:
		return fmt.Errorf("--of belongs to --quantile; add which quantiles, as in --quantile 0.5 --of %s", o.of[0])
	case asked == 0 && !o.diagnose:
		return fmt.Errorf("nothing to estimate; add --mean, --proportion or another (pediment estimate --help shows examples)")
	case len(o.quantile) > 0 && len(o.of)+len(o.mean) == 0:
		return fmt.Errorf("--quantile says which quantiles; add of what, as in --quantile 0.25,0.5 --of income")
	case o.level <= 0 || o.level >= 1:
		return fmt.Errorf("--level %v is not between 0 and 1; write 0.95 for 95 %%", o.level)
	case o.detect < 0 || o.detect >= 100:
		return fmt.Errorf("--detect %v is not a number of percentage points between 0 and 100", o.detect)
	case o.detect > 0 && len(o.proportion) == 0:
		return fmt.Errorf("--detect is about proportions; add --proportion")
	case o.difference != "" && (len(o.by) != 1 || len(o.mean)+len(o.total)+len(o.proportion) == 0):
		return fmt.Errorf("--difference compares the groups of one --by column in --mean, --total or --proportion")
	case o.samePSUs && o.pool == "":
		return fmt.Errorf("--same-psus is about the rounds of --pool; add --pool with their column")
	case o.replicates != "" && o.replicateType == "":
		return fmt.Errorf("--replicates needs --replicate-type: %s", oneOf(replicateKinds))
	}
	if err := o.checkGroups(); err != nil {
		return err
	}
	for _, p := range o.quantile {
		if p <= 0 || p >= 1 {
			return fmt.Errorf("--quantile %v is not between 0 and 1; write 0.5 for the median", p)
		}
	}
	for _, pair := range o.ratio {
		if len(splitOutside(pair, '/')) != 2 {
			return fmt.Errorf("--ratio %q is not numerator/denominator; put what is divided within one of them in parentheses", pair)
		}
	}
	for _, pair := range o.chisq {
		if len(splitOutside(pair, ',')) != 2 {
			return fmt.Errorf("--chisq %q does not name two columns, as in sex,educ", pair)
		}
	}
	return nil
}

// checkGroups refuses groups and domains of estimates that have none.
func (o *estimateOptions) checkGroups() error {
	if o.diagnose && o.where != "" {
		return fmt.Errorf("--diagnose is about the weights of the whole sample, not of those under --where; ask for it without --where, or say with --rows which rows are the sample")
	}
	for _, whole := range []struct {
		flag  string
		asked bool
	}{
		{"glm", len(o.glm) > 0}, {"chisq", len(o.chisq) > 0}, {"ttest", len(o.ttest) > 0}, {"variance", len(o.variance) > 0},
	} {
		if whole.asked && len(o.by) > 0 {
			return fmt.Errorf("--%s is not made by groups; leave out --by and ask for one group at a time with --where", whole.flag)
		}
	}
	if o.diagnose && len(o.by) > 0 {
		return fmt.Errorf("--diagnose is about the weights of the whole sample; leave out --by")
	}
	return nil
}
