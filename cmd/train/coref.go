package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"newsgraph/loader/extract"
	"newsgraph/loader/nlp"
)

// trainChains learns which phrases stand for the same from the chains of GUM, on trees that the grammar's network makes.
func trainChains(s settings) error {
	const passes = 8
	x, err := extract.New()
	if err != nil {
		return err
	}
	p, err := nlp.English()
	if err != nil {
		return err
	}
	texts, err := chainTexts(s.data, p)
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join("loader", "extract", "weights", "coref.tsv"))
	if err != nil {
		return err
	}
	err = x.FitChains(f, texts, passes)
	fmt.Printf("coref: %d texts\n", len(texts))
	return errors.Join(err, f.Close())
}

// chainTexts are the documents of GUM's treebank, parsed anew, with their chains.
func chainTexts(data string, p *nlp.Pipeline) ([]extract.ChainText, error) {
	chains := map[string][][][2]int{}
	lines, err := unzip(filepath.Join(data, "coref", "gum_train.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	for in := json.NewDecoder(strings.NewReader(lines)); in.More(); {
		var r struct {
			ID        string
			Ontonotes [][][2]int
		}
		if err := in.Decode(&r); err != nil {
			return nil, fmt.Errorf("chains of GUM: %w", err)
		}
		chains[r.ID] = r.Ontonotes
	}
	trees, err := unzip(filepath.Join(data, "ud", "gum_train.conllu.gz"))
	if err != nil {
		return nil, err
	}
	var all []extract.ChainText
	for text := range strings.SplitSeq("\n"+trees, "\n# newdoc id = ") {
		id, rest, _ := strings.Cut(text, "\n")
		of, ok := chains[id]
		if !ok {
			continue
		}
		for d, err := range nlp.ReadCoNLLU(strings.NewReader(rest + "\n\n")) {
			if err == nil {
				err = p.Complete(d)
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", id, err)
			}
			all = append(all, extract.ChainText{Doc: d, Chains: of})
			break
		}
	}
	return all, nil
}

func unzip(name string) (string, error) {
	f, err := os.Open(name) //nolint:gosec // the user names it
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // only read
	z, err := gzip.NewReader(f)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	text, err := io.ReadAll(z)
	return string(text), err
}
