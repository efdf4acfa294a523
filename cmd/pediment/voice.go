package main

import "context"

// voice adds the chapter that says what residents ask for, beside what is offered and used.
func (w *work) voice(ctx context.Context) error { return nil }
