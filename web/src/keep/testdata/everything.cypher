MATCH (e:Event)
WHERE EXISTS { MATCH (e)-[:SOURCE]->(x:Entity) WHERE x.id IN ['state:RU'] }
  AND EXISTS { MATCH (e)-[:TARGET]->(x:Entity) WHERE (x.country IN ['UKR'] OR EXISTS { MATCH (own:State) WHERE (own.iso2 IN ['UKR'] OR own.iso3 IN ['UKR']) AND own.iso3 IN [x.country, x.iso3] }) AND x.sector IN ['MIL'] AND x.kind IN ['ORGANISATION'] }
  AND EXISTS { MATCH (e)-[:INSTRUMENT]->(x:Entity) WHERE x.id IN ['weapon:drone'] }
  AND EXISTS { MATCH (e)-[:PLACE]->(x:Entity) WHERE x.id IN ['place:kyiv'] }
  AND EXISTS { MATCH (e)-[:PLACE]->(x:Entity) WHERE x.id IN ['place:odesa', 'place:kyiv'] }
  AND EXISTS { MATCH (e)-[:SOURCE|TARGET|INSTRUMENT|PLACE]->(x:Entity) WHERE (x.country IN ['IGO'] OR EXISTS { MATCH (own:State) WHERE (own.iso2 IN ['IGO'] OR own.iso3 IN ['IGO']) AND own.iso3 IN [x.country, x.iso3] }) }
  AND EXISTS { MATCH (e)<-[:OF]-(:Report)-[:SAID_BY]->(x:Entity) WHERE x.id IN ['person:o\'neill\\'] }
  AND e.type IN ['ASSAULT', 'ACCUSE']
  AND NOT e.background
  AND e.claim
  AND NOT e.from STARTS WITH '--' AND e.from <= '2024-02-29'
  AND EXISTS { MATCH (e)<-[:OF]-(r:Report) WHERE ' ' + r.words CONTAINS ' straße' AND ' ' + r.words CONTAINS ' o' AND ' ' + r.words CONTAINS ' neill' }
WITH e ORDER BY e.newest LIMIT 25
RETURN e.from AS from, e.to AS to, e.id AS event, e.action AS action, e.modality AS modality, e.claim AS claim,
  [(e)-[:SOURCE]->(x) | x.name] AS sources, [(e)-[:TARGET]->(x) | x.name] AS targets,
  [(e)<-[:OF]-(r:Report)-[:IN]->(s:Story) | {sentence: r.sentence, headline: s.headline, publisher: s.publisher, published: s.published}] AS reports;
