package ingest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pediment/analysis"
)

// Replicates declares the replicate weights that carry a survey's design: those of
// the file or, without Weights, such as are made from the design's strata and PSUs.
type Replicates struct {
	At       analysis.Position
	Type     analysis.Text   `yaml:"type"`     // JK1, JKn, BRR, Fay, bootstrap, …
	Weights  []analysis.Text `yaml:"weights"`  // raw columns, or one name with %d for all of them; none: weights are made
	Count    int             `yaml:"count"`    // how many columns %d stands for, or how many replicates are made
	Combined bool            `yaml:"combined"` // they hold the sampling weight already
	Scale    float64         `yaml:"scale"`    // 0: what goes with the type
	RScales  []float64       `yaml:"rscales"`  // of each replicate; none: 1 for each
	MSE      bool            `yaml:"mse"`      // spread around the estimate, not around the replicates' mean
	Rho      float64         `yaml:"rho"`      // Fay's ρ
}

// replicateTypes are the types of replicate weights, those of a jackknife first.
var replicateTypes = []string{"JK1", "JKn", "BRR", "Fay", "bootstrap", "subbootstrap", "mrbbootstrap", "successive-difference"}

// scaledTypes are the types whose scale follows from their number.
var scaledTypes = []string{"JK1", "BRR", "Fay", "successive-difference"}

// maxReplicates bounds what a mistyped count makes.
const maxReplicates = 10_000

// numbered is the part of a name that stands for 1, 2, … or, as %02d, 01, 02, ….
var numbered = regexp.MustCompile(`%(0[1-9])?d`)

// pattern returns the one name that stands for all weights, with the whole part to
// be replaced, and whether there is one.
func (r *Replicates) pattern() (name analysis.Text, ok bool) {
	for _, w := range r.Weights {
		if numbered.MatchString(w.Value) {
			return w, true
		}
	}
	return analysis.Text{}, false
}

// weights returns the expressions of the replicates' weights, none where they are
// to be made.
func (r *Replicates) weights() []analysis.Text {
	if r == nil {
		return nil
	}
	name, ok := r.pattern()
	if !ok {
		return r.Weights
	}
	list := make([]analysis.Text, 0, max(0, min(r.Count, maxReplicates)))
	for i := range cap(list) {
		list = append(list, analysis.Text{At: name.At, Value: numbered.ReplaceAllStringFunc(name.Value, func(verb string) string { return fmt.Sprintf(verb, i+1) })})
	}
	return list
}

// describe returns the replicate weights as columns of the relation.
func (r *Replicates) describe() *analysis.Replicates {
	if r == nil {
		return nil
	}
	out := &analysis.Replicates{Kind: r.Type.Value, Combined: r.Combined, Scale: r.Scale, RScales: r.RScales, MSE: r.MSE, Rho: r.Rho}
	for i := range r.weights() {
		out.Weights = append(out.Weights, replicateName(i))
	}
	if len(out.Weights) == 0 {
		out.Count = r.Count
	}
	return out
}

// check returns what is wrong with the replicate weights of a design.
func (r *Replicates) check(c *complaints, d *Design) {
	at := r.At
	all := "write one of " + strings.Join(replicateTypes, ", ")
	switch kind := r.Type; {
	case kind.Value == "":
		c.add(at, all, "replicates: the type is missing")
	case !slices.Contains(replicateTypes, kind.Value):
		c.add(kind.At, or(analysis.Suggest(kind.Value, replicateTypes), all), "unknown type of replicate weights %q", kind.Value)
	}
	fay := r.Type.Value == "Fay"
	switch {
	case fay && !(r.Rho > 0 && r.Rho < 1):
		c.add(at, "write rho: 0.5, or what the survey's documentation says; without one the type is BRR", "Fay's replicates need a rho between 0 and 1")
	case !fay && r.Rho != 0:
		c.add(at, "leave it out, or write type: Fay", "rho belongs to replicates of type Fay")
	}
	if r.Scale < 0 || slices.ContainsFunc(r.RScales, func(s float64) bool { return s < 0 }) {
		c.add(at, "write what the survey's documentation says", "scale and rscales cannot be negative")
	}
	if len(r.Weights) == 0 {
		r.checkMade(c, d)
		return
	}
	r.checkGiven(c, d)
	r.checkCount(c)
}

