package progress

import (
	"math"

	"pediment/analysis"
)

// objectiveScore is how an objective stands: the mean of its measures' scores and,
// because a mean hides one that collapses, the worst of them.
type objectiveScore struct {
	Objective
	mean          float64
	sd            float64 // standard error of the mean, measures taken as independent
	worst         *standing
	worstScore    float64
	judged, total int
	achieved      int // of those judged, with the target reached
}

// score is Open SDG's score of a measure by the ratio of the method that judged it,
// NaN where none did.
func (st *standing) score() float64 {
	switch {
	case len(st.shares) == 0 && st.best >= 0:
		return 5 // judged by its level alone: the target is reached
	case len(st.shares) == 0:
		return math.NaN()
	case !st.aimed:
		return st.judged.Score
	}
	return Score(st.judged.Ratio, st.aim.hit(st.currentPoint().Value))
}

// scoreVariance is the variance of a measure's score by the shares p_k of its
// statuses, the score being anywhere in the part of the scale, w_k wide with the
// middle s_k, that a status has:
//
//	Σ_k p_k·(s_k² + w_k²/12) − (Σ_k p_k·s_k)²
func (st *standing) scoreVariance() float64 {
	mean, squares := 0.0, 0.0
	for k, p := range st.shares {
		low, high := st.scoresOf(k)
		middle, width := (low+high)/2, high-low
		mean += p * middle
		squares += p * (middle*middle + width*width/12)
	}
	return max(0, squares-mean*mean)
}

// scoresOf is the part of the scale that a status has.
func (st *standing) scoresOf(k int) (low, high float64) {
	low, high = -5, 5
	if st.statuses[k].Achieved {
		return 5, 5
	}
	if !math.IsInf(st.statuses[k].From, -1) {
		low = Score(st.statuses[k].From, false)
	}
	if k > 0 && !st.statuses[k-1].Achieved {
		high = Score(st.statuses[k-1].From, false)
	}
	return low, high
}

// interval is the 95 percent interval of the mean score, within the scale.
func (o objectiveScore) interval() (low, high float64) {
	return max(-5, o.mean-normalBound*o.sd), min(5, o.mean+normalBound*o.sd)
}

// status is the status of the mean where that has the threshold's probability, else
// the statuses between which it lies: that of the ratio which has the score, and the
// target reached only where every judged measure has reached its own.
func (o objectiveScore) status(list []Status, threshold float64) string {
	if math.IsNaN(o.mean) || len(list) == 0 {
		return ""
	}
	if o.achieved == o.judged && o.sd == 0 {
		return list[0].Label
	}
	shares, better := make([]float64, len(list)), 0.0
	for k, s := range list {
		if s.Achieved {
			continue
		}
		reached := 1.0
		if !math.IsInf(s.From, -1) {
			reached = normal{o.mean, o.sd, math.Inf(-1), math.Inf(1)}.between(Score(s.From, false), math.Inf(1))
		}
		shares[k], better = max(0, reached-better), reached
	}
	best, worst := likely(shares, threshold)
	if best == worst {
		return list[best].Label
	}
	return "uncertain: between " + list[best].Label + " and " + list[worst].Label
}

// scores sums up the objectives that have measures.
func (a *assessment) scores() []objectiveScore {
	var list []objectiveScore
	at := 0
	for _, o := range a.plan.Objectives {
		one := objectiveScore{Objective: o, mean: math.NaN(), worstScore: math.NaN(), total: len(o.Measures)}
		sum, squares := 0.0, 0.0
		for _, st := range a.all[at : at+len(o.Measures)] {
			score := st.score()
			if math.IsNaN(score) {
				continue
			}
			sum += score
			squares += st.scoreSpread
			one.judged++
			if st.aimed && st.aim.hit(st.currentPoint().Value) {
				one.achieved++
			}
			if one.worst == nil || score < one.worstScore {
				one.worst, one.worstScore = st, score
			}
		}
		if one.judged > 0 {
			one.mean = sum / float64(one.judged)
			one.sd = math.Sqrt(squares) / float64(one.judged)
		}
		at += len(o.Measures)
		if one.total > 0 {
			list = append(list, one)
		}
	}
	return list
}

// scoresTable holds one row for each objective.
func (a *assessment) scoresTable() analysis.Table {
	t := analysis.Table{Name: "scores", Columns: []analysis.Column{
		textColumn("objective"), textColumn("name"), numberColumn("mean_score", ""), textColumn("mean_status"),
		textColumn("worst_measure"), textColumn("worst_name"), numberColumn("worst_score", ""), textColumn("worst_status"),
		{Name: "judged", Type: "integer"}, {Name: "measures", Type: "integer"}, textColumn("owner"),
		numberColumn("mean_low", ""), numberColumn("mean_high", ""),
	}}
	for _, o := range a.scores() {
		id, name, status := "", "", ""
		var low, high any
		if o.sd > 0 {
			from, to := o.interval()
			low, high = from, to
		}
		if o.worst != nil {
			id, name = o.worst.ID, o.worst.title
			_, status, _ = o.worst.statusCells()
		}
		t.Rows = append(t.Rows, []any{o.ID, o.Name, cell(o.mean), o.status(a.plan.Statuses, a.threshold()), id, name, cell(o.worstScore), status, int64(o.judged), int64(o.total), o.Owner, low, high})
	}
	return t
}
