// Products that offer a standard this product accepts: processors for a board's socket.
MATCH (a:Product {key: $id})-[:ACCEPTS]->(s:Standard)<-[:OFFERS]-(b:Product)
RETURN collect(DISTINCT b.id) AS ids
