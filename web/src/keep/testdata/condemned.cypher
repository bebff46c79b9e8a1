MATCH (e:Event)
WHERE EXISTS { MATCH (e)-[:SOURCE]->(x:Entity) WHERE x.id IN ['person:jake-sullivan'] }
  AND e.action IN ['condemn']
  AND e.claim
  AND NOT e.from STARTS WITH '--' AND e.to >= '2024-01-01' AND e.from <= '2024-01-31'
WITH e ORDER BY e.newest LIMIT 25
RETURN e.from AS from, e.to AS to, e.id AS event, e.action AS action, e.modality AS modality, e.claim AS claim,
  [(e)-[:SOURCE]->(x) | x.name] AS sources, [(e)-[:TARGET]->(x) | x.name] AS targets,
  [(e)<-[:OF]-(r:Report)-[:IN]->(s:Story) | {sentence: r.sentence, headline: s.headline, publisher: s.publisher, published: s.published}] AS reports;
