MATCH (e:Event)
WHERE e.action IN ['condemn', 'sell']
  AND NOT e.background
  AND NOT e.from STARTS WITH '--' AND e.from <= '2024-12-31'
  AND EXISTS { MATCH (e)<-[:OF]-(r:Report) WHERE ' ' + r.words CONTAINS ' condemn' AND ' ' + r.words CONTAINS ' kor' }
WITH e ORDER BY e.newest LIMIT 25
RETURN e.from AS from, e.to AS to, e.id AS event, e.action AS action, e.modality AS modality, e.claim AS claim,
  [(e)-[:SOURCE]->(x) | x.name] AS sources, [(e)-[:TARGET]->(x) | x.name] AS targets,
  [(e)<-[:OF]-(r:Report)-[:IN]->(s:Story) | {sentence: r.sentence, headline: s.headline, publisher: s.publisher, published: s.published}] AS reports;
