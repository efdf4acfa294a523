package reports

import (
	"context"
	"errors"
	"net/http"
	"path"

	"pediment/analysis"
)

// refusal is an answer other than what was asked for, with a sentence for the reader.
type refusal struct {
	status int
	text   string
}

func (r refusal) Error() string { return r.text }

func notFound(text string) error { return refusal{http.StatusNotFound, text} }

// refusalView is what the page of a refusal says.
type refusalView struct {
	Text   string
	SignIn bool   // whether signing in may help
	To     string // where to come back to
	Near   []found
}

// refuse answers with a page that says what went wrong. What is nobody's business,
// the inside of a fault, goes to the log.
func (v *visit) refuse(err error) {
	if v.r.Context().Err() != nil {
		return // nobody reads the answer any more
	}
	known := v.refusalOf(err)
	view := refusalView{Text: known.text, SignIn: (known.status == http.StatusForbidden || v.frozen == nil) && !v.signedIn() && v.Accounts != nil}
	if v.r.Method == http.MethodGet {
		view.To = v.r.URL.RequestURI()
	}
	if known.status == http.StatusNotFound && v.frozen != nil {
		view.Near = v.frozen.near(path.Base(v.r.URL.Path))
	}
	if err := v.showAs(known.status, screen{name: "refusal", Heading: refusalHeading(known.status), Data: view}); err != nil {
		v.log().Error("show refusal", "error", err)
		http.Error(v.w, known.text, known.status)
	}
}

// refusalOf is what the reader is told of an error.
func (v *visit) refusalOf(err error) refusal {
	var known refusal
	var tooMuch *http.MaxBytesError
	var mistake analysis.Problem
	var mistakes analysis.Problems
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &tooMuch):
		return refusal{http.StatusRequestEntityTooLarge, "That is more text than can be taken here."}
	case errors.As(err, &mistake), errors.As(err, &mistakes):
		return refusal{http.StatusUnprocessableEntity, v.told(err)}
	case errors.Is(err, context.DeadlineExceeded):
		return refusal{http.StatusServiceUnavailable, "This took too long to compute. Ask for less, or try again."}
	}
	v.log().Error("answer", "method", v.r.Method, "path", v.r.URL.Path, "error", err)
	return refusal{http.StatusInternalServerError, "Something went wrong on our side. It has been noted."}
}

// told is a mistake in the city's files in words: in full for those who can mend it.
func (v *visit) told(err error) string {
	if v.signedIn() {
		return err.Error()
	}
	return "A mistake in the city’s files stands in the way."
}

func refusalHeading(status int) string {
	switch status {
	case http.StatusNotFound:
		return "Not found"
	case http.StatusForbidden:
		return "Not for everybody"
	case http.StatusServiceUnavailable:
		return "Not yet"
	case http.StatusInternalServerError:
		return "That did not work"
	}
	return "That cannot be done"
}
