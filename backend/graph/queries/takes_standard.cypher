// Products that accept a standard this product offers: boards for a processor's socket.
MATCH (a:Product {key: $id})-[:OFFERS]->(s:Standard)<-[:ACCEPTS]-(b:Product)
RETURN collect(DISTINCT b.id) AS ids
