package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Provenance says where a rendition comes from. Every rendition of one report
// says the same.
type Provenance struct {
	City    string `json:"city"`
	Period  string `json:"period"`
	Edition string `json:"edition"`
	Engine  string `json:"engine"` // program and database with their versions
	Run     string `json:"run"`
	Inputs  string `json:"inputs"` // hash of all inputs
}

// Run identifies what was computed: the same inputs, period, edition and program
// give the same run, whenever it is made. It is "" for a plain result.
func (r *Report) Run() string {
	if r.Inputs == "" {
		return ""
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q", r.Inputs, r.Edition, r.Period, r.Engine))
	return hex.EncodeToString(sum[:4])
}

// Provenance is where the report comes from.
func (r *Report) Provenance() Provenance {
	return Provenance{City: r.City, Period: r.Period, Edition: r.Edition, Engine: r.Engine, Run: r.Run(), Inputs: r.Inputs}
}

// String is the provenance on one line, for the foot of a page.
func (p Provenance) String() string {
	return dotted(p.City, p.Period, p.edition(), p.Engine, labelled("run", p.Run), labelled("inputs", short(p.Inputs)))
}

// Brief is the provenance where there is little room.
func (p Provenance) Brief() string {
	return dotted(p.City, p.Period, p.edition(), labelled("run", p.Run))
}

// edition is the edition in words, "" for none.
func (p Provenance) edition() string {
	if p.Edition == "" {
		return ""
	}
	return p.Edition + " edition"
}

// Sentence is the provenance in full, with the whole hash.
func (p Provenance) Sentence() string {
	of := strings.Join(filledTexts(p.City, p.Period, p.edition()), ", ")
	return fmt.Sprintf("%s. Made by %s, run %s, from inputs %s.", of, p.Engine, p.Run, p.Inputs)
}

// dotted puts the parts that are not empty on one line.
func dotted(parts ...string) string {
	return strings.Join(filledTexts(parts...), " · ")
}

// labelled is the value after its name, "" for none.
func labelled(name, value string) string {
	if value == "" {
		return ""
	}
	return name + " " + value
}

// filledTexts are the texts that are not empty.
func filledTexts(texts ...string) []string {
	var list []string
	for _, text := range texts {
		if text != "" {
			list = append(list, text)
		}
	}
	return list
}
