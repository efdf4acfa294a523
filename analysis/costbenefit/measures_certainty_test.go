package costbenefit

import (
	"strings"
	"testing"
)

// At 70 learners 420 a year are gained and 400 paid; at 400 ÷ 6 nothing is left.
// Triangular on 30 to 90 with mode 70, P(X < 66.67) = (36.67)² ÷ (60 · 40).
func TestSummarySaysHowSure(t *testing.T) {
	r, err := resultModel(t).Result(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if loss, want := lookUp(t, r, "a", "probability_loss"), 36.6666666667*36.6666666667/2400; loss < want-.015 || loss > want+.015 {
		t.Errorf("the probability of a loss is %v, want about %v", loss, want)
	}
	if at := lookUp(t, r, "a", "switching_value"); at < 66.6666 || at > 66.6667 {
		t.Errorf("the verdict turns at %v, want 66.667", at)
	}
	if note := noteOf(t, r, "switching_value"); !strings.Contains(note, "Learners: ") {
		t.Errorf("the note is %q", note)
	}
}
