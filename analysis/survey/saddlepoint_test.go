package survey

import (
	"math"
	"testing"
)

// saddleTolerance is that of R's root finder.
const saddleTolerance = 1e-5

var saddleAt = []float64{.1, 1, 3, 8, 20, 60, 200}

// R package survey 4.1-1: pchisqsum(x, rep(1, length(w)), w, lower.tail = FALSE,
// method = "saddlepoint").
func TestWeightedChiSquareTail(t *testing.T) {
	for _, c := range []struct{ weights, want []float64 }{
		{[]float64{1, 1}, []float64{0.95043765786432921, 0.60698482265092413, 0.22481283542876207, 0.018674515744265114, 4.6967539544699845e-05, 9.8487133917174076e-14, 3.9709254152425024e-44}},
		{[]float64{1.8, .5}, []float64{0.94785351228827719, 0.59720149040355586, 0.25187487112551216, 0.044198073009887921, 0.0010932226272453011, 1.0121808868869814e-08, 7.463282846376628e-26}},
		{[]float64{4, 1.1, .7}, []float64{0.99525101478255218, 0.87901321618732164, 0.58902664972572261, 0.22886818264383632, 0.035766391852348436, 0.00015230056361499144, 2.2257144729466453e-12}},
		{[]float64{2, 1, 1, 1, .5, .3, .1, .01}, []float64{0.99999044857704567, 0.98240595566218969, 0.77209676711658082, 0.22180471417185843, 0.0071461854180509873, 1.8319156537964451e-07, 6.3833029727952308e-23}},
	} {
		for i, x := range saddleAt {
			agree(t, "tail at "+formatted(x), weightedChiSquareTail(x, c.weights), c.want[i], saddleTolerance)
			agree(t, "infinite df at "+formatted(x), weightedFTail(x, c.weights, math.Inf(1)), c.want[i], saddleTolerance)
		}
	}
}

// R package survey 4.1-1: pFsum(x, rep(1, length(w)), w, ddf = df,
// lower.tail = FALSE, method = "saddlepoint").
func TestWeightedFTail(t *testing.T) {
	for _, c := range []struct {
		weights []float64
		df      float64
		want    []float64
	}{
		{[]float64{1.8, .5}, 20.9, []float64{0.95012432022757254, 0.61725772678664914, 0.28395914124377919, 0.066616764286268795, 0.0050178627074558895, 2.0667052987217689e-05, 2.5093093845786937e-09}},
		{[]float64{4, 1.1, .7}, 30.77, []float64{0.99532007552525359, 0.88223133025478706, 0.60430017738469777, 0.25261517167891934, 0.049856375076531838, 0.00088156187930176551, 1.353470879079523e-07}},
		{[]float64{.97, .97, .2, .05}, 360.25, []float64{0.98931565903541319, 0.67975072715251328, 0.24865184096534076, 0.019974405434237456, 5.3172263454270117e-05, 4.974960030507396e-13, 5.144149501416082e-36}},
	} {
		for i, x := range saddleAt {
			agree(t, "tail at "+formatted(x), weightedFTail(x, c.weights, c.df), c.want[i], saddleTolerance)
		}
	}
}

// Whole degrees of freedom, as they come out of two equal eigenvalues, are
// rounded down whichever side of them the arithmetic ends on.
func TestWeightedFTailAtWholeDF(t *testing.T) {
	w := []float64{.97, .97}
	want := weightedFTail(26, w, 398)
	for _, df := range []float64{math.Nextafter(398, 0), math.Nextafter(398, 500)} {
		agree(t, "df "+formatted(df), weightedFTail(26, w, df), want, 1e-12)
	}
	if above := weightedFTail(26, w, 398.5); above >= want {
		t.Errorf("df 398.5 gives %v, not below %v with 398", above, want)
	}
}

// At the mean the saddlepoint is 0/0: Satterthwaite's χ² or F takes over, which
// for equal weights is exact. R: pchisq(3, 3), pf(1, 3, 20).
func TestSaddlepointAtTheMean(t *testing.T) {
	agree(t, "χ²", weightedChiSquareTail(6, []float64{2, 2, 2}), 0.39162517627108895, 1e-9)
	agree(t, "below 0", weightedChiSquareTail(-1, []float64{2, 2, 2}), 1, 0)
	agree(t, "F below 0", weightedFTail(0, []float64{2, 2, 2}, 20), 1, 0)
}
