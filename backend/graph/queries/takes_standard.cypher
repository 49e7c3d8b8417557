// Products that accept a standard this product offers: boards for a processor's socket.
MATCH (a:Product {key: $id})-[:OFFERS]->(s:Standard)<-[:ACCEPTS]-(b:Product)
RETURN DISTINCT b.id AS id, b.category AS category
LIMIT $limit
