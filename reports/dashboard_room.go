package reports

import (
	"context"
	"errors"
)

// errUnmade is what those who wait are told when the making broke off.
var errUnmade = errors.New("it could not be made")

// room holds those who may do a thing at once.
type room chan struct{}

// rooms keep what is heavy from being done by too many at once.
type rooms struct {
	drawing   room // pictures and whole renditions
	computing room // views of a reader's own
}

func newRooms() rooms { return rooms{drawing: make(room, 2), computing: make(room, 1)} }

// inRoom runs f when there is room, or not at all when the reader leaves first.
func inRoom[T any](ctx context.Context, r room, f func() (T, error)) (T, error) {
	select {
	case r <- struct{}{}:
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
	defer func() { <-r }()
	return f()
}
