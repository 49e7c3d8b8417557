// Products that allow the measure this product needs: cases long enough for a card.
MATCH (a:Product {key: $id})-[n:NEEDS]->(m:Measure)<-[l:ALLOWS]-(b:Product)
WHERE n.amount <= l.amount
RETURN DISTINCT b.id AS id, b.category AS category
LIMIT $limit
