// The shortest way from one product to another over relations and shared standards.
MATCH p = (a:Product {key: $id})-[e:COMPATIBLE_WITH|SIMILAR_TO|BOUGHT_WITH|OFFERS|ACCEPTS* SHORTEST 1..6]-(b:Product {key: $other})
RETURN properties(nodes(p), 'key') AS keys, properties(rels(p), 'kind') AS kinds, properties(rels(p), 'reason') AS reasons
LIMIT 1
