package storetest

import "testing"

func testIDs(t *testing.T, h Harness)               {}
func testLists(t *testing.T, h Harness)             {}
func testListsWhileLoading(t *testing.T, h Harness) {}
func testCursors(t *testing.T, h Harness)           {}
func testRefused(t *testing.T, h Harness)           {}
func testQuestions(t *testing.T, h Harness)         {}
func testInvented(t *testing.T, h Harness)          {}
func testRecords(t *testing.T, h Harness)           {}
func testHostile(t *testing.T, h Harness)           {}
func testCancelled(t *testing.T, h Harness)         {}
func testClosed(t *testing.T, h Harness)            {}
