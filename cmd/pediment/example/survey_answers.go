package example

import "math"

// Answers that are none. What a file writes for them differs from wave to wave.
const (
	notAskedAnswer = -6 // the question was not on the questionnaire
	notApplicable  = -7 // asked of learners or of those in work only
	unsureAnswer   = -8 // does not know
	refusedAnswer  = -9
)

// answer fills in the respondent's answers.
func (s *surveyWave) answer(i *interview, neighbourhood []float64) {
	i.bornAbroad = i.migrant && s.random.Float64() < .7
	i.income = s.income(i.adult)
	i.disabled = s.random.Float64() < .05+.003*float64(i.age-adultAge)
	i.ageRefused = s.random.Float64() < .006
	i.answers = make([]int, len(questions))
	for k, q := range questions {
		chance := s.chance(k, i.adult, neighbourhood)
		switch {
		case q.truth[s.wave] == notAsked:
			i.answers[k] = notAskedAnswer
			continue
		case q.name == "job_training_12m":
			i.answers[k] = s.jobTraining(i, chance, s.chance(learnedQuestion, i.adult, neighbourhood))
		case q.name == "learning_satisfaction" && i.answers[learnedQuestion] != 1:
			i.answers[k] = notApplicable
			continue
		default:
			i.answers[k] = s.reply(q.form, chance)
		}
	}
	s.withhold(i)
}

// chance is the chance of question k for people like a in a neighbourhood.
func (s *surveyWave) chance(k int, a adult, neighbourhood []float64) float64 {
	return questions[k].chance(a, s.wave, s.meanGaps[k], neighbourhood[k])
}

// jobTraining draws job_training_12m: only those who learned can have trained
// for work, and only those in work are asked.
func (s *surveyWave) jobTraining(i *interview, chance, learning float64) int {
	trained := s.random.Float64()*learning < chance
	switch {
	case i.employment > 1:
		return notApplicable
	case i.answers[learnedQuestion] == 1 && trained:
		return 1
	}
	return 0
}

// reply draws an answer of the form.
func (s *surveyWave) reply(form questionForm, chance float64) int {
	if form == answerVisits { // geometric: the mean is chance
		return min(60, int(math.Log(1-s.random.Float64())/math.Log(chance/(1+chance))))
	}
	yes := s.random.Float64() < chance
	switch {
	case form == answerRating && yes:
		return 4 + s.random.IntN(2)
	case form == answerRating:
		return 1 + s.random.IntN(3)
	case form == answerDays && yes:
		return 5 + s.random.IntN(3)
	case form == answerDays:
		return s.random.IntN(5)
	case yes:
		return 1
	}
	return 0
}

// withhold replaces a few answers by "does not know" and refusals, after
// answers that depend on one another were drawn.
func (s *surveyWave) withhold(i *interview) {
	for k, answer := range i.answers {
		u := s.random.Float64()
		switch {
		case answer < 0:
		case u < .015:
			i.answers[k] = unsureAnswer
		case u < .022:
			i.answers[k] = refusedAnswer
		}
	}
}

// income draws the household's income class by education; one in eight does
// not tell.
func (s *surveyWave) income(a adult) int {
	shares := [3][]float64{{.52, .38, .10}, {.32, .45, .23}, {.16, .42, .42}}[a.education]
	income := drawIndex(s.random, shares)
	if s.random.Float64() < .125 {
		return refusedAnswer
	}
	return income
}
