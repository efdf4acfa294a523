package reports

import (
	"encoding/json"
	"io"
)

// JSON prints the result for scripts: title, tables, charts and warnings, with
// numbers in full precision and null where one is absent. A progress report's
// pictures are among its charts, as data.
var JSON = &Format{
	Name: "json", Ext: ".json",
	Doc:   "tables, charts and warnings for scripts, numbers in full precision",
	Write: writeJSON,
}

func writeJSON(w io.Writer, r *Report) error {
	result := r.Result
	if len(result.Charts) == 0 {
		result.Charts = Charts(r)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(result)
}
