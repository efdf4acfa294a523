//go:build !duckdb_arrow

package ingest

// Without the tag the DuckDB driver has no Arrow interface, and everything that
// reads rows by column would be missing.
var _ = build_with_make_or_with_tags_duckdb_arrow
