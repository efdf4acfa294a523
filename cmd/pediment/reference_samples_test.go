package main

var randomHeader = []string{"case", "str", "psu", "ssu", "N1", "N2", "w", "y", "x", "b", "c", "area", "lik"}

// randomShape is how one of the random samples was drawn.
type randomShape struct {
	strata, psus, perPSU int  // psus and perPSU are the most there are; perPSU 0: every row is a PSU
	zeroes, equal        bool // some weights are 0; all are 1
}

// The shapes of the random samples; reference.R says which design each has.
var randomShapes = []randomShape{
	{1, 30, 0, false, false}, {1, 40, 0, false, true}, {1, 50, 0, true, false}, // simple random
	{2, 14, 0, false, false}, {6, 12, 0, false, true}, {4, 20, 0, true, false}, {5, 10, 0, false, false}, // stratified
	{1, 6, 7, false, false}, {1, 9, 4, true, false}, {1, 12, 6, false, true}, // clusters
	{4, 5, 6, false, false}, {3, 6, 5, true, false}, {6, 4, 4, false, false}, {2, 7, 4, false, true}, {5, 5, 6, false, false}, {4, 4, 5, true, true}, // strata of clusters
	{1, 6, 5, false, false}, {4, 4, 5, false, false}, {3, 5, 6, true, false}, {2, 8, 4, false, true}, // two stages
}

// randomSamples is all of them, told apart by the column case.
func randomSamples() [][]string {
	rows := [][]string{randomHeader}
	for k, shape := range randomShapes {
		rows = append(rows, newDice(uint64(100+k)).randomSample(k+1, shape)...)
	}
	return rows
}

func (d dice) randomSample(number int, shape randomShape) (rows [][]string) {
	for stratum := 1; stratum <= shape.strata; stratum++ {
		psus := d.between(max(2, shape.psus-2), shape.psus)
		population := psus * d.between(2, 5)
		for psu := 1; psu <= psus; psu++ {
			units := 1
			if shape.perPSU > 0 {
				units = d.between(2, shape.perPSU)
			}
			unitsPop, centre := units*d.between(2, 4), 9+2*d.bell()
			for unit := 1; unit <= units; unit++ {
				w := 1 + 30*d.skewed()
				if shape.equal {
					w = 1
				}
				if shape.zeroes && d.chance(.08) {
					w = 0
				}
				y := centre + 3*d.bell()
				rows = append(rows, []string{
					whole(number), whole(stratum), whole(psu), whole(unit), whole(population), whole(unitsPop), decimal(w, 3),
					decimal(y, 3), decimal(1+y/4+2*d.skewed(), 3), yesNo(d.chance(.35)), pick(d, "a", "b", "c", "d"), pick(d, "A", "B", "C"), whole(d.between(1, 5)),
				})
			}
		}
	}
	return rows
}

// pairedSample has two PSUs in each of eight strata, for balanced half-samples.
func pairedSample() [][]string {
	d := newDice(31)
	rows := [][]string{{"str", "psu", "w", "y", "x", "b", "area"}}
	for stratum := 1; stratum <= 8; stratum++ {
		for psu := 1; psu <= 2; psu++ {
			centre := 30 + 8*d.bell()
			for range d.between(3, 5) {
				y := centre + 5*d.bell()
				rows = append(rows, []string{whole(stratum), whole(psu), decimal(5+12*d.skewed(), 3), decimal(y, 3),
					decimal(8+y/3+2*d.bell(), 3), yesNo(d.chance(.45)), pick(d, "A", "B")})
			}
		}
	}
	return rows
}

// unequalSample is PSUs drawn with unequal probabilities p without replacement.
func unequalSample() [][]string {
	d := newDice(41)
	rows := [][]string{{"str", "psu", "p", "w", "y", "x", "b", "area"}}
	for stratum := 1; stratum <= 3; stratum++ {
		for psu := 1; psu <= 5; psu++ {
			p := rounded(.08+.5*d.unit(), 4)
			for range d.between(2, 5) {
				y := 20/p*.2 + 6*d.bell()
				rows = append(rows, []string{whole(stratum), whole(psu), decimal(p, 4), decimal((1+2*d.unit())/p, 4), decimal(y, 3),
					decimal(5+y/4+d.bell(), 3), yesNo(d.chance(.4)), pick(d, "A", "B")})
			}
		}
	}
	return rows
}
