package main

import "context"

// programmes adds the chapter that says what was offered and who came: programmes, events, learning spaces.
func (w *work) programmes(ctx context.Context) error { return nil }
