package reports

// remarks prints what stakeholders said and what was done.
func (d *word) remarks() {
	if len(d.Remarks) == 0 {
		return
	}
	d.heading(2, "remarks", "What we heard and what we did")
	heard := d.Heard()
	d.paragraph("Normal", said(heard.Sentence))
	for _, r := range heard.Remarks {
		about := []inked{d.chip(r.Look), said("  " + r.Stakeholder), quiet("  " + r.Date)}
		if r.Subject != "" {
			about = append(about, quiet(" · about "), linked(r.Anchor, r.Subject))
		}
		d.paragraph("CardTitle", about...)
		for _, text := range paragraphs(r.Text) {
			d.paragraph("Quote", said(text))
		}
		for i, text := range paragraphs(r.Response) {
			lead := said("")
			if i == 0 {
				lead = strong("Response: ")
			}
			d.paragraph("CardText", lead, said(text))
		}
	}
}

// lessons prints the recommendations of this report and what waits for a decision.
func (d *word) lessons() {
	if len(d.Decided) > 0 {
		d.heading(2, "lessons-decided", "Recommendations of "+d.Period)
	}
	for _, r := range d.Decided {
		d.recommendation(r)
	}
	open := d.OpenCards()
	if len(open) == 0 {
		return
	}
	d.heading(2, "lessons-open", "Not decided yet")
	d.paragraph("Note", said("Suggestions that rules made from the figures of this report, weightiest first; the internal edition alone prints them."))
	for _, c := range open {
		d.card(c.card)
	}
}

// recommendation prints what was decided on one finding.
func (d *word) recommendation(r recommendationRow) {
	title := []inked{d.chip(r.State), said("  ")}
	if r.Overdue {
		title = append(title, d.chip(overdueLook), said("  "))
	}
	d.paragraph("CardTitle", append(title, linked(r.Anchor, r.Title))...)
	d.paragraph("CardText", said(r.Text))
	for _, text := range r.Evidence {
		d.paragraph("ListBullet", said(text))
	}
	d.paragraph("Note", said(dotted(labelled("Owner:", r.Owner), labelled("Due:", r.Due), labelled("Reason:", r.Reason), labelled("Outcome:", r.Outcome))))
}
