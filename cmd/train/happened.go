package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
)

// How it is learnt what happened, and what happens once.
const (
	happenedPasses    = 5
	happenedRate      = 0.02
	happenedPenalty   = 4
	situationsRate    = 0.1
	situationsPenalty = 2
)

// judged is a verb of UDS and how surely what it tells happened.
type judged struct {
	Sentence   string `json:"sent_id"`
	Token      int
	Value      float32
	Confidence float32
}

// situated is a document of SitEnt.
type situated struct {
	ID, Genre, Text string
	Clauses         []struct {
		Verb []int
		Type string
	}
}

// moment is a predicate to learn from, and what is to be learnt of it.
type moment struct {
	view     *nlp.View
	sentence nlp.Sentence
	token    int
	value    float32
	class    int
	document int
}

// moments are the verbs of UDS in Docs of the treebank's sentences.
func moments(name string, v *nlp.View, d *nlp.Doc, sentences []sentence, documents map[string]int) ([]moment, error) {
	place := map[string]int{}
	for k, x := range sentences {
		place[x.id] = k
	}
	var all []moment
	err := lines(name, func(line string) error {
		var j judged
		if err := json.Unmarshal([]byte(line), &j); err != nil {
			return err
		}
		if k, ok := place[j.Sentence]; ok {
			s := d.Sentences[k]
			all = append(all, moment{v, s, s.First + j.Token, j.Value, 0, documentOf(j.Sentence, documents)})
		}
		return nil
	})
	return all, err
}

// situations are the verbs of SitEnt's clauses in our own reading of its texts.
func situations(name string, grammar *nlp.Pipeline, documents map[string]int) ([]moment, error) {
	var all []moment
	err := lines(name, func(line string) error {
		var x situated
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			return err
		}
		d, err := grammar.Parse(x.Text)
		if err != nil {
			return err
		}
		v, err := nlp.NewView(d)
		if err != nil {
			return err
		}
		var bytes []int // by code point
		for i := range x.Text {
			bytes = append(bytes, i)
		}
		bytes = append(bytes, len(x.Text))
		documents[x.ID] = len(documents)
		for _, c := range x.Clauses {
			class := slices.Index(nlp.Situations, c.Type)
			if len(c.Verb) != 2 || class < 0 || c.Verb[1] >= len(bytes) {
				continue
			}
			from, to := bytes[c.Verb[0]], bytes[c.Verb[1]]
			at := -1
			for i, t := range d.Tokens {
				if t.Start < to && from < t.End && (at < 0 || strings.HasPrefix(t.Tag, "VB")) {
					at = i
				}
			}
			if at < 0 {
				continue
			}
			for _, s := range d.Sentences {
				if s.First <= at && at < s.Last {
					all = append(all, moment{v, s, at, 0, class, documents[x.ID]})
				}
			}
		}
		return nil
	})
	return all, err
}

