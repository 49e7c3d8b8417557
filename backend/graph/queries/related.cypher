// Stored relations of one kind, in both directions.
MATCH (a:Product {key: $id})-[r:COMPATIBLE_WITH|SIMILAR_TO|BOUGHT_WITH]-(b:Product)
WHERE r.kind = $kind
RETURN b.id AS id, r.reason AS reason, r.strength AS strength
ORDER BY strength DESC, id
LIMIT $limit
