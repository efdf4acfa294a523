package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
)

// appraisalRules is what pediment.yaml says about appraisals.
type appraisalRules struct {
	At     analysis.Position
	FailOn []string `yaml:"fail_on"` // expired, unsourced
}

// The states of an assumption that want attention.
const (
	expired   = "expired"
	unsourced = "unsourced"
)

func (r appraisalRules) check() analysis.Problems {
	var problems analysis.Problems
	for _, word := range r.FailOn {
		if word != expired && word != unsourced {
			problems = append(problems, analysis.Problem{Position: r.At, Message: fmt.Sprintf("fail_on: %q is not known", word), Hint: "write expired, unsourced or both"})
		}
	}
	return problems
}

// errUnmeasured stands for measured values while there are none to be had.
var errUnmeasured = errors.New("it is not measured while there are problems with the data")

// checkAppraisals compiles the city's appraisals as of today and returns their
// mistakes. Data that cannot be measured have problems of their own, told elsewhere.
func (a *app) checkAppraisals(ctx context.Context, p *project, measurable bool) ([]*costbenefit.Model, analysis.Problems) {
	d := &dossier{app: a, project: p, list: p.appraisals}
	if !measurable {
		d.unmeasured = errUnmeasured
	}
	models, problems := d.compile(ctx, today())
	problems = slices.DeleteFunc(problems, func(p analysis.Problem) bool { return strings.HasSuffix(p.Message, errUnmeasured.Error()) })
	if len(problems) > 0 {
		return nil, problems
	}
	return models, p.settings.Appraisals.problems(models)
}

// problems are the assumptions that the city wants check to fail on.
func (r appraisalRules) problems(models []*costbenefit.Model) analysis.Problems {
	var problems analysis.Problems
	for _, m := range models {
		for _, i := range m.Inputs {
			switch state := m.State(i); {
			case !slices.Contains(r.FailOn, state):
			case state == expired:
				problems = append(problems, analysis.Problem{Position: i.At, Message: fmt.Sprintf("%s: its review was due on %s", i.ID, i.Review), Hint: "review it and write the next day of review"})
			default:
				problems = append(problems, analysis.Problem{Position: i.At, Message: i.ID + ": nothing says where the number comes from", Hint: "write its source and date, or make it an assumption that has them"})
			}
		}
	}
	return problems
}

// doubtfulTable is the table "assumptions" of check: those that have expired,
// then those without a source.
func doubtfulTable(models []*costbenefit.Model) analysis.Table {
	t := analysis.Table{Name: "assumptions", Columns: analysis.Columns("appraisal", "id", "label", "state", "review", "owner")}
	for _, state := range []string{expired, unsourced} {
		for _, m := range models {
			for _, i := range m.Inputs {
				if m.State(i) == state {
					t.Rows = append(t.Rows, []any{m.Appraisal.Name, i.ID, i.Label, state, i.Review, i.Owner})
				}
			}
		}
	}
	return t
}
