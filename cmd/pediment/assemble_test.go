package main

import (
	"slices"
	"strings"
	"testing"
)

func TestCompareSizes(t *testing.T) {
	sizes := []string{"(not stated)", "1-9", "10-49", "250+", "50-249"}
	slices.SortStableFunc(sizes, compareSizes)
	if got := strings.Join(sizes, " "); got != "(not stated) 1-9 10-49 50-249 250+" {
		t.Errorf("sorted to %s", got)
	}
}

// A programme is called by its name where a record gives one.
func TestProgrammesHaveNames(t *testing.T) {
	w := &work{project: &project{}, programmeNames: map[string]string{"FAM": "Family learning"}}
	if got := w.levelLabel("programme", "FAM") + ", " + w.levelLabel("programme", "VOC") + ", " + w.levelLabel("subject", "FAM"); got != "Family learning, VOC, FAM" {
		t.Errorf("they are called %s", got)
	}
}
