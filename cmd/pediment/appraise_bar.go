package main

import (
	"io"
	"sync"

	"github.com/schollz/progressbar/v3"
)

// drawsBar shows how far a simulation is.
type drawsBar struct {
	mu  sync.Mutex
	bar *progressbar.ProgressBar
}

func newDrawsBar(w io.Writer, title string) *drawsBar {
	return &drawsBar{bar: progressbar.NewOptions(1, progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(30),
		progressbar.OptionSetDescription("simulating "+title), progressbar.OptionClearOnFinish())}
}

// show is told how many draws are done, from any goroutine.
func (b *drawsBar) show(done, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bar.ChangeMax(max(total, 1))
	_ = b.bar.Set(done)
}

func (b *drawsBar) stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	_ = b.bar.Finish()
}
