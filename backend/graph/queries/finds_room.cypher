// Products that need no more than the measure this product allows: cards that go into a case.
MATCH (a:Product {key: $id})-[l:ALLOWS]->(m:Measure)<-[n:NEEDS]-(b:Product)
WHERE n.amount <= l.amount
RETURN collect(DISTINCT b.id) AS ids
