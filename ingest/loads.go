package ingest

import (
	"cmp"

	"pediment/analysis"
)

// State says what a load did with a file.
type State string

// The states of a file after a load.
const (
	Loaded    State = "loaded"    // read now
	Unchanged State = "unchanged" // content and declaration are those of an earlier load
	Removed   State = "removed"   // no longer declared or no longer there: its rows are gone
	Failed    State = "failed"    // could not be read: the whole load was given up
)

// Loads says what a load did, file by file, in order of dataset and file.
type Loads struct {
	Files   []FileLoad
	Rejects analysis.Table // of every file now in the warehouse: dataset, file, line, cell, column, value, rule
}

// FileLoad is one file of one dataset.
type FileLoad struct {
	ID       int64 // what its rows carry in _file; 0 until the warehouse is asked
	Dataset  string
	File     string // relative to the city's folder where it lies within it
	Hash     string // SHA-256 of the content, hexadecimal
	Rows     int64  // rows now in the warehouse
	Rejected int64  // rows that broke a rule, all counted
	Excluded int64  // rows left out by the dataset's exclude condition
	State    State
}

// Result returns the loads as the tables "loads" and "rejects".
func (l Loads) Result() analysis.Result {
	loads := analysis.Table{
		Name: "loads",
		Columns: []analysis.Column{
			{Name: "dataset", Type: "text"}, {Name: "file", Type: "text"},
			{Name: "rows", Type: "integer"}, {Name: "rejected", Type: "integer"},
			{Name: "excluded", Type: "integer"}, {Name: "state", Type: "text"},
		},
	}
	for _, f := range l.Files {
		loads.Rows = append(loads.Rows, []any{f.Dataset, f.File, f.Rows, f.Rejected, f.Excluded, string(f.State)})
	}
	return analysis.Result{Title: "Loaded files", Tables: []analysis.Table{loads, l.Rejects}}
}

func compareFileLoads(a, b FileLoad) int {
	return cmp.Or(cmp.Compare(a.Dataset, b.Dataset), cmp.Compare(a.File, b.File), cmp.Compare(a.State, b.State))
}
