package reports

import (
	"bytes"
	"encoding/json"
	"strings"
)

// descriptor is datapackage.json, after the Data Package standard of Frictionless Data.
type descriptor struct {
	Name        string               `json:"name"`
	Title       string               `json:"title"`
	Description string               `json:"description"`
	Version     string               `json:"version"`
	Licenses    []licence            `json:"licenses,omitempty"`
	Sources     []descriptorSource   `json:"sources,omitempty"`
	Provenance  Provenance           `json:"provenance"`
	Resources   []descriptorResource `json:"resources"`
}

type licence struct {
	Name string `json:"name"`
}

type descriptorSource struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
	Hash  string `json:"hash,omitempty"`
}

type descriptorResource struct {
	Name        string  `json:"name"`
	Title       string  `json:"title"`
	Path        string  `json:"path"`
	Profile     string  `json:"profile,omitempty"`
	Format      string  `json:"format"`
	MediaType   string  `json:"mediatype"`
	Encoding    string  `json:"encoding,omitempty"`
	Bytes       int     `json:"bytes"`
	Hash        string  `json:"hash"`
	Description string  `json:"description,omitempty"`
	Schema      *schema `json:"schema,omitempty"`
}

type schema struct {
	Fields        []field  `json:"fields"`
	MissingValues []string `json:"missingValues"`
}

type field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Unit        string `json:"unit,omitempty"`
	Description string `json:"description,omitempty"`
}

// describe writes the descriptor of the package's files.
func describe(r *Report, resources []resource, result []byte) ([]byte, error) {
	d := descriptor{
		Name: resourceName(r.City + "-" + r.Period + "-" + r.Edition), Title: r.Title,
		Description: r.Framework, Version: r.Run(), Provenance: r.Provenance(),
	}
	if r.Licence != "" {
		d.Licenses = []licence{{r.Licence}}
	}
	for _, s := range r.Sources {
		d.Sources = append(d.Sources, descriptorSource{Title: s.Dataset, Path: relativePath(s.File), Hash: labelledHash(s.Hash)})
	}
	for _, one := range resources {
		d.Resources = append(d.Resources, one.describe()...)
	}
	d.Resources = append(d.Resources, descriptorResource{
		Name: "result", Title: "Tables, charts and warnings of the report", Path: "result.json", Format: "json", MediaType: "application/json",
		Encoding: "utf-8", Bytes: len(result), Hash: sha(result),
	})
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(d)
	return out.Bytes(), err
}

// relativePath keeps the path of a source that the standard takes: neither
// absolute nor leading out of the city's folder.
func relativePath(path string) string {
	if strings.HasPrefix(path, "/") || strings.Contains(path, "..") || strings.Contains(path, `\`) {
		return ""
	}
	return path
}

func labelledHash(hash string) string {
	if hash == "" {
		return ""
	}
	return "sha256:" + hash
}

// describe lists the resource's files.
func (one resource) describe() []descriptorResource {
	s := &schema{MissingValues: []string{""}}
	for _, c := range one.table.Columns {
		f := field{Name: c.Name, Type: fieldTypes[c.Type], Unit: c.Unit, Description: columnMeaning(c.Name)}
		s.Fields = append(s.Fields, f)
	}
	text, columns := one.files[0], one.files[1]
	return []descriptorResource{
		{Name: one.name, Title: one.about, Path: text.name, Profile: "tabular-data-resource", Format: "csv", MediaType: "text/csv",
			Encoding: "utf-8", Bytes: len(text.data), Hash: sha(text.data), Schema: s},
		{Name: one.name + ".parquet", Title: one.about, Path: columns.name, Format: "parquet", MediaType: "application/vnd.apache.parquet",
			Bytes: len(columns.data), Hash: sha(columns.data), Description: "The same table as " + text.name + ", with typed columns."},
	}
}

// fieldTypes are the standard's words for the types of columns.
var fieldTypes = map[string]string{"text": "string", "number": "number", "integer": "integer", "boolean": "boolean"}
