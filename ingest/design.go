package ingest

import (
	"fmt"

	"pediment/analysis"
)

// Design says how a survey's units were drawn. Weight, Stratum, PSU, FPC and the
// replicates' weights are expressions over the raw columns; they become columns of
// the relation (see columns).
type Design struct {
	At             analysis.Position
	Weight         analysis.Text   `yaml:"weight"`
	Stratum        analysis.Text   `yaml:"stratum"`
	PSU            []analysis.Text `yaml:"psu"`             // sampled units by stage, PSUs first; none: every row is one
	FPC            []analysis.Text `yaml:"fpc"`             // by stage: units in the population, or the sampled share where ≤ 1
	Nested         bool            `yaml:"nested"`          // PSU codes repeat from stratum to stratum
	LonelyPSU      analysis.Text   `yaml:"lonely_psu"`      // fail (default), remove, certainty, adjust or average
	SamePSUs       bool            `yaml:"same_psus"`       // PSUs are kept from round to round
	NonProbability bool            `yaml:"non_probability"` // no random selection
	Replicates     *Replicates     `yaml:"replicates"`      // replicate weights, in the file or to be made
}

// columns returns the columns the design fills: weight, stratum, psu, psu2, …,
// fpc, fpc2, …, replicate1, replicate2, ….
func (d *Design) columns() []Column {
	if d == nil {
		return nil
	}
	var columns []Column
	add := func(name, kind string, from analysis.Text) {
		if from.Value != "" {
			columns = append(columns, Column{At: from.At, Name: name, Type: analysis.Text{Value: kind}, From: from})
		}
	}
	add("weight", "number", d.Weight)
	add("stratum", "text", d.Stratum)
	for i, unit := range d.PSU {
		add(stageName("psu", i), "text", unit)
	}
	for i, population := range d.FPC {
		add(stageName("fpc", i), "number", population)
	}
	for i, weight := range d.Replicates.weights() {
		add(replicateName(i), "number", weight)
	}
	return columns
}

// stageName is the column of a part of the design at a stage, 0 being the first.
func stageName(part string, stage int) string {
	if stage == 0 {
		return part
	}
	return fmt.Sprintf("%s%d", part, stage+1)
}

// replicateName is the column of a replicate's weight, 0 being the first.
func replicateName(replicate int) string { return fmt.Sprintf("replicate%d", replicate+1) }

// sample describes the design to those who query the relation; nil for a survey
// that declares none.
func (d Dataset) sample() *analysis.Sample {
	design := d.Design
	if design == nil {
		return nil
	}
	sample := &analysis.Sample{
		Weight: presentName("weight", design.Weight), Stratum: presentName("stratum", design.Stratum),
		Nested: design.Nested, LonelyPSU: or(design.LonelyPSU.Value, "fail"),
		SamePSUs: design.SamePSUs, NonProbability: design.NonProbability,
		Replicates: design.Replicates.describe(), Calibrate: d.Calibrate.describe(),
	}
	for i := range design.PSU {
		sample.PSU = append(sample.PSU, stageName("psu", i))
	}
	for i := range design.FPC {
		sample.FPC = append(sample.FPC, stageName("fpc", i))
	}
	return sample
}

func presentName(name string, from analysis.Text) string {
	if from.Value == "" {
		return ""
	}
	return name
}
