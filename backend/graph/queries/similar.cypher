// Products of the same category that share the most telling specification values.
MATCH (a:Product {key: $id})-[:HAS]->(v:Value)<-[:HAS]-(b:Product)
WHERE v.shared <= $common AND b.key <> $id
RETURN b.id AS id, sum(v.weight) AS likeness, count(v) AS shared
ORDER BY likeness DESC, id
LIMIT $limit
