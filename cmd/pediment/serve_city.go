package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/reports"
)

// service keeps what a dashboard shows up to date with the city's folder. Between
// runs it holds neither the warehouse nor a lock.
type service struct {
	app     *app
	preview bool // without a publication, show what would be published
	remarks *reports.RemarkBook

	internal, public atomic.Pointer[reports.Frozen]
	levers           atomic.Pointer[levers]
	problem          atomic.Pointer[string]
	settled          atomic.Pointer[string] // state of the folder that gives what everybody is shown

	state   string // of the folder, as the editions shown were made from
	unshown error  // why the last publication is not shown
}

func newService(a *app, preview bool) *service {
	return &service{app: a, preview: preview, remarks: reports.OpenRemarks(filepath.Join(a.dir, remarksFile))}
}

// run is the app for one run of the pipeline: what a run remembers is not another's.
func (s *service) run(edition disclosure.Edition) *app {
	return &app{in: s.app.in, out: s.app.out, err: s.app.err, dir: s.app.dir, quiet: true, format: s.app.format, failOn: "never", edition: edition}
}

// begin makes the first editions; mistakes in the city's files end it.
func (s *service) begin(ctx context.Context) error {
	if err := s.build(ctx); err != nil {
		return err
	}
	s.tell(s.unshown)
	return nil
}

// build brings the warehouse up to date and makes the editions that are shown. What
// cannot be made leaves those there are.
func (s *service) build(ctx context.Context) error {
	p, err := readProject(s.app.dir)
	if err != nil {
		return err
	}
	load := s.run(disclosure.Internal)
	if _, err := load.loadFiles(ctx, p); err != nil {
		return err
	}
	if _, err := load.judge(ctx, p, false); err != nil {
		return err
	}
	state, err := s.folderState() // whatever changes from here on is another build's
	if err != nil {
		return err
	}
	inside, work, err := s.edition(ctx, disclosure.Internal)
	if err != nil {
		return err
	}
	if err := s.publish(ctx, p); err != nil {
		return err
	}
	s.internal.Store(inside)
	s.levers.Store(newLevers(work))
	s.state = state
	return s.settle(work, state)
}

// settle keeps the state of the folder while a public run of it gives, from the same
// inputs, the report that everybody is shown.
func (s *service) settle(inside *work, state string) error {
	s.settled.Store(nil)
	shown := s.public.Load()
	if shown == nil {
		return nil
	}
	outside := *inside
	outside.app, outside.ledger = s.run(disclosure.Public), record{}
	if err := outside.consult(); err != nil {
		return err
	}
	if shown.Preview || shown.Inputs == outside.inputs() {
		s.settled.Store(&state)
	}
	return nil
}

// current reports whether what everybody is shown is what the folder holds now.
func (s *service) current() bool {
	settled := s.settled.Load()
	if settled == nil {
		return false
	}
	now, err := s.folderState()
	return err == nil && now == *settled
}

// edition runs the pipeline for an edition and freezes its report.
func (s *service) edition(ctx context.Context, edition disclosure.Edition) (*reports.Frozen, *work, error) {
	began := time.Now()
	w, err := s.run(edition).reported(ctx)
	if err != nil {
		return nil, nil, err
	}
	frozen, err := reports.Freeze(w.assemble())
	if err != nil {
		return nil, nil, err
	}
	s.app.remark("The %s edition of %s was computed in %.1f s.", edition, w.year.Label, time.Since(began).Seconds())
	return frozen, w, nil
}

// reported runs the pipeline for the whole report.
func (a *app) reported(ctx context.Context) (*work, error) {
	p, err := readProject(a.dir)
	if err != nil {
		return nil, err
	}
	w, err := a.run(ctx, p, p.reportQuery())
	if err != nil {
		return nil, err
	}
	if err := w.checkYear(); err != nil {
		return nil, err
	}
	return w, w.take(ctx, chapters)
}

// publish takes over what readers without an account see: the last publication, else
// a preview of the next where that is allowed, else nothing. A publication that cannot
// be shown is told; the one shown before stays.
func (s *service) publish(ctx context.Context, p *project) error {
	r, err := p.lastReport()
	var damaged analysis.Problem
	if s.unshown = nil; errors.As(err, &damaged) {
		s.unshown = damaged
		if shown := s.public.Load(); shown != nil && shown.Preview {
			s.public.Store(nil)
		}
		return nil
	}
	var frozen *reports.Frozen
	switch {
	case err != nil:
	case r != nil:
		frozen, err = reports.Freeze(r)
	case s.preview:
		if frozen, _, err = s.edition(ctx, disclosure.Public); err == nil {
			frozen.Preview = true
		}
	}
	if err == nil {
		s.public.Store(frozen)
	}
	return err
}

// absent is why readers without an account are shown nothing.
func (s *service) absent() string {
	if s.told() != "" {
		return "The published report cannot be shown at the moment. Whoever runs this dashboard has been told."
	}
	return "No report has been published yet."
}

// dashboard serves what the service keeps.
func (s *service) dashboard() *reports.Dashboard {
	return &reports.Dashboard{
		Public: s.public.Load, Internal: s.internal.Load, Problem: s.told, Absent: s.absent, Remarks: s.remarks,
		View: s.view, Explain: s.explain, Current: s.current, Formats: reportFormats,
		Appraise: func(ctx context.Context, name string, moved map[string]float64) (reports.Chapter, []reports.Lever, error) {
			return s.levers.Load().appraise(ctx, name, moved)
		},
		Workbook: func(ctx context.Context, name string, moved map[string]float64) ([]byte, error) {
			return s.levers.Load().workbook(ctx, name, moved)
		},
	}
}

// view computes a view of a reader's own.
func (s *service) view(ctx context.Context, query analysis.Query) (analysis.Result, error) {
	w, err := s.run(disclosure.Internal).values(ctx, query)
	if err != nil {
		return analysis.Result{}, err
	}
	return w.result(), nil
}

// told is why what is shown is not what the folder holds, "" when it is.
func (s *service) told() string {
	if text := s.problem.Load(); text != nil {
		return *text
	}
	return ""
}

// Pauses of the watch: between two looks at the folder, and before what failed is
// tried again although nothing changed.
const (
	lookPause  = time.Second
	retryPause = 30 * time.Second
)

// keepUp looks at the folder until the context ends and builds anew when it has
// changed and come to rest.
func (s *service) keepUp(ctx context.Context) {
	look := time.NewTicker(lookPause)
	defer look.Stop()
	before, failed, failedAt := s.state, "", time.Time{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		now, err := s.folderState()
		rested := now == before
		before = now
		switch {
		case err != nil:
			s.tell(err)
		case now == s.state:
			s.tell(s.unshown)
		case rested && (now != failed || time.Since(failedAt) > retryPause):
			if !s.rebuild(ctx) {
				failed, failedAt = now, time.Now()
			}
		}
	}
}

// rebuild builds anew, or tells what stood in the way.
func (s *service) rebuild(ctx context.Context) bool {
	s.app.remark("The city's folder changed; computing.")
	err := s.build(ctx)
	if ctx.Err() == nil {
		s.tell(cmp.Or(err, s.unshown))
	}
	if err == nil {
		s.app.remark("The pages show the change.")
	}
	return err == nil
}

// tell tells readers who are signed in, and whoever runs the server, why later files
// are not shown yet; nil takes it back.
func (s *service) tell(err error) {
	text := ""
	if err != nil {
		text = err.Error()
	}
	if text != "" && text != s.told() {
		fmt.Fprintf(s.app.err, "The pages stay as they were:\n%s\n", text)
	}
	s.problem.Store(&text)
}
