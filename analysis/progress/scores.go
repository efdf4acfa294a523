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

// status is the status of the mean: that of the ratio which has this score, and the
// target reached only where every judged measure has reached its own.
func (o objectiveScore) status(list []Status) string {
	if math.IsNaN(o.mean) {
		return ""
	}
	ratio := (o.mean + 4.2857) / 7.1429
	if o.mean < 0 {
		ratio = (o.mean + 2.5) / 4.1667
	}
	if at := bandOf(list, Judgement{Ratio: ratio}, o.achieved == o.judged); at >= 0 {
		return list[at].Label
	}
	return ""
}

// scores sums up the objectives that have measures.
func (a *assessment) scores() []objectiveScore {
	var list []objectiveScore
	at := 0
	for _, o := range a.plan.Objectives {
		one := objectiveScore{Objective: o, mean: math.NaN(), worstScore: math.NaN(), total: len(o.Measures)}
		sum := 0.0
		for _, st := range a.all[at : at+len(o.Measures)] {
			score := st.score()
			if math.IsNaN(score) {
				continue
			}
			sum += score
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
	}}
	for _, o := range a.scores() {
		id, name, status := "", "", ""
		if o.worst != nil {
			id, name = o.worst.ID, o.worst.title
			_, status, _ = o.worst.statusCells()
		}
		t.Rows = append(t.Rows, []any{o.ID, o.Name, cell(o.mean), o.status(a.plan.Statuses), id, name, cell(o.worstScore), status, int64(o.judged), int64(o.total), o.Owner})
	}
	return t
}
