package neo4j

// locked leaves it to the importer to find out.
func locked(string) (bool, error) { return false, nil }
