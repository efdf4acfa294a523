package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"pediment/analysis"
)

// Parquet reads Parquet files. Their numbers and dates are written out as text in
// the declared form and held against it like any other.
var Parquet = &Adapter{
	Name:       "parquet",
	Doc:        "Parquet files, of flat columns",
	Extensions: []string{".parquet"},
	typed:      true,
	header:     parquetHeader,
	open:       openParquet,
	guess:      guessNothing,
}

func parquetHeader(ctx context.Context, s *source) (h header, err error) {
	db, err := openScratch(ctx)
	if err != nil {
		return h, err
	}
	columns, err := parquetColumns(ctx, db, s)
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return newHeader(names, numberedName), joinClose(err, db)
}

func joinClose(err error, db *sql.DB) error {
	if closed := db.Close(); err == nil {
		return closed
	}
	return err
}

// parquetColumns returns the file's columns with their SQL types.
func parquetColumns(ctx context.Context, q analysis.Querier, s *source) ([]analysis.ColumnType, error) {
	var columns []analysis.ColumnType
	err := query(ctx, q, func(rows *sql.Rows) error {
		var c analysis.ColumnType
		err := rows.Scan(&c.Name, &c.Type)
		columns = append(columns, c)
		return err
	}, "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet("+analysis.Literal(escapeGlob(s.path))+"))")
	if err != nil {
		return nil, analysis.Problem{Position: s.at(), Message: "cannot be read as Parquet: " + firstLine(err)}
	}
	for _, c := range columns {
		if strings.HasPrefix(c.Type, "STRUCT") || strings.HasPrefix(c.Type, "MAP") || strings.HasSuffix(c.Type, "]") || c.Type == "BLOB" {
			return nil, analysis.Problem{Position: s.at(), Message: fmt.Sprintf("column %q holds %s, not plain values", c.Name, c.Type), Hint: "write the file with flat columns"}
		}
	}
	return columns, nil
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

func openParquet(ctx context.Context, c *sql.Conn, s *source, h header) (*relation, error) {
	columns, err := parquetColumns(ctx, c, s)
	if err != nil {
		return nil, err
	}
	items := make([]string, len(columns))
	for i, column := range columns {
		items[i] = parquetText(column, s.decimal(h.names[i])) + " AS " + analysis.Quote(h.names[i])
	}
	list, scan := strings.Join(items, ", "), "read_parquet("+analysis.Literal(escapeGlob(s.path))
	return &relation{
		query:    fmt.Sprintf("SELECT %s FROM %s)", list, scan),
		numbered: fmt.Sprintf(`SELECT file_row_number + 1 AS "@row", %s FROM %s, file_row_number=true)`, list, scan),
		broken:   func(context.Context) ([]reject, error) { return nil, nil },
		place:    placeLines,
		close:    func(context.Context) error { return nil },
	}, nil
}

// parquetText writes a column as text: numbers without exponent in the declared
// decimal sign, midnight as a day.
func parquetText(c analysis.ColumnType, decimal string) string {
	text := "CAST(" + analysis.Quote(c.Name) + " AS VARCHAR)"
	switch {
	case c.Type == "DOUBLE" || c.Type == "FLOAT":
		long := fmt.Sprintf("rtrim(rtrim(CAST(TRY_CAST(%s AS DECIMAL(38,18)) AS VARCHAR), '0'), '.')", analysis.Quote(c.Name))
		text = fmt.Sprintf("CASE WHEN contains(%s, 'e') THEN %s ELSE %s END", text, long, text)
	case strings.HasPrefix(c.Type, "TIMESTAMP"):
		return fmt.Sprintf(`regexp_replace(%s, ' 00:00:00(\+00)?$', '')`, text)
	}
	if decimal != "." && (isNumeric(c.Type)) {
		text = fmt.Sprintf("replace(%s, '.', %s)", text, analysis.Literal(decimal))
	}
	return "nullif(" + text + ", '')"
}
