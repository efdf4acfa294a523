package indicators_test

import (
	"math"
	"testing"

	"pediment/indicators"
)

// The four observers and twelve units of Krippendorff, Computing Krippendorff's
// Alpha-Reliability (2011), section C, which gives the ordinal alpha as 0.815.
func TestOrdinalAlphaPublishedExample(t *testing.T) {
	units := [][]float64{
		{1, 1, 1}, {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4},
		{4, 4, 4, 4}, {1, 1, 2, 1}, {2, 2, 2, 2}, {5, 5, 5}, {1, 1}, {3},
	}
	if alpha := indicators.OrdinalAlpha(units); math.Abs(alpha-0.815) > 0.0005 {
		t.Errorf("alpha %.4f, want 0.815", alpha)
	}
}

func TestOrdinalAlphaEdges(t *testing.T) {
	if alpha := indicators.OrdinalAlpha([][]float64{{3}, {2}}); !math.IsNaN(alpha) {
		t.Errorf("one score a unit: alpha %v, want none", alpha)
	}
	if alpha := indicators.OrdinalAlpha([][]float64{{2, 2}, {2, 2, 2}}); alpha != 1 {
		t.Errorf("all scores equal: alpha %v, want 1", alpha)
	}
	if alpha := indicators.OrdinalAlpha([][]float64{{1, 1}, {4, 4}}); alpha != 1 {
		t.Errorf("perfect agreement: alpha %v, want 1", alpha)
	}
}