// trainHappened makes the models of what happened and of what happens once.
func trainHappened(s settings) error {
	file := func(path ...string) string { return filepath.Join(append([]string{s.data}, path...)...) }
	grammar, err := nlp.Grammar()
	if err != nil {
		return err
	}
	table, err := nlp.EnglishSignatures()
	if err != nil {
		return err
	}
	documents := map[string]int{}
	read := func(part string, gold bool) ([]moment, error) {
		sentences, err := treebank(file("ud", "ewt_"+part+".conllu.gz"))
		if err != nil {
			return nil, err
		}
		d, err := grammarOf(grammar, sentences, gold)
		if err != nil {
			return nil, err
		}
		v, err := nlp.NewView(d)
		if err != nil {
			return nil, err
		}
		return moments(file("factuality", "uds_"+part+".jsonl.gz"), v, d, sentences, documents)
	}
	own, err := read("train", false)
	if err != nil {
		return err
	}
	gold, err := read("train", true)
	if err != nil {
		return err
	}
	dev, err := read("dev", false)
	if err != nil {
		return err
	}
	x := &instances{}
	var buffer []nlp.Feature
	for _, m := range append(own, gold...) {
		buffer = m.view.HappeningFeatures(buffer[:0], m.sentence, m.token, table)
		x.add(buffer, 0, m.value, 1, m.document)
	}
	var want, told []float64
	for _, m := range dev { // what the table says alone
		p, c := table.Factuality(m.view, m.token)
		want, told = append(want, float64(m.value)), append(told, float64(p)-[]float64{0, 0.2, 0.4, 0.6, 0.8}[c])
	}
	fmt.Printf("UDS dev: signatures alone r %.4f\n", pearson(want, told))
	random := rand.New(rand.NewPCG(s.seed, 4))
	m := newLogLinear(squareLoss, []string{"happened"}, x, happenedRate, happenedPenalty)
	fmt.Printf("happened: %d verbs, %d features\n", len(x.ends), len(m.index))
	var failed error
	m.learn(x, happenedPasses, random, func(pass int, loss float64) {
		fmt.Printf("  pass %d: %.4f\n", pass+1, loss)
		model, err := m.write(filepath.Join(s.out, "happened.bin"), 0.004, 0.003, nil, "what happened, of UD English EWT and UDS factuality (CC BY-SA 4.0), train parts; see NOTICE")
		if err != nil {
			failed = err
			return
		}
		var want, got []float64
		right, found, all := 0, 0, 0
		for _, m := range dev {
			buffer = m.view.HappeningFeatures(buffer[:0], m.sentence, m.token, table)
			var score [1]float32
			model.Add(score[:], buffer)
			want, got = append(want, float64(m.value)), append(got, float64(score[0]))
			found, all = found+one(score[0] < 0), all+one(m.value < 0)
			right += one(score[0] < 0 && m.value < 0)
		}
		fmt.Printf("  UDS dev: r %.4f, did not happen %.2f\n", pearson(want, got), f1(right, found, all))
	})
	if failed != nil {
		return failed
	}

	train, err := situations(file("factuality", "sitent_train.jsonl.gz"), grammar, documents)
	if err != nil {
		return err
	}
	if dev, err = situations(file("factuality", "sitent_dev.jsonl.gz"), grammar, documents); err != nil {
		return err
	}
	x = &instances{}
	for _, m := range train {
		buffer = m.view.HappeningFeatures(buffer[:0], m.sentence, m.token, table)
		x.add(buffer, m.class, 0, 1, m.document)
	}
	m = newLogLinear(softLoss, nlp.Situations, x, situationsRate, situationsPenalty)
	fmt.Printf("situations: %d clauses, %d features\n", len(x.ends), len(m.index))
	m.learn(x, happenedPasses, random, func(pass int, loss float64) {
		fmt.Printf("  pass %d: %.4f\n", pass+1, loss)
		model, err := m.write(filepath.Join(s.out, "situations.bin"), 0.02, 0.02, nil, "situations, of the Situation Entities corpus (Apache 2.0), train part; see NOTICE")
		if err != nil {
			failed = err
			return
		}
		event := slices.Index(nlp.Situations, "EVENT")
		right, found, all, same := 0, 0, 0, 0
		for _, m := range dev {
			buffer = m.view.HappeningFeatures(buffer[:0], m.sentence, m.token, table)
			score := make([]float32, len(nlp.Situations))
			model.Add(score, buffer)
			most := 0
			for k := range score {
				if score[k] > score[most] {
					most = k
				}
			}
			same += one(most == m.class)
			found, all = found+one(most == event), all+one(m.class == event)
			right += one(most == event && m.class == event)
		}
		fmt.Printf("  SitEnt dev: EVENT %.2f, of all %.2f right\n", f1(right, found, all), 100*float64(same)/float64(max(1, len(dev))))
	})
	return failed
}

func pearson(x, y []float64) float64 {
	var mx, my, xy, xx, yy float64
	n := float64(max(1, len(x)))
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	for i := range x {
		a, b := x[i]-mx, y[i]-my
		xy, xx, yy = xy+a*b, xx+a*a, yy+b*b
	}
	return xy / math.Sqrt(max(1e-12, xx*yy))
}
