package main

import (
	"github.com/schollz/progressbar/v3"
)

// writingBar shows which of a report's files is being written; nil, which shows
// nothing, where nobody watches.
type writingBar struct{ bar *progressbar.ProgressBar }

func (a *app) writingBar(files int) *writingBar {
	if a.quiet || !a.terminal() {
		return nil
	}
	return &writingBar{progressbar.NewOptions(files, progressbar.OptionSetWriter(a.err), progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish())}
}

// show names the file that is being written.
func (b *writingBar) show(name string) {
	if b != nil {
		b.bar.Describe("writing " + name)
		_ = b.bar.RenderBlank()
	}
}

// done counts a file and clears the line, so that its name can be printed.
func (b *writingBar) done() {
	if b != nil {
		_ = b.bar.Add(1)
		_ = b.bar.Clear()
	}
}

func (b *writingBar) stop() {
	if b != nil {
		_ = b.bar.Finish()
	}
}
