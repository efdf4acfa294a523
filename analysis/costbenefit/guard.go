package costbenefit

// guard refuses or doubts what a careful reader would, on a model that is whole.
func (c *compiler) guard() {}
