package reports

import (
	"cmp"
	"strings"
)

// overview prints the summary: what needs a decision, what became of the last
// decisions, the areas at a glance, what changed, what is off track, what is not
// known, who is left out, and the chapters in brief.
func (d *word) overview() {
	d.paragraph("Subtitle", said(d.Headline))
	d.paragraph("Lead", said(d.Lead))
	for _, c := range d.Cards {
		d.card(c)
	}
	d.also()
	d.followed()
	d.glance()
	if d.opensWithSummary() {
		d.listContents()
	}
	if d.Since != "" {
		d.changed("since", "What changed since the last publication of "+d.Since, d.SinceLast)
	}
	d.changed("changes", "What changed since "+d.ChangesSince(), d.FirstChanges())
	d.offTrack()
	d.unknown()
	d.left()
	d.briefs()
}

// card prints one thing to decide.
func (d *word) card(c card) {
	d.paragraph("CardTitle", d.chipText(c.Look, c.Chip), said("  "), linked(c.Anchor, c.Title))
	for _, text := range c.Text {
		d.paragraph("CardText", said(text))
	}
	if c.Proposal != "" {
		d.paragraph("CardText", strong("Suggested: "), said(c.Proposal))
	}
	d.paragraph("Note", said(labelled("Owner:", c.Owner)))
}

// also lists what is to be decided besides.
func (d *word) also() {
	if len(d.Also) == 0 {
		return
	}
	d.heading(3, "", "Also to decide")
	for _, c := range d.Also {
		d.paragraph("ListBullet", d.chip(c.Look), said(" "), linked(c.Anchor, c.Title), quiet("  "+c.Owner))
	}
}

// followed prints what became of the last report's recommendations.
func (d *word) followed() {
	if len(d.Followed) == 0 {
		return
	}
	d.heading(2, "followed", "What became of the last recommendations")
	d.body.WriteString(d.para("Note", "<w:keepNext/>", said(d.FollowedText())))
	columns := []wordColumn{{name: "Recommendation", width: 3400}, {name: "Owner, due", width: 1500}, {name: "State", width: 1200}, {name: "The figure since", width: 1400}, {name: "Outcome", width: 2138}}
	var rows [][]wordCell
	for _, r := range d.Followed {
		state, moved := cellOf(d.chip(r.State)), cellOf(said(r.Moved))
		if r.Overdue {
			state = state.below(d.chip(overdueLook))
		}
		if r.Now.Word != "" {
			moved = moved.below(d.chip(r.Now))
		}
		rows = append(rows, []wordCell{
			cellOf(linked(r.Anchor, r.Text)).below(quiet(r.Period + ": " + r.Title)), cellOf(said(r.Owner)).below(quiet(labelled("due", r.Due))),
			state, moved, cellOf(said(cmp.Or(r.Outcome, r.Reason))),
		})
	}
	d.grid("Recommendations of earlier periods", columns, rows)
}

// overdueLook is how what is late is shown.
var overdueLook = look{Icon: "▼", Word: "overdue", Class: "bad", Ink: badInk, Ground: badGround}

// offTrack prints the targets that are missed on the present path.
func (d *word) offTrack() {
	if len(d.OffTrack) == 0 {
		return
	}
	d.heading(2, "off-track", "Off track, as surely as the plan asks")
	columns := []wordColumn{{name: "Target of the plan"}, {name: "Start", number: true}, {name: "Now", number: true}, {name: "Target", number: true}, {name: "Status"}, {name: "Owner"}}
	var rows [][]wordCell
	for _, m := range d.OffTrack {
		rows = append(rows, []wordCell{
			cellOf(linked(m.Anchor, m.Name)), cellOf(said(m.Then)), cellOf(said(m.Now)), cellOf(said(m.Target)).below(quiet("by " + m.By)),
			cellOf(d.chip(m.Look)).below(quiet(m.Sure)), cellOf(said(m.Owner)),
		})
	}
	d.grid("Off track, as surely as the plan asks", columns, rows)
}

