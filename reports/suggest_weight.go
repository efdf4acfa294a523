package reports

// A suggestion's weight is severity × certainty × priority, each from 0 to 1:
//
//	severity   how bad it is if it is true: 1 for a target that moves away, less for
//	           slow progress, and less again for what is amiss in the data
//	certainty  how likely it is true: the probability where one was estimated, 0.95
//	           for full counts and records, 0.9 for figures whose error nobody stated
//	priority   whom it is about: what the plan has a target for, and groups behind in
//	           much, come first, then gaps without a target, then money, then all else
//
// The numbers only make an order; they are printed nowhere.
const (
	grave    = 1.0  // moves away from the target
	serious  = 0.85 // hardly moves, or falls behind
	moderate = 0.65 // too slow, or too dear
	slight   = 0.4  // not known well enough
	minor    = 0.25 // to be put in order

	counted95 = 0.95 // of full counts and records
	unstated  = 0.9  // of figures whose error nobody stated

	firstPriority  = 1.0 // a target of the plan, for the city or a group; a group behind in much
	groupPriority  = 0.9 // a gap between groups without a target
	moneyPriority  = 0.9
	otherPriority  = 0.7
	decisive       = 0.3 // what weighs less is not put before the committee on the first page
	decisionsShown = 8   // on the first page, those that lead included
)

func weight(severity, certainty, priority float64) float64 { return severity * certainty * priority }
