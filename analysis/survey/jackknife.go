package survey

// jackknifeOne leaves out each PSU of an unstratified sample in turn.
func (m replicating) jackknifeOne() replication {
	r := m.jackknife()
	if len(r.rscales) == 0 {
		return r
	}
	r.scale *= r.rscales[0]
	r.rscales = alike(len(r.rscales), 1)
	return r
}

// jackknife leaves out each PSU of each stratum in turn: (1−f)·(n−1)/n is the
// rscale of its replicate. Strata taken whole have no replicates. Of strata with
// one PSU, adjust leaves the PSU out and lets the others stand for it; average
// leaves the stratum out and scales the variance up by strata; others drop it.
func (m replicating) jackknife() replication {
	r := replication{scale: 1}
	left, first := 0, 0
	for _, s := range m.strata {
		switch {
		case s.certain():
		case s.psus > 1:
			m.leaveOut(&r, s, first)
		case m.lonely == "adjust" && len(m.strata) > 1:
			m.leaveStratumOut(&r, s, first)
		default:
			left++
		}
		first += s.psus
	}
	if m.lonely == "average" && left < len(m.strata) {
		r.scale = float64(len(m.strata)) / float64(len(m.strata)-left)
	}
	return r
}

// leaveOut adds the replicates of a stratum whose first PSU has the number.
func (m replicating) leaveOut(r *replication, s stratumPSUs, first int) {
	n := float64(s.psus)
	for out := range s.psus {
		row := m.even(1)
		for i := range s.psus {
			row[first+i] = n / (n - 1)
		}
		row[first+out] = 0
		r.multipliers = append(r.multipliers, row)
		r.rscales = append(r.rscales, (1-s.fraction)*(n-1)/n)
	}
}

// leaveStratumOut adds the replicate that lets the other strata stand for one.
func (m replicating) leaveStratumOut(r *replication, s stratumPSUs, first int) {
	strata := float64(len(m.strata))
	row := m.even(strata / (strata - 1))
	row[first] = 0
	r.multipliers = append(r.multipliers, row)
	r.rscales = append(r.rscales, (1-s.fraction)*(strata-1)/strata)
}
