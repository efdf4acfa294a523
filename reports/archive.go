package reports

import (
	"archive/zip"
	"io"
)

// archived is one file of a zip archive.
type archived struct {
	name string
	data []byte
}

// writeArchive writes the files in order, all with one date, so that equal files
// give equal bytes.
func writeArchive(w io.Writer, files []archived) error {
	out := zip.NewWriter(w)
	for _, f := range files {
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: zipStart})
		if err != nil {
			return err
		}
		if _, err := to.Write(f.data); err != nil {
			return err
		}
	}
	return out.Close()
}
