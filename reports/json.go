package reports

import (
	"encoding/json"
	"io"

	"pediment/analysis"
)

// JSON prints the result for scripts: title, tables, charts and warnings, with
// numbers in full precision and null where one is absent. A progress report's
// pictures are among its charts, as data, and its provenance stands beside them.
var JSON = &Format{
	Name: "json", Ext: ".json",
	Doc:   "tables, charts and warnings for scripts, numbers in full precision",
	Write: writeJSON,
}

// jsonReport is a result with where it comes from.
type jsonReport struct {
	Title      string             `json:"title"`
	Tables     []analysis.Table   `json:"tables"`
	Charts     []analysis.Chart   `json:"charts"`
	Warnings   []analysis.Warning `json:"warnings"`
	Provenance Provenance         `json:"provenance"`
}

func writeJSON(w io.Writer, r *Report) error {
	result := r.Result
	if len(result.Charts) == 0 {
		result.Charts = Charts(r)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if r.Inputs == "" { // a plain result
		return encoder.Encode(result)
	}
	return encoder.Encode(jsonReport{
		Title: result.Title, Tables: orEmpty(result.Tables), Charts: orEmpty(result.Charts), Warnings: orEmpty(result.Warnings),
		Provenance: r.Provenance(),
	})
}

// orEmpty returns the list, an empty one for nil, which JSON would call null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
