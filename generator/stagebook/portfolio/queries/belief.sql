-- How far units' belief lies from their answers, in levels: above is more than 0.
SELECT belief_gap, count(*) AS units
FROM standing
WHERE belief_gap IS NOT NULL
GROUP BY belief_gap
ORDER BY belief_gap DESC
