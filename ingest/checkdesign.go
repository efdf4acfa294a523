package ingest

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// complaints gathers what is wrong with one part of a dataset's declaration.
type complaints struct {
	dataset  string
	at       analysis.Position // of the part, for what has no position of its own
	problems analysis.Problems
}

func (c *complaints) add(at analysis.Position, hint, format string, args ...any) {
	c.problems = append(c.problems, analysis.Problem{Position: orAt(at, c.at), Message: c.dataset + ": " + fmt.Sprintf(format, args...), Hint: hint})
}

var lonelyRules = []string{"", "fail", "remove", "certainty", "adjust", "average"}

// checkDesign returns what is wrong with the design whatever the files hold.
func (d Dataset) checkDesign() analysis.Problems {
	c := complaints{dataset: d.Name, at: d.Design.At}
	if d.Kind.Value != "survey" {
		c.add(d.Design.At, "", "only surveys have a design")
	}
	if lonely := d.Design.LonelyPSU; !slices.Contains(lonelyRules, lonely.Value) {
		c.add(lonely.At, or(analysis.Suggest(lonely.Value, lonelyRules[1:]), "write fail, remove, certainty, adjust or average"), "unknown rule for lonely PSUs %q", lonely.Value)
	}
	d.Design.checkStages(&c)
	if d.Design.Replicates != nil {
		d.Design.Replicates.check(&c, d.Design)
	}
	filled := map[string]string{}
	for _, column := range d.Design.columns() {
		filled[column.Name] = column.Name
	}
	for _, column := range d.columns() {
		if name, twice := filled[strings.ToLower(column.Name)]; twice {
			c.add(column.At, "keep one of the two", "%s is declared under columns and under design", name)
		}
	}
	return c.problems
}

// checkStages checks the lists by stage.
func (d *Design) checkStages(c *complaints) {
	for _, part := range []struct {
		name   string
		stages []analysis.Text
	}{{"psu", d.PSU}, {"fpc", d.FPC}} {
		for i, stage := range part.stages {
			if stage.Value == "" {
				c.add(stage.At, "name its column, or leave it out", "%s of stage %d is empty", part.name, i+1)
			}
		}
	}
	if stages := max(1, len(d.PSU)); len(d.FPC) > stages {
		c.add(d.FPC[stages].At, "declare the sampled units of that stage under psu, or leave out its population", "fpc has %d stages, psu %d", len(d.FPC), len(d.PSU))
	}
}
