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
	dataPackage   = reports.Package(ingest.WriteParquet)
	printFormats  = []*reports.Format{reports.Text, reports.JSON, reports.CSV}
	reportFormats = []*reports.Format{reports.XLSX, reports.HTML, reports.DOCX, reports.PDF, dataPackage, reports.JSON, reports.CSV, reports.Text}
)

// commands are the sub-commands in the order of work.
var commands = []func(*app) *cobra.Command{
	(*app).newCity, (*app).check, (*app).load, (*app).compute, (*app).appraise, (*app).explain, (*app).report, (*app).publish, (*app).estimate,
	(*app).analyze, (*app).recommend, (*app).serve, (*app).user,
}

// analyses are what pediment analyze can be asked for.
var analyses = []namedAnalysis{
	{"budget", "what was planned and spent, on what, for whom, and who paid, in real terms and per head", (*work).budget},
	{"progress", "where each target of the action plan stands, how sure that is, and what it would take", (*work).assessPlan},
	{"equity", "gaps between groups, who is furthest behind, and how inequality changed", (*work).measureEquity},
	{"context", "who lives in the city, and what the report knows of it", (*work).describeCity},
	{"programmes", "what was offered and who came: enrolments, learners, events, learning spaces", (*work).surveyOffer},
	{"voice", "what residents say of learning, and what they ask for beside what is offered and used", (*work).hearResidents},
	{"quality", "how complete, timely, unique, valid and consistent each source is, with the rows that fail", (*work).assessQuality},
	{"disclosure", "what was withheld to protect people, and why", (*work).auditDisclosure},
	{"composite", "an index of the city's districts or of several cities, always with its parts", (*work).buildIndex},
	{"costsharing", "who pays what of a shared cost, by every rule, and how fair it is", (*work).costSharing},
}
