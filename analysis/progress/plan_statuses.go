package progress

import "math"

// DefaultStatuses returns the bands of a method as it was published, best first,
// where a plan declares none of its own. The ratio is pace over required pace; for
// ESCAP it is the part of the way from baseline to target that the projection
// covers by the target's period, 1 − AP/100.
//
// Bands: Open SDG and Eurostat .95, .6, 0; the UN chart .95, .5, −.1; the SDG Index
// 1, .5, 0; ESCAP AP ≤ 10 and ≤ 100. Linear and logit pace take Open SDG's.
func DefaultStatuses(m Method) []Status {
	switch m {
	case UNChart:
		return banded([4]float64{.95, .5, -.1, math.Inf(-1)},
			[4]string{"on track", "fair progress", "limited or no progress", "deterioration"})
	case SDGIndex:
		return banded([4]float64{1, .5, 0, math.Inf(-1)},
			[4]string{"on track", "moderately improving", "stagnating", "decreasing"})
	case Eurostat:
		return banded([4]float64{.95, .6, 0, math.Inf(-1)},
			[4]string{"significant progress", "moderate progress", "insufficient progress", "moving away"})
	case ESCAP:
		all := banded([4]float64{.9, 0, 0, math.Inf(-1)},
			[4]string{"maintain progress", "accelerate progress", "", "reverse trend"})
		return append(all[:3:3], all[4])
	}
	return banded([4]float64{.95, .6, 0, math.Inf(-1)},
		[4]string{"on track", "progress, acceleration needed", "limited progress", "deterioration"})
}

// banded makes the statuses of a method: the target reached, then four bands.
func banded(from [4]float64, labels [4]string) []Status {
	icons := [4]string{"▲", "△", "▷", "▼"}
	ids := [4]string{"on_track", "acceleration", "limited", "deterioration"}
	colours := [4]string{"good", "fair", "poor", "bad"}
	words := [4]string{
		"At this pace the target is reached, or nearly.",
		"It moves the right way, but must move faster to reach the target.",
		"It hardly moves towards the target.",
		"It moves away from the target.",
	}
	list := []Status{{ID: "achieved", Label: "target reached", Icon: "★", Colour: "good", Achieved: true, Words: "The target is reached already."}}
	for k, label := range labels {
		list = append(list, Status{ID: ids[k], Label: label, Icon: icons[k], Words: words[k], Colour: colours[k], From: from[k]})
	}
	return list
}
