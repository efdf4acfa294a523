package disclosure

func (s *system) round() {}

func (p *protection) rounded(v int32) bool { return false }
