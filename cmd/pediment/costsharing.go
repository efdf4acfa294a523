package main

import (
	"context"
	"fmt"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/analysis/costsharing"
)

// costSharing divides the costs that partners.yaml says are shared. It needs no
// data but where it takes cost and benefits from an appraisal of measured things.
func (w *work) costSharing(ctx context.Context) (analysis.Result, error) {
	cases, err := w.project.readPartners(costsharing.Setup{
		Currency: w.project.settings.Currency,
		Appraise: w.app.appraisedShare(ctx, w.project, nil),
	})
	if err != nil {
		return analysis.Result{}, err
	}
	if len(cases) == 0 {
		return analysis.Result{}, nothingShared()
	}
	return costsharing.Result("Cost-sharing of "+w.project.settings.City, cases, w.asOf()), nil
}

// appraisedShare returns what reads the cost and the benefits of an option off the
// city's appraisals. Where unmeasured is given, appraisals of measured things fail
// with it.
func (a *app) appraisedShare(ctx context.Context, p *project, unmeasured error) func(file, option string) (costsharing.Appraised, error) {
	return func(file, option string) (costsharing.Appraised, error) {
		appraisal, err := p.appraisalOf(file)
		if err != nil {
			return costsharing.Appraised{}, err
		}
		at, err := optionOf(appraisal, option)
		if err != nil {
			return costsharing.Appraised{}, err
		}
		d := &dossier{app: a, project: p, list: []*costbenefit.Appraisal{appraisal}, unmeasured: unmeasured}
		models, problems := d.compile(ctx, today())
		switch {
		case ctx.Err() != nil:
			return costsharing.Appraised{}, ctx.Err()
		case len(problems) > 0 && onlyUnmeasured(problems):
			return costsharing.Appraised{}, errUnmeasured
		case len(problems) > 0:
			first := problems[0]
			return costsharing.Appraised{}, analysis.Problem{
				Message: fmt.Sprintf("%s has mistakes of its own, first %s: %s", appraisal.Name, first.Position, first.Message),
				Hint:    "mend it first; pediment check lists all",
			}
		}
		return appraisedOption(models[0], at), nil
	}
}

// appraisedOption is what an option costs and brings whom, in present values of
// what is paid and received. Transfers and funding are left out: they move money
// between the partners, and dividing the cost is what decides that.
func appraisedOption(m *costbenefit.Model, option int) costsharing.Appraised {
	o := m.Compute(m.Values())
	priceYear := m.Appraisal.PriceBase
	if m.Inflation != costbenefit.None {
		priceYear = m.Appraisal.BaseYear
	}
	out := costsharing.Appraised{
		Benefits: map[string]float64{}, Currency: m.Appraisal.Currency, PriceYear: priceYear,
		Source: fmt.Sprintf("%s (%s/%s.yaml)", m.Appraisal.Title, appraisalsFolder, m.Appraisal.Name),
	}
	for _, s := range m.Appraisal.Stakeholders {
		out.Benefits[s.ID] = 0
	}
	for k, f := range m.Flows {
		pv := 0.0
		for t, amount := range o.Market[k] {
			pv += f.Members[option] * amount * o.Factors[t]
		}
		switch {
		case f.Class == "transfer":
		case f.Cost:
			out.Cost += pv
		case f.Receiver != costbenefit.None:
			out.Benefits[m.Appraisal.Stakeholders[f.Receiver].ID] += pv
		}
	}
	return out
}
