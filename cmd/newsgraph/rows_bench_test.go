//go:build unix

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"newsgraph/news"
	"newsgraph/store"
)

// counting counts the transactions of a load.
type counting struct {
	store.Store
	puts int
}

func (c *counting) Put(ctx context.Context, facts []news.Facts) (store.PutResult, error) {
	c.puts++
	return c.Store.Put(ctx, facts)
}

// rows are all nodes and relationships of a graph, in the statements of as many transactions as they are to be inserted in.
type rows struct {
	nodes, relationships, properties int
	transactions                     [][]insert
}

// insert is a statement with its rows.
type insert struct {
	statement string
	rows      []any
}

// A page of all nodes and of all relationships, by the database's own numbers: all of them in one answer are more than its heap sorts in its time.
const (
	pageOfNodes         = `UNWIND range($from, $to) AS at MATCH (n) WHERE id(n) = at AND NOT n:Schema RETURN at, labels(n) AS labels, properties(n) AS properties ORDER BY at`
	pageOfRelationships = `UNWIND range($from, $to) AS at MATCH (a)-[r]->(b) WHERE id(r) = at
		RETURN at, type(r) AS type, id(a) AS from, id(b) AS to, properties(r) AS properties ORDER BY at`
	lastNode         = `MATCH (n) RETURN coalesce(max(id(n)), -1) AS at`
	lastRelationship = `MATCH ()-[r]->() RETURN coalesce(max(id(r)), -1) AS at`
	page             = 20_000
)

// dumped reads all that a load left, in the order in which it came: that of the database's own numbers. Each transaction has its part of the nodes, and of the
// relationships those whose ends are there by then.
func dumped(b *testing.B, by driver.DriverWithContext, transactions int) rows {
	b.Helper()
	ctx := b.Context()
	session := by.NewSession(ctx, driver.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(ctx)
	ask := func(statement string, parameters map[string]any, visit func(r map[string]any)) {
		result, err := session.Run(ctx, statement, parameters)
		if err != nil {
			b.Fatal(err)
		}
		for record, err := range result.Records(ctx) {
			if err != nil {
				b.Fatal(err)
			}
			visit(record.AsMap())
		}
	}
	each := func(last, statement string, visit func(r map[string]any)) {
		end := int64(-1)
		ask(last, nil, func(r map[string]any) { end = r["at"].(int64) })
		for from := int64(0); from <= end; from += page {
			ask(statement, map[string]any{"from": from, "to": from + page - 1}, visit)
		}
	}
	type node struct {
		id, label string
		in        int
	}
	type row struct {
		in        int
		statement string
		values    any
	}
	var all rows
	there := map[int64]node{}
	var nodes, relationships []row
	var order []int64
	each(lastNode, pageOfNodes, func(r map[string]any) {
		labels, properties := []string{}, r["properties"].(map[string]any)
		for _, l := range r["labels"].([]any) {
			labels = append(labels, l.(string))
		}
		id, ok := properties["id"].(string)
		if !ok {
			b.Fatalf("a node of %v has no id, so that no index leads to it", labels)
		}
		label := labels[0]
		if slices.Contains(labels, "Entity") {
			label = "Entity"
		}
		all.nodes, all.properties = all.nodes+1, all.properties+len(properties)
		there[r["at"].(int64)] = node{id: id, label: label}
		order = append(order, r["at"].(int64))
		nodes = append(nodes, row{0, "UNWIND $rows AS row CREATE (n:" + strings.Join(labels, ":") + ") SET n = row", properties})
	})
	for i, at := range order {
		n := there[at]
		n.in = i * transactions / len(order)
		there[at], nodes[i].in = n, n.in
	}
	each(lastRelationship, pageOfRelationships, func(r map[string]any) {
		from, to, properties := there[r["from"].(int64)], there[r["to"].(int64)], r["properties"].(map[string]any)
		all.relationships, all.properties = all.relationships+1, all.properties+len(properties)
		statement := fmt.Sprintf("UNWIND $rows AS row MATCH (a:%s {id: row[0]}) MATCH (b:%s {id: row[1]}) CREATE (a)-[r:%s]->(b)", from.label, to.label, r["type"])
		values := []any{from.id, to.id}
		if len(properties) > 0 {
			statement, values = statement+" SET r = row[2]", append(values, properties)
		}
		relationships = append(relationships, row{max(from.in, to.in), statement, values})
	})
	for i := range relationships {
		relationships[i].in = max(relationships[i].in, i*transactions/len(relationships))
	}
	for t := range transactions {
		at := map[string]int{}
		var inserts []insert
		for _, r := range slices.Concat(nodes, relationships) {
			if r.in != t {
				continue
			}
			n, ok := at[r.statement]
			if !ok {
				n = len(inserts)
				at[r.statement], inserts = n, append(inserts, insert{statement: r.statement})
			}
			inserts[n].rows = append(inserts[n].rows, r.values)
		}
		all.transactions = append(all.transactions, inserts)
	}
	return all
}

// inserted inserts the rows into an empty database of the same constraints and indexes, and tells how long it took.
func (r rows) inserted(b *testing.B, by driver.DriverWithContext) time.Duration {
	b.Helper()
	ctx := b.Context()
	session := by.NewSession(ctx, driver.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(ctx)
	began := time.Now()
	for _, inserts := range r.transactions {
		if _, err := session.ExecuteWrite(ctx, func(tx driver.ManagedTransaction) (any, error) {
			for _, i := range inserts {
				result, err := tx.Run(ctx, i.statement, map[string]any{"rows": i.rows})
				if err != nil {
					return nil, err
				}
				if _, err := result.Consume(ctx); err != nil {
					return nil, err
				}
			}
			return nil, nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began)
}
