// Every specification of some products, for a comparison.
MATCH (p:Product)-[h:HAS]->(v:Value)
WHERE p.key IN $ids
RETURN p.id AS id, v.name AS name, h.label AS label, v.text AS text, h.position AS position
ORDER BY position
