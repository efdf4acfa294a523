package survey

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// drawRounds draws rounds of one survey, all in one of the ways, whose PSUs have
// the same codes, and puts them together; the column round tells them apart.
func drawRounds(t *rapid.T) (rounds []drawn, together drawn) {
	way := rapid.SampledFrom([]string{"strata", "clusters"}).Draw(t, "way of all")
	together = drawn{memoryRows: &memoryRows{numbers: map[string][]float64{}, texts: map[string][]string{}}}
	for k := range rapid.IntRange(1, 3).Draw(t, "rounds") {
		d := drawSample(t, way)
		d.design.FPC = nil
		for range d.size() {
			d.text("round", strconv.Itoa(2020+k))
		}
		for name, values := range d.numbers {
			together.numbers[name] = append(together.numbers[name], values...)
		}
		for name, texts := range d.texts {
			together.texts[name] = append(together.texts[name], texts...)
		}
		rounds, together.design = append(rounds, d), d.design
	}
	together.design.Pool = "round"
	return rounds, together
}

// Rounds are drawn apart: the total of an average round is the mean of theirs, its
// variance Σ V/k², and degrees of freedom add.
func TestPooledTotalIsThatOfAnAverageRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rounds, together := drawRounds(t)
		a := Ask{Op: "total", Vars: []string{"x", "whole"}}
		k := float64(len(rounds))
		for _, got := range together.ask(t, a)[0] {
			value, variance, df := 0.0, 0.0, 0.0
			for _, d := range rounds {
				answers := d.ask(t, a)[0]
				if j := slices.IndexFunc(answers, func(one Answer) bool { return one.Name == got.Name }); j >= 0 {
					value, variance = value+answers[j].Value/k, variance+answers[j].SE*answers[j].SE/(k*k)
				}
				df += answers[0].DF
			}
			wantNear(t, got.Name, got.Value, value)
			wantNear(t, "variance of "+got.Name, got.SE*got.SE, variance)
			wantNear(t, "DF of "+got.Name, got.DF, df)
		}
	})
}

// Pooling is a design that could be written out.
func TestPoolWrittenOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rounds, together := drawRounds(t)
		k := float64(len(rounds))
		out := together.column("w", func(row int) float64 { return together.numbers["w"][row] / k })
		out.design.Pool, out.design.Nest = "", true
		out.design.Strata = append([]string{"round"}, together.design.Strata...)
		asks := everyAsk(nil)
		got, want := together.ask(t, asks...), out.ask(t, asks...)
		for k := range want {
			for j, a := range got[k] {
				wantEstimate(t, fmt.Sprintf("ask %d, %s", k, a.Name), a, want[k][j])
			}
		}
	})
}
