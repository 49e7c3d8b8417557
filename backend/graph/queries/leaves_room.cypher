// Products that allow the measure this product needs: cases long enough for a card.
MATCH (a:Product {key: $id})-[n:NEEDS]->(m:Measure)<-[l:ALLOWS]-(b:Product)
WHERE n.amount <= l.amount
RETURN collect(DISTINCT b.id) AS ids
