package reports

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// rendition is what was made for a reader, ready to be sent.
type rendition struct {
	kind  string // media type
	plain []byte
	small []byte // the same compressed; nil where that saves nothing
	tag   string // entity tag of both
}

func newRendition(kind string, body []byte) rendition {
	sum := sha256.Sum256(body)
	made := rendition{kind: kind, plain: body, tag: `W/"` + hex.EncodeToString(sum[:10]) + `"`}
	if small := compressed(body); len(small) < len(body)*9/10 {
		made.small = small
	}
	return made
}

func compressed(body []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(body) // neither fails on a buffer
	w.Close()
	return out.Bytes()
}

// send writes the rendition, or says that the reader has it already.
func (m rendition) send(w http.ResponseWriter, r *http.Request, status int) error {
	header := w.Header()
	header.Add("Vary", "Accept-Encoding")
	header.Set("ETag", m.tag)
	if status == http.StatusOK && matches(r.Header.Get("If-None-Match"), m.tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := m.plain
	if m.small != nil && accepts(r, "gzip") {
		body = m.small
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("Content-Type", m.kind)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return nil
	}
	w.Write(body) // a reader who left is no fault
	return nil
}

// matches reports whether the entity tag is among those of an If-None-Match.
func matches(header, tag string) bool {
	for _, one := range strings.Split(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// accepts reports whether the reader takes the encoding.
func accepts(r *http.Request, encoding string) bool {
	for _, one := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(one, " ", ""), ";")
		if strings.EqualFold(name, encoding) {
			return quality == "" || strings.Trim(quality, "q=0.") != ""
		}
	}
	return false
}

// shelf keeps what was made of one report. Whatever is asked for while it is being
// made is made once.
type shelf struct {
	mu    sync.Mutex
	items map[string]*shelved
}

// shelved is one thing on the shelf in one version; done is closed when it is made.
type shelved struct {
	version string
	done    chan struct{}
	made    rendition
	err     error
}

// take gives what is kept under the key in that version, made when nobody asked
// before. What cannot be made is not kept. A reader who leaves stops waiting.
func (s *shelf) take(ctx context.Context, key, version string, produce func() (rendition, error)) (rendition, error) {
	s.mu.Lock()
	if s.items == nil {
		s.items = map[string]*shelved{}
	}
	item, ok := s.items[key]
	if ok = ok && item.version == version; !ok {
		item = &shelved{version: version, done: make(chan struct{})}
		s.items[key] = item
	}
	s.mu.Unlock()
	if !ok {
		s.produce(key, item, produce)
	}
	select {
	case <-item.done:
		return item.made, item.err
	case <-ctx.Done():
		return rendition{}, ctx.Err()
	}
}

// produce makes the item; whatever happens, nobody waits for it afterwards.
func (s *shelf) produce(key string, item *shelved, produce func() (rendition, error)) {
	item.err = errUnmade
	defer func() {
		if item.err != nil {
			s.mu.Lock()
			if s.items[key] == item {
				delete(s.items, key)
			}
			s.mu.Unlock()
		}
		close(item.done)
	}()
	item.made, item.err = produce()
}
