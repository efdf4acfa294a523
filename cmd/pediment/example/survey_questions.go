package example

import "math"

// surveyYears are the years the residents' survey was held in.
var surveyYears = [3]int{2021, 2023, 2025}

// questionForm is how a question is answered.
type questionForm int

const (
	answerYesNo  questionForm = iota
	answerRating              // 1 to 5, where 4 and 5 are good
	answerDays                // 0 to 7, where 5 and more are often
	answerVisits              // a count, a few people very high
)

// question is one question of the residents' survey and what is true about its
// answers in the whole population.
//
// truth is the share of yes (of a good rating, of often; the mean of visits)
// among the residents whom the indicator is about, wave by wave; notAsked where
// the questionnaire lacked the question. The gaps are differences from that, in
// the same unit, other things equal: migrants against others, the district left
// behind against one at the city's level, women against men, and so on. They
// move people apart but leave the truth of the whole city where it is.
type question struct {
	name, group, label string
	form               questionForm
	about              func(a adult) bool
	truth              [3]float64
	migrant, behind    [3]float64
	female, young, old float64 // young: under 25; old: 65 and over
	low, high          float64 // education
}

const (
	notAsked        = -1
	learnedQuestion = 0 // index of learned_12m, on which two others depend
)

// questions is the questionnaire. The story it holds:
//
//   - learned_12m rises from 2023 to 2025 by 1.5 points, less than a sample of
//     this size can tell from chance (its standard error is about 2 points);
//     meanwhile migrants and the district left behind fall further behind.
//   - volunteered_12m worsens beyond doubt, by 6.5 points.
//   - online_learning_12m and culture_visits_month improve beyond doubt.
//   - positive_to_learning was not asked in 2021, hours of internet use never.
//
// The samples of the default seed show all of this; those of another seed may
// happen not to.
var questions = []question{
	{name: "learned_12m", group: "In the last 12 months", label: "course or training", about: of25To64,
		truth: [3]float64{.450, .457, .472}, migrant: [3]float64{-.08, -.11, -.14}, behind: [3]float64{-.08, -.12, -.16},
		female: .02, young: .12, old: -.24, low: -.10, high: .12},
	{name: "job_training_12m", group: "In the last 12 months", label: "training for work", about: ofEmployees,
		truth: [3]float64{.330, .345, .352}, migrant: [3]float64{-.06, -.08, -.10}, behind: [3]float64{-.06, -.09, -.12},
		old: -.18, low: -.08, high: .09},
	{name: "online_learning_12m", group: "In the last 12 months", label: "learned online", about: ofAdults,
		truth: [3]float64{.310, .360, .430}, young: .15, old: -.15, high: .10, low: -.08},
	{name: "learning_places_12m", group: "In the last 12 months", label: "library, museum or centre to learn", about: ofAdults,
		truth: [3]float64{.410, .470, .490}, behind: [3]float64{-.10, -.11, -.12}, female: .06, high: .10, low: -.10},
	{name: "volunteered_12m", group: "In the last 12 months", label: "unpaid voluntary work", about: ofAdults,
		truth: [3]float64{.340, .310, .245}, migrant: [3]float64{-.05, -.05, -.05}, high: .05, low: -.05},
	{name: "shared_skills_12m", group: "In the last 12 months", label: "helped others learn", about: ofAdults,
		truth: [3]float64{.160, .165, .170}, high: .05, low: -.04},
	{name: "community_learning_monthly", group: "At least once a month", label: "learning in the neighbourhood", about: ofAdults,
		truth: [3]float64{.120, .145, .150}, female: .03, old: .04},
	{name: "family_learning_monthly", group: "At least once a month", label: "learning with family", about: ofAdults,
		truth: [3]float64{.270, .280, .280}, female: .06, old: -.10},
	{name: "mobility_belief", group: "Views", label: "children do better than parents", about: ofAdults,
		truth: [3]float64{.480, .460, .440}, migrant: [3]float64{.10, .10, .08}, behind: [3]float64{-.06, -.08, -.10}},
	{name: "mixes_across_cultures", group: "Views", label: "time with other cultures", about: ofAdults,
		truth: [3]float64{.620, .630, .650}, migrant: [3]float64{.12, .12, .12}, old: -.14, high: .05},
	{name: "positive_to_learning", group: "Views", label: "welcomes creative learning", about: ofAdults,
		truth: [3]float64{notAsked, .710, .720}, young: .05, high: .08, low: -.08},
	{name: "learning_satisfaction", group: "Ratings 1–5", label: "satisfaction with learning", form: answerRating, about: ofAdults,
		truth: [3]float64{.780, .790, .780}},
	{name: "transport_rating", group: "Ratings 1–5", label: "public transport", form: answerRating, about: ofAdults,
		truth: [3]float64{.610, .580, .600}, behind: [3]float64{-.18, -.18, -.18}, old: .08},
	{name: "culture_visits_month", group: "How often", label: "visits to culture last month", form: answerVisits, about: ofAdults,
		truth: [3]float64{.9, 1.5, 1.6}, behind: [3]float64{-.3, -.4, -.4}, high: .5, low: -.3},
	{name: "exercise_days_week", group: "How often", label: "days of exercise a week", form: answerDays, about: ofAdults,
		truth: [3]float64{.220, .225, .230}, female: -.03, young: .08, old: -.04},
	{name: "uses_mobile_phone", group: "Technology", label: "mobile phone", about: ofAdults,
		truth: [3]float64{.962, .968, .975}, young: .01, old: -.05},
}

func ofAdults(adult) bool      { return true }
func of25To64(a adult) bool    { return a.age >= 25 && a.age <= 64 }
func ofEmployees(a adult) bool { return a.employment == employee }

// gap is how far the answer of people like a lies from that of others, before
// it is centred.
func (q question) gap(a adult, wave int) float64 {
	gap := q.behind[wave] * a.district.handicap
	if a.migrant {
		gap += q.migrant[wave]
	}
	if a.sex == 0 {
		gap += q.female
	}
	switch {
	case a.age < 25:
		gap += q.young
	case a.age >= 65:
		gap += q.old
	}
	switch a.education {
	case lowEducation:
		gap += q.low
	case highEducation:
		gap += q.high
	}
	return gap
}

// meanGaps is, question by question, the mean of gap over the residents the
// question is about; it is taken off again so that truth is true.
func (c *city) meanGaps(wave int) []float64 { return c.meanGapsOf(questions, wave) }

func (c *city) meanGapsOf(list []question, wave int) []float64 {
	sums, people := make([]float64, len(list)), make([]float64, len(list))
	for a, n := range c.eachAdult(surveyYears[wave]) {
		for k, q := range list {
			if q.about(a) {
				sums[k] += n * q.gap(a, wave)
				people[k] += n
			}
		}
	}
	for k := range sums {
		sums[k] /= people[k]
	}
	return sums
}

// chance is the probability that a resident like a answers yes, rates well or
// does it often, or the mean of visits. neighbourhood, between -1 and 1, is how
// the block differs from others of the district: it makes interviews of one
// block alike and is zero on average.
func (q question) chance(a adult, wave int, meanGap, neighbourhood float64) float64 {
	p := q.truth[wave] + q.gap(a, wave) - meanGap
	if q.form == answerVisits {
		return max(.1, p+.3*neighbourhood)
	}
	p = math.Min(.99, math.Max(.01, p))
	return p + .7*p*(1-p)*neighbourhood
}
