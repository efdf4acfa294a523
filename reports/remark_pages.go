package reports

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// subject is something a remark can be about.
type subject struct {
	About  string // as it stands in the book
	Name   string
	Anchor string // where the report says more
}

// subjectGroup are subjects listed together.
type subjectGroup struct {
	Name     string
	Subjects []subject
}

// subjects lists what a remark can be about: the parts of the report, its areas and
// their indicators.
func (v *visit) subjects() []subjectGroup {
	if v.frozen == nil {
		return nil
	}
	var list []subjectGroup
	parts := subjectGroup{Name: "Sections of the report"}
	for _, part := range v.frozen.view.Parts {
		parts.Subjects = append(parts.Subjects, subject{About: part.Title, Name: part.Title, Anchor: part.Part.String()})
	}
	list = append(list, parts)
	for _, area := range v.frozen.Areas {
		group := subjectGroup{Name: area.Code + " " + area.Name}
		group.Subjects = append(group.Subjects, subject{About: area.Code, Name: area.Code + " " + area.Name, Anchor: "area-" + area.Code})
		for _, i := range area.Indicators {
			group.Subjects = append(group.Subjects, subject{About: i.Code, Name: i.Code + " " + i.Name, Anchor: "ind-" + i.Code})
		}
		list = append(list, group)
	}
	return list
}

// subjectOf is what a remark is about: with its name where the report has it.
func subjectOf(groups []subjectGroup, about string) subject {
	for _, group := range groups {
		for _, one := range group.Subjects {
			if one.About == about {
				return one
			}
		}
	}
	return subject{About: about, Name: about}
}

// shownRemark is a remark with its subject.
type shownRemark struct {
	Remark
	Subject *subject
}

func shown(r Remark, groups []subjectGroup) shownRemark {
	one := shownRemark{Remark: r}
	if r.About != "" {
		about := subjectOf(groups, r.About)
		one.Subject = &about
	}
	return one
}

// remarksView is what the page of remarks says.
type remarksView struct {
	Here      string // address of the page
	About     string
	Subject   string // its name
	Subjects  []subjectGroup
	Published []shownRemark // latest first
	Text, Who string
	Error     string
	Left      string // id of the remark that was just left
	Moderates bool
	Waiting   string // how many remarks nobody has looked at, in words
}

// remarksPage shows the form, and what was published on the same subject.
func (v *visit) remarksPage() error {
	query := v.r.URL.Query()
	view := remarksView{About: query.Get("about"), Left: query.Get("left")}
	if !remarkID.MatchString(view.Left) {
		view.Left = "" // nobody can have it say what was not left
	}
	return v.showRemarks(http.StatusOK, view)
}

var remarkID = regexp.MustCompile(`^r[0-9a-f]{12}$`)

func (v *visit) showRemarks(status int, view remarksView) error {
	if v.Remarks == nil {
		return notFound("No remarks are taken here.")
	}
	entries, _, err := v.Remarks.Entries()
	if err != nil && view.Error == "" {
		return err
	}
	view.Subjects, view.Here = v.subjects(), "/remarks"
	if view.About != "" {
		view.Subject, view.Here = subjectOf(view.Subjects, view.About).Name, "/remarks?about="+url.QueryEscape(view.About)
	}
	waiting := 0
	for _, e := range slices.Backward(entries) {
		if e.State == RemarkNew {
			waiting++
		}
		if e.State == RemarkPublished && len(view.Published) < mostListed && (view.About == "" || e.About == view.About) {
			view.Published = append(view.Published, shown(e.Remark, view.Subjects))
		}
	}
	view.Moderates, view.Waiting = v.signedIn() && v.reader.Role == Evaluator, waitingWords(waiting)
	return v.showAs(status, screen{name: "remarks", At: "/remarks", Heading: "Remarks and questions", Data: view})
}

func waitingWords(n int) string {
	switch n {
	case 0:
		return "Look after remarks"
	case 1:
		return "1 remark waits to be looked at"
	}
	return fmt.Sprintf("%d remarks wait to be looked at", n)
}

