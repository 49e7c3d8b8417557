// The shortest way from one product to another over relations and shared standards.
MATCH (a:Product {key: $id}), (b:Product {key: $other})
MATCH p = shortestPath((a)-[:COMPATIBLE_WITH|SIMILAR_TO|BOUGHT_WITH|OFFERS|ACCEPTS*1..6]-(b))
RETURN [n IN nodes(p) | n.key] AS keys, [r IN relationships(p) | r.kind] AS kinds, [r IN relationships(p) | r.reason] AS reasons
LIMIT 1
