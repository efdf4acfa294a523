package ingest

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// Calibrate declares population totals that a survey's weights are made to meet.
// It changes no column: the warehouse holds the weights of the file.
type Calibrate struct {
	At        analysis.Position
	Method    analysis.Text   `yaml:"method"`    // rake (default), poststratify, linear, raking or logit
	Margins   analysis.Text   `yaml:"margins"`   // file of totals, relative to the city's folder or absolute
	Variables []analysis.Text `yaml:"variables"` // columns, in the order they are raked; none: those of the file
	Bounds    []float64       `yaml:"bounds"`    // lowest and highest ratio of a weight to what it was
}

// regressionMethods fit weights to totals of regression terms, within bounds.
var (
	calibrationMethods = append([]string{"rake", "poststratify"}, regressionMethods...)
	regressionMethods  = []string{"linear", "raking", "logit"}
)

// ageBand is the column that the city's ages make of age.
const ageBand = "age_band"

// CheckVariable returns a problem where population totals cannot be about v: it is
// no column of the dataset, age_band being one where there is age, or one whose
// values the method takes for amounts rather than levels.
func (d Dataset) CheckVariable(v analysis.Text) error {
	columns := d.declared()
	_, own := d.Columns[ageBand]
	if _, age := d.Columns["age"]; age && !own {
		columns = append(columns, Column{Name: ageBand})
	}
	var names []string
	for _, c := range columns {
		names = append(names, c.Name)
	}
	at := slices.Index(names, v.Value)
	if at < 0 {
		return analysis.Problem{Position: v.At, Message: fmt.Sprintf("%s: calibrate: no column %q", d.Name, v.Value), Hint: or(analysis.Suggest(v.Value, names), "its columns: "+someNames(names))}
	}
	method, kind := d.Calibrate.Method.Value, columns[at].typeName()
	if slices.Contains(regressionMethods, method) && slices.Contains([]string{"integer", "number", "decimal"}, kind) {
		return analysis.Problem{
			Position: v.At,
			Message:  fmt.Sprintf("%s: calibrate: %s is a number, which %s calibration takes as an amount", d.Name, v.Value, method),
			Hint:     "declare a text column of its levels, or write method: rake",
		}
	}
	return nil
}

// describe returns the calibration as those who query the relation see it.
func (c *Calibrate) describe() *analysis.Calibrate {
	if c == nil {
		return nil
	}
	out := &analysis.Calibrate{At: c.At, Method: or(c.Method.Value, "rake"), Margins: c.Margins.Value, Bounds: c.Bounds}
	for _, v := range c.Variables {
		out.Variables = append(out.Variables, v.Value)
	}
	return out
}

// checkCalibrate returns what is wrong with the calibration whatever the files hold.
func (d Dataset) checkCalibrate() analysis.Problems {
	c := complaints{dataset: d.Name, at: d.Calibrate.At}
	k := d.Calibrate
	if d.Kind.Value != "survey" {
		c.add(k.At, "", "only surveys are calibrated")
		return c.problems
	}
	if d.Design == nil {
		c.add(k.At, "add design: {} where everybody had the same chance, design: {non_probability: true} where nobody was drawn", "a calibrated survey needs a design")
	}
	if k.Margins.Value == "" {
		c.add(k.At, "add margins: and a file with the columns variable, level and total", "the population totals are missing")
	}
	method := or(k.Method.Value, "rake")
	known := slices.Contains(calibrationMethods, method)
	if !known {
		c.add(k.Method.At, or(analysis.Suggest(method, calibrationMethods), "write "+strings.Join(calibrationMethods, ", ")), "unknown method of calibration %q", method)
	}
	if method == "poststratify" && len(k.Variables) > 1 {
		c.add(k.Variables[1].At, "write method: rake, or declare one column that tells their combinations apart", "post-stratification takes one variable")
	}
	k.checkBounds(&c, method, known)
	for i, v := range k.Variables {
		if slices.ContainsFunc(k.Variables[:i], func(w analysis.Text) bool { return w.Value == v.Value }) {
			c.add(v.At, "name it once", "calibrate: %s is named twice", v.Value)
		}
		c.problems = gather(c.problems, d.CheckVariable(v))
	}
	return c.problems
}

func (k *Calibrate) checkBounds(c *complaints, method string, known bool) {
	b := k.Bounds
	switch {
	case len(b) == 0 && method == "logit":
		c.add(k.At, "add bounds: [0.5, 2] or others", "logit calibration needs bounds")
	case len(b) == 0:
	case len(b) != 2 || !(b[0] < 1 && b[1] > 1):
		c.add(k.At, "write the lowest and the highest ratio of weights, one below and one above 1, such as [0.3, 3]", "the bounds of calibration are %v", b)
	case known && !slices.Contains(regressionMethods, method):
		c.add(k.At, "write method: raking, which gives the weights of rake within bounds, or leave out bounds", "%s heeds no bounds", method)
	}
}
