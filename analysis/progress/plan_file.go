package progress

import "pediment/analysis"

// planFile is plan.yaml as it is written.
type planFile struct {
	At         analysis.Position
	Title      string          `yaml:"title"`
	From       analysis.Text   `yaml:"from"`
	To         analysis.Text   `yaml:"to"`
	Method     analysis.Text   `yaml:"method"`
	Path       analysis.Text   `yaml:"path"`
	Threshold  analysis.Text   `yaml:"threshold"`
	Statuses   []statusFile    `yaml:"statuses"`
	Objectives []objectiveFile `yaml:"objectives"`
	Checklist  []answerFile    `yaml:"checklist"`
}

type statusFile struct {
	At       analysis.Position
	ID       analysis.Text `yaml:"id"`
	Label    string        `yaml:"label"`
	Icon     string        `yaml:"icon"`
	Words    string        `yaml:"words"`
	Colour   analysis.Text `yaml:"colour"`
	Achieved bool          `yaml:"achieved"`
	From     *float64      `yaml:"from"`
}

type objectiveFile struct {
	At         analysis.Position
	ID         analysis.Text   `yaml:"id"`
	Name       string          `yaml:"name"`
	Area       analysis.Text   `yaml:"area"`
	Owner      string          `yaml:"owner"`
	Note       string          `yaml:"note"`
	Measures   []measureFile   `yaml:"measures"`
	Milestones []milestoneFile `yaml:"milestones"`
}

type measureFile struct {
	At         analysis.Position
	Code       analysis.Text            `yaml:"code"`
	Name       string                   `yaml:"name"`
	Place      analysis.Text            `yaml:"place"`
	Group      map[string]analysis.Text `yaml:"group"`
	To         map[string]analysis.Text `yaml:"to"`
	Direction  analysis.Text            `yaml:"direction"`
	Method     analysis.Text            `yaml:"method"`
	Path       analysis.Text            `yaml:"path"`
	Baseline   *baseFile                `yaml:"baseline"`
	Targets    []targetFile             `yaml:"targets"`
	Cumulative bool                     `yaml:"cumulative"`
	Tolerance  analysis.Text            `yaml:"tolerance"`
	Limit      *float64                 `yaml:"limit"`
	Error      analysis.Text            `yaml:"error"`
	Breaks     []breakFile              `yaml:"breaks"`
	Milestones []milestoneFile          `yaml:"milestones"`
	UnitCost   *unitCostFile            `yaml:"unit_cost"`
	Owner      string                   `yaml:"owner"`
	Note       string                   `yaml:"note"`
}

type baseFile struct {
	At     analysis.Position
	Period analysis.Text `yaml:"period"`
	Value  *float64      `yaml:"value"`
	SE     *float64      `yaml:"se"`
	Source string        `yaml:"source"`
}

type targetFile struct {
	At        analysis.Position
	Period    analysis.Text `yaml:"period"`
	Value     *float64      `yaml:"value"`
	Low       *float64      `yaml:"low"`
	High      *float64      `yaml:"high"`
	Increment *float64      `yaml:"increment"`
	Source    string        `yaml:"source"`
}

type breakFile struct {
	At     analysis.Position
	Period analysis.Text `yaml:"period"`
	Note   string        `yaml:"note"`
	Factor *float64      `yaml:"factor"`
}

type milestoneFile struct {
	At       analysis.Position
	Name     string        `yaml:"name"`
	Due      analysis.Text `yaml:"due"`
	Done     analysis.Text `yaml:"done"`
	State    analysis.Text `yaml:"state"`
	Evidence string        `yaml:"evidence"`
	Owner    string        `yaml:"owner"`
}

type unitCostFile struct {
	At        analysis.Position
	Value     *float64      `yaml:"value"`
	Currency  string        `yaml:"currency"`
	PriceYear int           `yaml:"price_year"`
	Source    string        `yaml:"source"`
	Programme analysis.Text `yaml:"programme"`
}

type answerFile struct {
	At       analysis.Position
	ID       analysis.Text `yaml:"id"`
	State    analysis.Text `yaml:"state"`
	Evidence string        `yaml:"evidence"`
	Owner    string        `yaml:"owner"`
	Date     analysis.Text `yaml:"date"`
}