// checkGiven checks replicate weights of the file.
func (r *Replicates) checkGiven(c *complaints, d *Design) {
	const hint = "leave them out; or leave out weights: and replicates are made from stratum and psu"
	for _, part := range []struct {
		name     string
		declared []analysis.Text
	}{{"stratum", []analysis.Text{d.Stratum}}, {"psu", d.PSU}, {"fpc", d.FPC}, {"lonely_psu", []analysis.Text{d.LonelyPSU}}} {
		if len(part.declared) > 0 && part.declared[0].Value != "" {
			c.add(part.declared[0].At, hint, "%s means nothing beside replicate weights, which carry the design", part.name)
		}
	}
	if d.Nested {
		c.add(r.At, hint, "nested means nothing beside replicate weights, which carry the design")
	}
	if r.Combined && d.Weight.Value == "" {
		c.add(r.At, "add weight: and its column", "the sampling weight is missing beside replicate weights that hold it already")
	}
	if r.Scale == 0 && slices.Contains(replicateTypes, r.Type.Value) && !slices.Contains(scaledTypes, r.Type.Value) {
		c.add(r.At, "add scale: and, where replicates differ, rscales: as the survey's documentation states them", "replicate weights of type %s need a scale", r.Type.Value)
	}
	if n := len(r.weights()); n > 0 && len(r.RScales) > 0 && len(r.RScales) != n {
		c.add(r.At, "give one for each replicate, or none", "%d rscales for %d replicate weights", len(r.RScales), n)
	}
}

// checkCount checks how many weights of the file there are.
func (r *Replicates) checkCount(c *complaints) {
	name, pattern := r.pattern()
	at := orAt(r.Weights[0].At, r.At)
	switch {
	case pattern && len(r.Weights) > 1:
		c.add(name.At, "write one name with %d, or all names without it", "%q stands for all replicate weights, but there are %d names", name.Value, len(r.Weights))
	case pattern && r.Count == 0:
		c.add(name.At, "add count: and the number of columns", "how many columns %q stands for is missing", name.Value)
	case pattern && (r.Count < 2 || r.Count > maxReplicates):
		c.add(r.At, fmt.Sprintf("write the number of columns, 2 to %d", maxReplicates), "count: %d cannot be the number of replicate weights", r.Count)
	case !pattern && r.Count != 0:
		c.add(at, `write a name such as "rw%d", or leave out count`, "count goes with a name that has %%d where the number stands")
	case !pattern && len(r.Weights) < 2:
		c.add(at, `list all columns, or write "rw%d" and count: 80 for rw1 to rw80`, "one replicate weight shows no spread")
	}
	for i, w := range r.Weights {
		if w.Value == "" {
			c.add(r.At, "name its column", "replicate weight %d has no name", i+1)
		}
	}
}

// checkMade checks replicate weights that are to be made.
func (r *Replicates) checkMade(c *complaints, d *Design) {
	if len(d.PSU) == 0 {
		c.add(r.At, "declare psu (a row number where every row was drawn by itself), or name the file's columns under weights:", "replicate weights are made from PSUs, and none are declared")
	}
	if r.Combined {
		c.add(r.At, "leave it out, or name the file's columns under weights:", "combined says what replicate weights of a file hold; here they are made")
	}
	switch {
	case strings.HasPrefix(r.Type.Value, "JK") && r.Count != 0:
		c.add(r.At, "leave out count", "a jackknife makes one replicate for each PSU")
	case r.Count < 0 || r.Count == 1 || r.Count > maxReplicates:
		c.add(r.At, fmt.Sprintf("write 2 to %d", maxReplicates), "count: %d replicates cannot be made", r.Count)
	}
	if r.Type.Value == "JK1" && d.Stratum.Value != "" {
		c.add(r.Type.At, "write JKn", "JK1 is for samples without strata")
	}
}
