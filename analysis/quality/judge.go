package quality

import (
	"context"
	"slices"

	"pediment/analysis"
)

// Finding is what a rule found: so many of the rows it is about fail it.
type Finding struct {
	At            analysis.Position // of the rule; of what cannot be worked out
	Dataset, Rule string
	Feeds         string // relation the dataset's rows go into
	Checked, Rows int64
	Blocks        bool
}

// Judgement is what the rules alone say of the data.
type Judgement struct {
	Blocking []Finding // rules that block and do not hold
	Unknown  []Finding // rules that cannot be worked out for some rows, and so hold nothing against any
	Issues   []Issue   // what the others find, file by file
}

// Judge checks the rules alone. With only, other rules than blocking ones are left
// out. Mistakes come back as analysis.Problems.
func Judge(ctx context.Context, q analysis.Querier, s Setup, only bool) (Judgement, error) {
	var j Judgement
	var problems analysis.Problems
	var datasets []*assessed
	for k := range s.Datasets {
		d, _, found, err := bind(ctx, q, &s, &s.Datasets[k])
		if err != nil {
			return j, err
		}
		problems = append(problems, found...)
		if only {
			d.rules = slices.DeleteFunc(d.rules, func(r boundRule) bool { return !r.block })
		}
		d.heaped, d.battery = nil, nil
		if len(d.rules) > 0 {
			datasets = append(datasets, d)
		}
	}
	if len(problems) > 0 {
		return j, problems.Err()
	}
	for _, d := range datasets {
		if err := d.count(ctx, q); err != nil {
			return j, err
		}
		d.judged(&j)
	}
	return j, nil
}

// judged adds what the dataset's rules found.
func (a *assessed) judged(j *Judgement) {
	for k, r := range a.rules {
		v := a.verdict(k)
		f := Finding{r.at, a.Table.Name, r.name, a.Feeds, v.checked, v.failed, r.block}
		switch {
		case v.state == unknown:
			f.At = r.said
			j.Unknown = append(j.Unknown, f)
		case r.block && v.state == "fails":
			j.Blocking = append(j.Blocking, f)
		}
	}
	j.Issues = append(j.Issues, a.found()...)
}
