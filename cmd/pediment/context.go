package main

import "context"

// context adds the chapter that says what city the report is of: its people, places and record.
func (w *work) context(ctx context.Context) error { return nil }
