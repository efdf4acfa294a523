package survey

import (
	"context"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// sample is rows with their design, ready for estimation.
type sample struct {
	rows       analysis.Rows
	design     Design
	filter     string              // condition on the rows of the sample, "" for all
	frame      *frame              // nil where replicate weights alone carry the design
	adjustment *adjustment         // nil without calibration
	replicates *replicates         // nil under linearisation
	margins    [][]float64         // Σ w·x over the rows of each leaf, by leaf and regressor
	known      map[string][]string // levels by expression
	pooled     float64             // what weights are divided by: the rounds put together, 1 for one
}

// newSample reads the design from the rows.
func newSample(ctx context.Context, rows analysis.Rows, r Request) (*sample, error) {
	s := &sample{rows: rows, design: r.Design, known: map[string][]string{}, pooled: 1}
	if pool := r.Design.Pool; pool != "" && !r.Design.SamePSUs {
		s.design.Strata = append([]string{pool}, s.design.Strata...)
		s.design.Nest = true
	}
	if r.RowFilter != nil {
		s.filter = r.RowFilter.SQL
	}
	if err := s.findFrame(ctx); err != nil {
		return nil, err
	}
	if s.frame.rows == 0 {
		return nil, analysis.Problem{Message: "the sample has no rows", Hint: "see that the file has rows and that the row filter holds for some of them"}
	}
	if r.Design.Pool != "" {
		rounds, err := s.levels(ctx, r.Design.Pool)
		if err != nil {
			return nil, err
		}
		s.pooled = float64(len(rounds))
	}
	if err := s.findReplicates(); err != nil {
		return nil, err
	}
	return s, s.calibrate(ctx)
}

// memberColumns are the numbers that say whether and how much a row counts: the
// filter and the weight, where there are any.
func (s *sample) memberColumns() []string {
	var names []string
	if s.filter != "" {
		names = append(names, s.filter)
	}
	if s.design.Weights != "" {
		names = append(names, s.design.Weights)
	}
	return names
}

// filtered reports whether a row is no part of the sample; numbers begin with the
// member columns.
func (s *sample) filtered(numbers [][]float64, row int) bool {
	return s.filter != "" && numbers[0][row] != 1
}

// blockRows is how many rows are worked on at a time: few enough for what is made
// of them to stay in the processor's cache.
const blockRows = 256

// portion is some of the sample's rows with their weights.
type portion struct {
	analysis.Batch
	base    []float64     // weight of each row before calibration; NaN where it is not part of the sample
	weights [][]float64   // by replicate (0 is the sample itself) and row, after calibration
	leaves  []int32       // leaf of the frame each row is in
	x       [][]regressor // of each row, under calibration
}

// each reads the rows of the sample once, a block at a time, from several
// goroutines as analysis.Rows does.
func (s *sample) each(ctx context.Context, numbers, texts []string, yield func(worker int, p portion) error) error {
	l := s.layout(numbers, texts)
	readers := make([]*reader, s.rows.Workers())
	for k := range readers {
		readers[k] = s.newReader(l)
	}
	return s.rows.Stream(ctx, l.allNumbers, l.allTexts, func(worker int, b analysis.Batch) error {
		for from := 0; from < b.Rows; from += blockRows {
			if err := yield(worker, readers[worker].read(b, from, min(b.Rows, from+blockRows))); err != nil {
				return err
			}
		}
		return nil
	})
}

// layout says which columns a reading has, in order: the caller's first, then
// those of the design.
type layout struct {
	allNumbers, allTexts []string
	numbers, texts       int // the caller's
	member, given        int // where member columns and given replicate weights begin
	adjusting            int // where the numbers of calibration begin
	path, adjustingTexts int // where the texts of the path and of calibration begin
}

func (s *sample) layout(numbers, texts []string) layout {
	var more, moreTexts, given []string
	if s.adjustment != nil {
		more, moreTexts = s.adjustment.columns()
	}
	if s.replicates != nil {
		given = s.replicates.columns
	}
	l := layout{numbers: len(numbers), texts: len(texts), member: len(numbers), path: len(texts)}
	l.given = l.member + len(s.memberColumns())
	l.adjusting = l.given + len(given)
	l.adjustingTexts = l.path + len(s.frame.columns.texts())
	l.allNumbers = slices.Concat(numbers, s.memberColumns(), given, more)
	l.allTexts = slices.Concat(texts, s.frame.columns.texts(), moreTexts)
	return l
}

// calibrate fits the weights to the population totals declared.
func (s *sample) calibrate(ctx context.Context) error {
	if s.design.Calibration == nil {
		return nil
	}
	types := func(expressions []string) ([]string, error) { return s.rows.Types(ctx, expressions) }
	adjustment, err := fitCalibration(ctx, s, types, s.rows, *s.design.Calibration, s.design, s.replicates.count())
	if err != nil {
		return fmt.Errorf("calibrate: %w", err)
	}
	s.adjustment = adjustment
	return s.findMargins(ctx)
}

// levels returns the levels of a text expression: those declared, else all that
// rows of the sample have, in order.
func (s *sample) levels(ctx context.Context, expression string) ([]string, error) {
	if declared := s.design.Levels[expression]; declared != nil {
		return declared, nil
	}
	if known, ok := s.known[expression]; ok {
		return known, nil
	}
	seen := make([]map[int32]bool, s.rows.Workers())
	for k := range seen {
		seen[k] = map[int32]bool{}
	}
	err := s.each(ctx, nil, []string{expression}, func(worker int, p portion) error {
		for row, code := range p.Texts[0] {
			if code >= 0 && !math.IsNaN(p.base[row]) {
				seen[worker][code] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var levels []string
	texts := s.rows.Texts(expression)
	for _, codes := range seen {
		for code := range codes {
			if !slices.Contains(levels, texts[code]) {
				levels = append(levels, texts[code])
			}
		}
	}
	slices.SortFunc(levels, compareCodes)
	s.known[expression] = levels
	return levels, nil
}