// unknown prints what is not known.
func (d *word) unknown() {
	if len(d.Unknown) == 0 {
		return
	}
	d.heading(2, "unknown", "What we do not know")
	for _, block := range d.Unknown {
		d.paragraph("CardTitle", d.chipText(block.Look, block.Title))
		for _, line := range block.Lines {
			d.paragraph("ListBullet", linked(line.Anchor, line.Text), quiet("  "+strings.Join(line.Notes, " ")))
		}
		d.paragraph("Note", said(block.More))
	}
}

// glance prints the areas as they stand: the temple in words.
func (d *word) glance() {
	d.heading(2, "glance", "The learning city at a glance")
	columns := []wordColumn{{name: "Area", width: 3700}, {name: "Status", width: 1500}, {name: "Known", width: 1200}, {name: "Weakest indicator", width: 3238}}
	var rows [][]wordCell
	for _, s := range d.Sections {
		rows = append(rows, []wordCell{
			cellOf(linked(s.Anchor, s.Title)), cellOf(d.chip(s.Summary.Look())), cellOf(said(s.Summary.KnownOf())), cellOf(said(s.Summary.WeakestText())),
		})
	}
	d.grid("The areas at a glance", columns, rows)
	d.paragraph("Note", said("An area is better or worse when all its clear changes point that way, mixed when they disagree. “5 of 7 known”: indicators that have a value. "+sentence(d.Framework)))
}

// changed prints indicators with their earlier and present values.
func (d *word) changed(anchor, title string, list []changeRow) {
	if len(list) == 0 {
		return
	}
	d.heading(2, anchor, title)
	columns := []wordColumn{{name: "Indicator", width: 3500}, {name: "Then", number: true}, {name: "Now", number: true}, {name: "Change", number: true}, {name: "Status"}, {name: "Weakest district"}}
	var rows [][]wordCell
	for _, c := range list {
		about := cellOf(linked(c.Anchor, c.Name)).below(quiet(strings.Join(filledTexts(c.Code, c.Unit, c.Source), " · ")))
		for _, flag := range c.Flags {
			about = about.below(quiet("Note: " + flag))
		}
		weakest := ""
		if c.Strip != nil {
			weakest = c.Strip.WeakestText
		}
		rows = append(rows, []wordCell{
			about, cellOf(said(c.Then)).below(quiet(c.ThenPeriod)), cellOf(said(c.Now)).below(quiet(c.NowPeriod)),
			cellOf(said(c.Change)), cellOf(d.chip(c.Look)), cellOf(said(weakest)),
		})
	}
	d.grid(title, columns, rows)
	d.paragraph("Note", said("pp: percentage points. A district is named when it is the one furthest on the worse side."))
}

// left prints which groups are behind the whole city.
func (d *word) left() {
	if len(d.LeftOut) == 0 {
		return
	}
	d.heading(2, "left-out", "Who is left out")
	d.body.WriteString(d.para("Note", "<w:keepNext/>", said("Groups whose whole 95 % interval lies on the worse side of the whole city’s value are behind. Groups that are withheld, have fewer than 30 answers or no interval are not listed.")))
	columns := []wordColumn{{name: "Indicator"}, {name: "Group"}, {name: "Value and interval"}, {name: "Against the whole city"}, {name: "n", number: true}}
	var rows [][]wordCell
	for _, panel := range d.LeftOut {
		for _, g := range panel.Rows {
			if !g.Behind {
				continue
			}
			name := cellOf(linked(panel.Anchor, panel.Name)).below(quiet("whole city " + panel.Whole))
			rows = append(rows, []wordCell{name, cellOf(said(g.Label)).below(quiet(g.Column)), cellOf(said(g.Value)), cellOf(said(g.Gap)), cellOf(said(g.N))})
		}
	}
	d.grid("Groups behind the whole city", columns, rows)
}

// briefs prints what the chapters say in a few sentences each.
func (d *word) briefs() {
	list := d.Briefs()
	if len(list) == 0 {
		return
	}
	d.heading(2, "brief", "The chapters in brief")
	for _, part := range list {
		for _, c := range part.Chapters {
			if len(c.Lead) == 0 {
				continue
			}
			d.paragraph("CardTitle", linked(c.Anchor, c.Title), quiet("  "+part.Question))
			for _, text := range c.Lead {
				d.paragraph("CardText", said(text))
			}
		}
	}
}
