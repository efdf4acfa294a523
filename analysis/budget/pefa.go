package budget

import (
	_ "embed"
	"encoding/csv"
	"math"
	"strconv"
	"strings"
)

// The bands of the Public Expenditure and Financial Accountability framework,
// indicators PI-1 (percentages of the approved total) and PI-2 (percentages of the
// composition). A score is met when two of the last three years lie in its band;
// D is what is left.
//
//go:embed pefa.csv
var pefaList string

var pefaBands = readBands(pefaList)

// band is the range a score needs: low ≤ x ≤ high for PI-1, x < high for PI-2.
type band struct {
	indicator, score string
	low, high        float64
}

func readBands(list string) []band {
	rows, err := csv.NewReader(strings.NewReader(list)).ReadAll()
	if err != nil {
		panic("read pefa.csv: " + err.Error())
	}
	var bands []band
	for _, row := range rows[1:] {
		low, lowErr := strconv.ParseFloat(row[2], 64)
		high, highErr := strconv.ParseFloat(row[3], 64)
		if lowErr != nil || highErr != nil {
			panic("read pefa.csv: " + strings.Join(row, ","))
		}
		bands = append(bands, band{row[0], row[1], low, high})
	}
	return bands
}

func (b band) holds(x float64) bool {
	if b.indicator == "PI-2" {
		return x < b.high
	}
	return b.low <= x && x <= b.high
}

// pefaYears are the years a score looks at, pefaNeeded those that must lie in its
// band.
const (
	pefaYears  = 3
	pefaNeeded = 2
)

// pefaVerify stands beside every score.
const pefaVerify = "computed from the ledger by the published bands; verify against the assessment's own rules"

// bandOf is the best score whose band holds one year's figure, D when none does,
// "" when there is no figure.
func bandOf(indicator string, x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	for _, b := range pefaBands {
		if b.indicator == indicator && b.holds(x) {
			return b.score
		}
	}
	return "D"
}

// score is the best whose band holds the figures of two of the last three years;
// "" when fewer than three years have a figure.
func score(indicator string, figures []float64) string {
	var last []float64
	for _, x := range figures {
		if !math.IsNaN(x) {
			last = append(last, x)
		}
	}
	if len(last) < pefaYears {
		return ""
	}
	last = last[len(last)-pefaYears:]
	for _, b := range pefaBands {
		if b.indicator != indicator {
			continue
		}
		n := 0
		for _, x := range last {
			if b.holds(x) {
				n++
			}
		}
		if n >= pefaNeeded {
			return b.score
		}
	}
	return "D"
}

// composition is the sum of absolute deviations from the approved budget scaled to
// the executed total, as a percentage of it:
//
//	b'_i = b_i·ΣA/ΣB,  100·Σ|a_i − b'_i| ÷ Σ b'_i
//
// over heads with approved amounts b and executed amounts a (PEFA PI-2). It is NaN
// where either total is not above 0.
func composition(heads []head) float64 {
	var a, b float64
	for _, h := range heads {
		a += float64(h.cents[executed])
		b += float64(h.cents[approved])
	}
	if a <= 0 || b <= 0 {
		return math.NaN()
	}
	deviations := 0.0
	for _, h := range heads {
		deviations += math.Abs(float64(h.cents[executed]) - float64(h.cents[approved])*a/b)
	}
	return 100 * deviations / a
}
