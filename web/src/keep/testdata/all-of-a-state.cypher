MATCH (e:Event)
WHERE EXISTS { MATCH (e)-[:SOURCE|TARGET|INSTRUMENT|PLACE]->(x:Entity) WHERE (x.country IN ['KP'] OR EXISTS { MATCH (own:State) WHERE (own.iso2 IN ['KP'] OR own.iso3 IN ['KP']) AND own.iso3 IN [x.country, x.iso3] }) }
  AND e.modality IN ['ASSERTED']
  AND (e.from IS NULL OR e.from STARTS WITH '--' OR NOT e.from STARTS WITH '--' AND e.to >= '2024-01-01')
WITH e ORDER BY e.newest LIMIT 25
RETURN e.from AS from, e.to AS to, e.id AS event, e.action AS action, e.modality AS modality, e.claim AS claim,
  [(e)-[:SOURCE]->(x) | x.name] AS sources, [(e)-[:TARGET]->(x) | x.name] AS targets,
  [(e)<-[:OF]-(r:Report)-[:IN]->(s:Story) | {sentence: r.sentence, headline: s.headline, publisher: s.publisher, published: s.published}] AS reports;
