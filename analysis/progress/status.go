package progress

// likely returns the best and the worst status that the shares, best first, leave
// open. One whose share reaches the threshold stands alone. Otherwise both ends are
// first those that are as sure each way (the status is at least that good, and not
// better than that, each with the threshold's probability), and where what lies
// between does not reach the threshold, the end with more beyond it moves on.
//
// So what is printed holds the threshold's probability, is as narrow as that
// allows, and moves only the way the estimate does.
func likely(shares []float64, threshold float64) (best, worst int) {
	const rounding = 1e-9
	better, worse := 0.0, 0.0 // probability of what lies beyond each end
	for k, p := range shares {
		if p >= threshold-rounding {
			return k, k
		}
	}
	worst = len(shares) - 1
	for best < worst && better+shares[best] <= 1-threshold+rounding {
		better += shares[best]
		best++
	}
	for worst > best && worse+shares[worst] <= 1-threshold+rounding {
		worse += shares[worst]
		worst--
	}
	for 1-better-worse < threshold-rounding {
		if worse >= better {
			worst++
			worse -= shares[worst]
		} else {
			best--
			better -= shares[best]
		}
	}
	return best, worst
}
