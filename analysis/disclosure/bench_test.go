package disclosure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pediment/analysis"
)

// districts makes values of indicators for a city's districts and years: each
// district's whole, by sex and by three ages, and the city's, with the share of
// groups that are small.
func districts(places, indicators, years int, small float64) ([]analysis.Value, Rule) {
	random := rand.New(rand.NewPCG(1, 9))
	var values []analysis.Value
	groups := []analysis.Group{nil, {{Column: "sex", Value: "f"}}, {{Column: "sex", Value: "m"}}, {{Column: "age", Value: "15-24"}}, {{Column: "age", Value: "25-64"}}, {{Column: "age", Value: "65+"}}}
	add := func(code string, period analysis.Period, place string, g int, numerator, denominator float64) {
		v := analysis.Value{Code: code, Period: period, Place: place, Group: groups[g], Unit: "percent", Estimate: analysis.Unknown(), Numerator: numerator, Denominator: denominator}
		v.Value, v.N = 100*numerator/denominator, int64(denominator)
		values = append(values, v)
	}
	for y := range years {
		period := analysis.Period{Label: fmt.Sprint(2010 + y), Start: time.Date(2010+y, 1, 1, 0, 0, 0, 0, time.UTC), End: time.Date(2011+y, 1, 1, 0, 0, 0, 0, time.UTC)}
		for i := range indicators {
			code := fmt.Sprintf("%d.%d", i%11, i)
			var city [6]float64
			for p := range places {
				n := [6]float64{0, 30 + float64(random.IntN(200)), 40 + float64(random.IntN(300)), 30, 30}
				if random.Float64() < small {
					n[1] = float64(1 + random.IntN(9))
				}
				n[0] = n[1] + n[2]
				if n[0] < 70 {
					n[3], n[4] = 0, 10
				}
				n[5] = n[0] - n[3] - n[4]
				for g := range groups {
					city[g] += n[g]
					add(code, period, fmt.Sprintf("D%03d", p), g, n[g], 5*n[g]+50)
				}
			}
			for g := range groups {
				add(code, period, "", g, city[g], 5*city[g]+float64(50*places))
			}
		}
	}
	rule := Rule{Smallest: 10, People: func(v analysis.Value) float64 { return math.Min(float64(v.N), v.Numerator) }, Source: func(code string) string { return "records_" + code[:strings.Index(code, ".")] }}
	for p := range places {
		rule.Places = append(rule.Places, analysis.Place{Code: fmt.Sprintf("D%03d", p), Kind: "district"})
	}
	return values, rule
}

// Two million values: 500 districts × 66 indicators × 10 years × 6 breakdowns.
func BenchmarkProtect(b *testing.B) {
	for _, small := range []float64{.001, .02} {
		values, rule := districts(500, 66, 10, small)
		b.Run(fmt.Sprintf("%d_values_small=%g", len(values), small), func(b *testing.B) {
			hidden := 0
			for b.Loop() {
				_, log := Protect(values, rule)
				hidden = len(log)
			}
			b.ReportMetric(float64(hidden), "withheld")
		})
	}
}

// A report made again after one or three were published, a few records late in one
// value of a hundred each time.
func BenchmarkProtectAfterPublishing(b *testing.B) {
	for _, reports := range []int{1, 3} {
		values, rule := districts(500, 66, 1, .02)
		random := rand.New(rand.NewPCG(1, 1))
		for range reports {
			out, _ := Protect(values, rule)
			rule.Published = append(rule.Published, out)
			for k := range values {
				if random.Float64() < .01 {
					values[k].Numerator += 3
				}
			}
		}
		b.Run(fmt.Sprintf("%d_values_%d_reports", len(values), reports), func(b *testing.B) {
			for b.Loop() {
				Protect(values, rule)
			}
		})
	}
}
