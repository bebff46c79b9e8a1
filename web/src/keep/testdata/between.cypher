MATCH (e:Event)
WHERE EXISTS { MATCH (x:Entity)<-[:SOURCE]-(e)-[:TARGET]->(y:Entity) WHERE ((x.country IN ['PRK'] OR EXISTS { MATCH (own:State) WHERE (own.iso2 IN ['PRK'] OR own.iso3 IN ['PRK']) AND own.iso3 IN [x.country, x.iso3] })) AND (y.id IN ['person:jake-sullivan']) OR (x.id IN ['person:jake-sullivan']) AND ((y.country IN ['PRK'] OR EXISTS { MATCH (own:State) WHERE (own.iso2 IN ['PRK'] OR own.iso3 IN ['PRK']) AND own.iso3 IN [y.country, y.iso3] })) }
  AND e.action IN ['condemn']
  AND NOT e.background
WITH e ORDER BY e.newest LIMIT 25
RETURN e.from AS from, e.to AS to, e.id AS event, e.action AS action, e.modality AS modality, e.claim AS claim,
  [(e)-[:SOURCE]->(x) | x.name] AS sources, [(e)-[:TARGET]->(x) | x.name] AS targets,
  [(e)<-[:OF]-(r:Report)-[:IN]->(s:Story) | {sentence: r.sentence, headline: s.headline, publisher: s.publisher, published: s.published}] AS reports;
