package costbenefit

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// Tables returns sensitivity, switching, scenarios and, where anything was drawn,
// monte_carlo, contributions, distributions, correlations and npv_distribution.
func (u Uncertainty) Tables() []analysis.Table {
	tables := []analysis.Table{u.sensitivityTable(), u.switchingTable(), u.scenarioTable()}
	if u.Draws == 0 {
		return tables
	}
	tables = append(tables, u.monteCarloTable(), u.contributionTable(), u.distributionTable())
	if len(u.Correlations) > 0 {
		tables = append(tables, u.correlationTable())
	}
	return append(tables, u.binTable())
}

func (u Uncertainty) sensitivityTable() analysis.Table {
	t := newTable("sensitivity", "option", "input", "label", "low:number", "base:number", "high:number",
		"npv_low:money", "npv_high:money", "swing:money", "elasticity:number", "critical:boolean",
		"switching_value:number", "switching_change:number:share", "unit", "remark")
	t.money(u.model)
	for _, option := range u.Options {
		for _, s := range option.Sensitivities {
			in := u.model.Inputs[s.Input]
			t.add(u.model.optionID(s.Option), in.ID, in.Label, s.Low, s.Base, s.High,
				s.NPVLow, s.NPVHigh, s.Swing, s.Elasticity, s.Critical(), s.Switching, s.SwitchingChange, in.Unit, s.Remark)
		}
	}
	return t.Table
}

func (u Uncertainty) switchingTable() analysis.Table {
	t := newTable("switching", "option", "line", "name", "side", "pv:money", "elasticity:number", "critical:boolean",
		"switching_change:number:share", "remark")
	t.money(u.model)
	for _, option := range u.Options {
		for _, l := range option.Lines {
			f := u.model.Flows[l.Flow]
			side := "benefit"
			switch {
			case f.transfer():
				side = "transfer"
			case f.Cost:
				side = "cost"
			}
			t.add(u.model.optionID(l.Option), f.ID, f.Name, side, l.PV, l.Elasticity, l.Critical(), l.Change, l.Remark)
		}
	}
	return t.Table
}

func (u Uncertainty) scenarioTable() analysis.Table {
	t := newTable("scenarios", "scenario", "name", "description", "option", "npv:money", "bcr:number")
	t.money(u.model)
	for _, s := range u.Scenarios {
		for o := range s.NPV {
			t.add(s.ID, s.Name, s.Description, u.model.optionID(o), s.NPV[o], s.BCR[o])
		}
	}
	return t.Table
}

func (u Uncertainty) monteCarloTable() analysis.Table {
	t := newTable("monte_carlo", "option", "measure", "value:number", "note")
	money := u.model.moneyUnit()
	t.add("", "draws", float64(u.Draws), "")
	t.add("", "seed", float64(u.Seed), "the same seed leads to the same draws, whatever the number of processors")
	for o, option := range u.Options {
		id := u.model.optionID(o)
		t.add(id, "npv", option.NPV, money+", at the values as written")
		t.add(id, "mean", option.Mean, money)
		t.add(id, "mean_error", option.MeanError, money+", standard error of the mean: sd/√draws")
		t.add(id, "sd", option.SD, money)
		for k, p := range reportedPercentiles() {
			t.add(id, fmt.Sprintf("p%g", 100*p), option.Percentiles[k], money+", percentile of type 7")
		}
		t.add(id, "probability_of_loss", option.Loss, "share of draws with an NPV below 0")
		t.add(id, "probability_error", option.LossError, "standard error, √(p(1−p)/draws)")
		t.add(id, "expected_shortfall", option.Shortfall, money+", mean loss in the draws with a loss")
		t.add(id, "evpi", option.Everything.Value, money+", worth of knowing all drawn inputs before deciding: E[max(NPV, 0)] − max(E[NPV], 0)")
		t.add(id, "evpi_error", option.Everything.Error, money+", standard error")
	}
	if len(u.Options) > 1 {
		t.add("", "evpi", u.Everything.Value, money+", before choosing among all options and business as usual: E[max NPV] − max E[NPV]")
		t.add("", "evpi_error", u.Everything.Error, money+", standard error")
	}
	return t.Table
}

// contributionTable has, after the options' own rows, those of the choice among
// several options, where only the worth of knowing is defined.
func (u Uncertainty) contributionTable() analysis.Table {
	t := newTable("contributions", "option", "input", "label", "rank_correlation:number", "share:number:share", "evppi:money")
	t.money(u.model)
	for o, option := range u.Options {
		for _, c := range option.Contributions {
			in := u.model.Inputs[c.Input]
			t.add(u.model.optionID(o), in.ID, in.Label, c.Rank, c.Share, c.Knowing)
		}
	}
	if len(u.Options) > 1 {
		for _, k := range u.Knowing {
			in := u.model.Inputs[k.Input]
			t.add("", in.ID, in.Label, nil, nil, k.Value)
		}
	}
	return t.Table
}

func (u Uncertainty) distributionTable() analysis.Table {
	t := newTable("distributions", "input", "label", "distribution", "mean:number", "sd:number", "p5:number", "p95:number", "unit")
	for _, i := range u.Drawn {
		in := u.model.Inputs[i]
		t.add(in.ID, in.Label, in.Draw.String(), in.Draw.ExpectedValue(), math.Sqrt(in.Draw.Variance()), in.Draw.Quantile(.05), in.Draw.Quantile(.95), in.Unit)
	}
	return t.Table
}

func (u Uncertainty) correlationTable() analysis.Table {
	t := newTable("correlations", "first", "second", "rank_correlation:number")
	for _, c := range u.Correlations {
		t.add(c.Between[0], c.Between[1], c.Correlation)
	}
	return t.Table
}

func (u Uncertainty) binTable() analysis.Table {
	t := newTable("npv_distribution", "option", "from:money", "to:money", "draws:integer", "share:number:share", "cumulated:number:share")
	t.money(u.model)
	for o, option := range u.Options {
		sum := 0
		for _, b := range option.Bins {
			sum += b.Draws
			t.add(u.model.optionID(o), b.From, b.To, int64(b.Draws), u.shareOfDraws(b.Draws), u.shareOfDraws(sum))
		}
	}
	return t.Table
}

func (u Uncertainty) shareOfDraws(n int) float64 { return float64(n) / float64(u.Draws) }
