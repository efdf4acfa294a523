package example

import "fmt"

// interests are what the surveys of 2023 and 2025 ask people would like to learn;
// they may name several. Fewer want what is offered most, languages, than digital
// skills, of which there are too few courses.
var interests = []question{
	{name: "wants_languages", label: "languages", about: ofAdults, truth: [3]float64{notAsked, .170, .180},
		migrant: [3]float64{0, .12, .12}, young: .06, old: -.06, high: .05},
	{name: "wants_digital", label: "digital skills", about: ofAdults, truth: [3]float64{notAsked, .240, .310},
		young: -.08, old: .10, low: .04},
	{name: "wants_health", label: "health and movement", about: ofAdults, truth: [3]float64{notAsked, .260, .270},
		female: .10, old: .08},
	{name: "wants_culture", label: "culture, crafts and music", about: ofAdults, truth: [3]float64{notAsked, .210, .200},
		female: .05, high: .06, low: -.05},
	{name: "wants_certificate", label: "basic skills or a school certificate", about: ofAdults, truth: [3]float64{notAsked, .055, .060},
		behind: [3]float64{0, .03, .04}, young: .04, low: .10},
	{name: "wants_society", label: "society and environment", about: ofAdults, truth: [3]float64{notAsked, .100, .090},
		young: .05, high: .05},
	{name: "wants_job_skills", label: "skills for work", about: ofAdults, truth: [3]float64{notAsked, .220, .230},
		behind: [3]float64{0, .06, .07}, young: .08, old: -.18},
}

// addInterests fills in what the respondents would like to learn. It draws from a
// source of its own, so that no other answer depends on it.
func (c *city) addInterests(wave int, all []interview) {
	if interests[0].truth[wave] == notAsked {
		return
	}
	random := c.random(fmt.Sprintf("interests of residents %d", surveyYears[wave]))
	gaps := c.meanGapsOf(interests, wave)
	near := map[string][]float64{}
	for n := range all {
		i := &all[n]
		if i.outcome != outcomeInterview {
			continue
		}
		if near[i.block.code] == nil {
			near[i.block.code] = c.leanings("interests of "+i.block.code, len(interests))
		}
		i.wants = make([]int, len(interests))
		for k, q := range interests {
			if random.Float64() < q.chance(i.adult, wave, gaps[k], near[i.block.code][k]) {
				i.wants[k] = 1
			}
			if random.Float64() < .012 {
				i.wants[k] = unsureAnswer
			}
		}
	}
}

// interestFields returns the fields of the interests asked in a wave, as
// questionFields does for questions.
func interestFields(wave int, header func(number int, q question) string, write func(form questionForm, answer int) any) []surveyField {
	if interests[0].truth[wave] == notAsked {
		return nil
	}
	var fields []surveyField
	for k, q := range interests {
		fields = append(fields, surveyField{"Would like to learn", header(len(questions)+k+1, q), func(i *interview) any { return write(answerYesNo, i.wants[k]) }})
	}
	return fields
}
