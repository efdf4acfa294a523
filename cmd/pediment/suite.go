package main

import (
	"github.com/spf13/cobra"

	"pediment/ingest"
	"pediment/reports"
)

// Everything Pediment can do is listed here; a test checks that nothing written
// is left out.

// adapters are the ways to read files.
var adapters = []*ingest.Adapter{ingest.CSV, ingest.XLSX, ingest.Parquet, ingest.JSON}

// printFormats print any result; reportFormats print a progress report.
var (
	printFormats  = []*reports.Format{reports.Text, reports.JSON, reports.CSV}
	reportFormats = []*reports.Format{reports.XLSX, reports.HTML, reports.JSON, reports.CSV, reports.Text}
)

// commands are the sub-commands in the order of work.
var commands = []func(*app) *cobra.Command{
	(*app).newCity, (*app).check, (*app).load, (*app).compute, (*app).appraise, (*app).report, (*app).estimate,
	(*app).analyze,
}

// analyses are what pediment analyze can be asked for.
var analyses = []namedAnalysis{
	{"budget", "what was planned and spent, on what, for whom, and who paid, in real terms and per head", (*work).budget},
	{"costsharing", "who pays what of a shared cost, by every rule, and how fair it is", (*work).costSharing},
}
