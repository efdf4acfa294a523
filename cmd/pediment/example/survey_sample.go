package example

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// The residents' survey is drawn in three stages: in every district blocks
// without replacement, in every block addresses, at every address one adult.
const (
	blocksPerDistrict = 25 // at most half of the district's
	addressesPerBlock = 20 // about 12 of which end in an interview
)

// What became of an address.
const (
	outcomeInterview = "Interview"
	outcomeRefused   = "Refusal"
	outcomeNoContact = "No contact"
	outcomeVacant    = "Vacant dwelling"
)

// interview is one address of the sample and, where somebody was interviewed,
// the respondent and the answers.
type interview struct {
	adult
	number      int // of the address, from 1
	block       block
	blocks      int // in the district: the finite population the blocks were drawn from
	adults      int // in the household
	outcome     string
	weight      float64 // adult residents the respondent stands for; 0 without interview
	answers     []int   // by question, or one of the codes of survey_answers.go
	wants       []int   // by interest, likewise; none where interests were not asked for
	bornAbroad  bool
	disabled    bool
	income      int // 0 low to 2 high, or refusedAnswer
	ageRefused  bool
	eligibility float64 // weight of the household before non-response
}

// surveyWave is one wave of the residents' survey being drawn.
type surveyWave struct {
	c        *city
	wave     int // index of surveyYears
	random   *rand.Rand
	meanGaps []float64
}

// interviews draws a wave of the residents' survey: every address of the sample
// in the order of districts and blocks.
func (c *city) interviews(wave int) []interview {
	s := surveyWave{c: c, wave: wave, random: c.random(fmt.Sprintf("survey of residents %d", surveyYears[wave])), meanGaps: c.meanGaps(wave)}
	var all []interview
	for i := range c.districts {
		district := s.sampleDistrict(&c.districts[i])
		adjust(district, c.districts[i].count(surveyYears[wave], adultAge, maxAge))
		all = append(all, district...)
	}
	for n := range all {
		all[n].number = n + 1
	}
	c.addInterests(wave, all)
	return all
}

// onlyInterviews leaves out the addresses without an interview.
func onlyInterviews(all []interview) []interview {
	return slices.DeleteFunc(all, func(i interview) bool { return i.outcome != outcomeInterview })
}

// sampleDistrict draws blocks of the district without replacement and visits
// their addresses.
func (s *surveyWave) sampleDistrict(d *district) []interview {
	drawn := s.random.Perm(len(d.blocks))[:min(blocksPerDistrict, len(d.blocks)/2)]
	slices.Sort(drawn)
	var all []interview
	for _, b := range drawn {
		block := d.blocks[b]
		addresses := min(addressesPerBlock, block.households)
		readiness := .52 + .32*s.random.Float64()
		neighbourhood := s.c.neighbourhood(block)
		for range addresses {
			i := interview{block: block, blocks: len(d.blocks)}
			i.eligibility = float64(len(d.blocks)) / float64(len(drawn)) * float64(block.households) / float64(addresses)
			i.adults = 1 + drawIndex(s.random, []float64{.38, .47, .11, .04})
			i.adult = d.drawAdult(s.random, surveyYears[s.wave])
			i.outcome = s.visit(readiness, i.adults)
			if i.outcome == outcomeInterview {
				s.answer(&i, neighbourhood)
			}
			all = append(all, i)
		}
	}
	return all
}

// visit decides what became of an address. Small households are harder to find
// at home; who is interviewed does not depend on anything else, so that the
// adjustment for non-response can undo it.
func (s *surveyWave) visit(readiness float64, adults int) string {
	if adults == 1 {
		readiness -= .12
	}
	switch u := s.random.Float64(); {
	case s.random.Float64() < .04:
		return outcomeVacant
	case u < readiness:
		return outcomeInterview
	case u < readiness+.6*(1-readiness):
		return outcomeNoContact
	}
	return outcomeRefused
}

// neighbourhood returns how a block differs from others of its district, one
// number between -1 and 1 for each question, the same in every wave.
func (c *city) neighbourhood(b block) []float64 {
	return c.leanings("neighbourhood of "+b.code, len(questions))
}

// leanings are n numbers between -1 and 1 that belong to a name.
func (c *city) leanings(name string, n int) []float64 {
	random := c.random(name)
	numbers := make([]float64, n)
	for i := range numbers {
		numbers[i] = 2*random.Float64() - 1
	}
	return numbers
}

// adjust weights the interviews of one district: households are weighted up for
// those of the same size without interview, the respondent stands for all adults
// of the household, and the weights are scaled to the district's adults.
func adjust(district []interview, adults int) {
	var eligible, answered [3]float64
	for _, i := range district {
		size := min(i.adults, 3) - 1
		if i.outcome != outcomeVacant {
			eligible[size] += i.eligibility
		}
		if i.outcome == outcomeInterview {
			answered[size] += i.eligibility
		}
	}
	sum := 0.0
	for k := range district {
		i := &district[k]
		if size := min(i.adults, 3) - 1; i.outcome == outcomeInterview {
			i.weight = i.eligibility * eligible[size] / answered[size] * float64(i.adults)
			sum += i.weight
		}
	}
	for k := range district {
		district[k].weight *= float64(adults) / sum
	}
}
