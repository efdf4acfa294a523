//go:build trials

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Answers of R that pediment does not give, by case/id.
var explainedSurvey = map[string]string{
	"city_pub_stratclus/cip_rare_likelihood": "R reads the interval off a coarse profile; refining its grid leads to our ends within 1e-7",
	"edge_zerocat/prop_zero_level":           "R made the column cat4; the file has none, so it is refused",
	"edge_zerocat/count_zero_level":          "R made the column cat4; the file has none, so it is refused",
	"edge_zerocat/by_zero_level":             "R made the column cat4; the file has none, so it is refused",
	"fuzz_pub_04/quant_y":                    "R noted the design's df (11); its interval uses that of the rows kept (10), as ours says",
	"fuzz_pub_08/quant_y":                    "R noted the design's df (18); its interval uses that of the rows kept (17), as ours says",

	"edge_na/quant_narmF": "a quantile with unknown values not left out: R leaves them out of the quantile and not of its interval; unknown",
}

// TestTrialsSurvey asks for everything R was asked of the samples of its own
// survey package and of others that cannot be shipped.
func TestTrialsSurvey(t *testing.T) {
	data := os.Getenv("PEDIMENT_TRIALS")
	if data == "" {
		t.Fatal("no data: run make trials DATA=folder with the public data sets")
	}
	c := compareFolder(t, filepath.Join(data, "..", "reference", "survey"), explainedSurvey)
	all := c.total()
	fmt.Fprintf(t.Output(), "%s%d results compared: %d agree, %d differ as explained, %d differ without explanation\n",
		c.summary(), all.compared, all.agreeing, all.explained, all.unexplained())
	for place, why := range explainedSurvey {
		fmt.Fprintf(t.Output(), "%s: %s\n", place, why)
	}
}
