package reports

import (
	"bytes"
	"fmt"
	"image/png"

	"pediment/analysis"
)

// sharpness is how many pixels of a PNG stand for one of the SVG, each way.
const sharpness = 2

// PNG is the picture of [SVG] as pixels, 1440 wide. Its glyphs are those of Noto
// Sans, and of the machine's fonts for scripts that Noto Sans has not.
func PNG(c analysis.Chart, language string) ([]byte, error) {
	studio, err := openStudio()
	if err != nil {
		return nil, err
	}
	t := <-studio.desks
	defer func() { studio.desks <- t }()
	root, err := studio.picture(c, language, t)
	if err != nil {
		return nil, err
	}
	return root.png(t)
}

// png paints a picture.
func (n *node) png(t *typesetter) ([]byte, error) {
	img, err := paint(n, t)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return out.Bytes(), nil
}