// leaveRemark keeps a remark. The reader is thanked once it is on the disk.
func (v *visit) leaveRemark() error {
	switch {
	case v.Remarks == nil:
		return notFound("No remarks are taken here.")
	case !v.Open && !v.signedIn():
		return refusal{http.StatusForbidden, "Members of the committee leave remarks when they are signed in."}
	}
	if err := v.r.ParseForm(); err != nil {
		return formError(err)
	}
	form := remarksView{About: v.r.PostFormValue("about"), Text: v.r.PostFormValue("text"), Who: v.r.PostFormValue("who")}
	again := func(status int, text string) error {
		form.Error = text
		return v.showRemarks(status, form)
	}
	if v.r.PostFormValue("leave_empty") != "" {
		return again(http.StatusUnprocessableEntity, "A field that people do not see was filled in. Please send the remark again as it stands here.")
	}
	if form.About != "" && subjectOf(v.subjects(), form.About).Anchor == "" {
		return again(http.StatusUnprocessableEntity, "The report has no part, area or indicator “"+clip(form.About, 40)+"”. Please choose what the remark is about.")
	}
	many := "Many remarks came from your address."
	if v.signedIn() {
		many = "You left many remarks."
	}
	if err := v.turn(v.guard.remarks, v.guard.asker(v.r), many); err != nil {
		return again(http.StatusTooManyRequests, err.Error())
	}
	id, err := v.Remarks.Leave(Remark{About: form.About, Stakeholder: form.Who, Text: form.Text})
	var mistake RemarkError
	switch {
	case errors.As(err, &mistake):
		return again(http.StatusUnprocessableEntity, mistake.Error())
	case errors.Is(err, ErrBookFull):
		return again(http.StatusServiceUnavailable, "So many remarks wait to be looked at that no more can be taken. Please come back later.")
	case err != nil:
		v.log().Error("keep a remark", "error", err)
		return again(http.StatusServiceUnavailable, "Remarks cannot be kept now. Your text stands below; copy it and send it again later.")
	}
	to := url.Values{"left": {id}}
	if form.About != "" {
		to.Set("about", form.About)
	}
	http.Redirect(v.w, v.r, "/remarks?"+to.Encode(), http.StatusSeeOther)
	return nil
}

// moderationView is what evaluators see of the book.
type moderationView struct {
	Heading  string
	Show     string // which remarks: "" for new ones, or all
	Views    []navLink
	Entries  []moderated // latest first
	More     bool        // there are others
	Problems []string
}

// mostListed is how many remarks a page lists.
const mostListed = 100

type moderated struct {
	Entry
	Subject *subject
}

// moderationPage lists the remarks that wait, or all.
func (v *visit) moderationPage() error {
	if v.Remarks == nil {
		return notFound("No remarks are taken here.")
	}
	entries, problems, err := v.Remarks.Entries()
	if err != nil {
		return err
	}
	view := moderationView{}
	if v.r.URL.Query().Get("show") == "all" {
		view.Show = "all"
	}
	groups, waiting := v.subjects(), 0
	for _, e := range slices.Backward(entries) {
		if e.State == RemarkNew {
			waiting++
		}
		if len(view.Entries) < mostListed && (view.Show == "all" || e.State == RemarkNew) {
			view.Entries = append(view.Entries, moderated{e, shown(e.Remark, groups).Subject})
		}
	}
	view.More = len(view.Entries) == mostListed
	for _, p := range problems {
		view.Problems = append(view.Problems, p.String())
	}
	view.Heading = waitingWords(waiting)
	view.Views = []navLink{
		{Path: "/moderation", Title: "New", Current: view.Show == ""},
		{Path: "/moderation?show=all", Title: "All", Current: view.Show == "all"},
	}
	return v.showAs(http.StatusOK, screen{name: "moderation", At: "/remarks", Heading: "Remarks", Data: view})
}

// moderate keeps what an evaluator decided on a remark, with the account's name.
func (v *visit) moderate() error {
	if v.Remarks == nil {
		return notFound("No remarks are taken here.")
	}
	if err := v.r.ParseForm(); err != nil {
		return formError(err)
	}
	d := Decision{
		ID: v.r.PathValue("id"), By: v.reader.Name, Text: v.r.PostFormValue("text"),
		Response: v.r.PostFormValue("response"), Status: v.r.PostFormValue("status"), State: RemarkState(v.r.PostFormValue("state")),
	}
	switch {
	case !slices.Contains([]RemarkState{"", RemarkNew, RemarkPublished, RemarkHidden}, d.State):
		return refusal{http.StatusUnprocessableEntity, "A remark is published or hidden; “" + clip(string(d.State), 40) + "” is neither. Nothing was changed."}
	case v.r.PostForm.Has("text") && showsNothing(d.Text):
		return refusal{http.StatusUnprocessableEntity, "The wording is empty. Go back and write one, or hide the remark. Nothing was changed."}
	case !utf8.ValidString(d.Text + d.Response + d.Status):
		return refusal{http.StatusUnprocessableEntity, "Some signs of the text are damaged. Go back and write it again. Nothing was changed."}
	}
	err := v.Remarks.Decide(d)
	var mistake RemarkError
	switch {
	case errors.As(err, &mistake):
		return refusal{http.StatusUnprocessableEntity, mistake.Error() + " Go back; what you wrote is still there."}
	case errors.Is(err, ErrNoRemark):
		return notFound("There is no such remark.")
	case err != nil:
		v.log().Error("keep a decision on a remark", "error", err)
		return refusal{http.StatusServiceUnavailable, "This cannot be kept now. Go back; what you wrote is still there."}
	}
	to := "/moderation"
	if v.r.PostFormValue("show") == "all" {
		to += "?show=all#" + strings.TrimSpace(d.ID)
	}
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}
