package progress

// unChart is the trend of the United Nations' progress chart: the same ratio of
// rates, with wider bands. It needs a target.
func unChart() method {
	return method{
		Name: UNChart, Doc: "The ratio of rates in the wider bands of the UN's progress chart.",
		Assess: aimedOnly(growthPace), Reach: growthReach,
	}
}

// aimedOnly is a judge that needs a target.
func aimedOnly(judge func(Course) Judgement) func(Course) Judgement {
	return func(c Course) Judgement {
		if !c.aimed() {
			return refused("it needs a target")
		}
		return judge(c)
	}
}
