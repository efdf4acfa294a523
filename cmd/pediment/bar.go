package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// bar shows how far a load is. Within one large file nobody knows how far the
// database has come, so the seconds spent on it count up.
type bar struct {
	mu    sync.Mutex
	bar   *progressbar.ProgressBar
	file  string
	since time.Time
	done  chan struct{}
}

func newBar(w io.Writer) *bar {
	b := &bar{done: make(chan struct{}), bar: progressbar.NewOptions64(1, progressbar.OptionSetWriter(w),
		progressbar.OptionSetWidth(30), progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish())}
	go b.tick()
	return b
}

// show is told of each file before and after it is read, in bytes of all files.
func (b *bar) show(file string, done, total int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if file != b.file {
		b.file, b.since = file, time.Now()
	}
	b.bar.ChangeMax64(max(total, 1))
	b.describe()
	_ = b.bar.Set64(done)
}

func (b *bar) tick() {
	for every := time.NewTicker(time.Second); ; {
		select {
		case <-b.done:
			every.Stop()
			return
		case <-every.C:
			b.mu.Lock()
			b.describe()
			b.mu.Unlock()
		}
	}
}

// describe names the file being read; once it takes long, with the seconds.
func (b *bar) describe() {
	text := "reading " + b.file
	if spent := time.Since(b.since); b.file != "" && spent >= 2*time.Second {
		text += fmt.Sprintf(" (%.0f s)", spent.Seconds())
	}
	b.bar.Describe(text)
}

func (b *bar) stop() {
	close(b.done)
	b.mu.Lock()
	defer b.mu.Unlock()
	_ = b.bar.Finish()
}
