package ingest

import (
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

// calibrationMethods are the methods; the last three heed bounds.
var calibrationMethods = []string{"rake", "poststratify", "linear", "raking", "logit"}

// ageBand is the column that the city's ages make of age.
const ageBand = "age_band"

// CalibrationColumns lists the columns that population totals may be about: the
// dataset's own, and age_band where there is age.
func (d Dataset) CalibrationColumns() []string {
	var names []string
	for _, c := range d.declared() {
		names = append(names, c.Name)
	}
	if slices.Contains(names, "age") && !slices.Contains(names, ageBand) {
		names = append(names, ageBand)
	}
	return names
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
	k.checkVariables(&c, d.CalibrationColumns())
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
	case known && !slices.Contains(calibrationMethods[2:], method):
		c.add(k.At, "write method: raking, which gives the weights of rake within bounds, or leave out bounds", "%s heeds no bounds", method)
	}
}

func (k *Calibrate) checkVariables(c *complaints, columns []string) {
	var seen []string
	for _, v := range k.Variables {
		switch {
		case !slices.Contains(columns, v.Value):
			c.add(v.At, or(analysis.Suggest(v.Value, columns), "its columns: "+someNames(columns)), "calibrate: no column %q", v.Value)
		case slices.Contains(seen, v.Value):
			c.add(v.At, "name it once", "calibrate: %s is named twice", v.Value)
		}
		seen = append(seen, v.Value)
	}
}
