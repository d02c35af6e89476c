-- How many units rose, stayed and fell from their round before, by round.
WITH moves AS (
  SELECT
    round, level_low,
    lag(level_low) OVER (PARTITION BY unit ORDER BY round) AS before
  FROM placed
  WHERE place_in_round = 1 AND round IS NOT NULL
)
SELECT
  round,
  count(CASE WHEN level_low > before THEN 1 END) AS rose,
  count(CASE WHEN level_low = before THEN 1 END) AS stayed,
  count(CASE WHEN level_low < before THEN 1 END) AS fell,
  count(CASE WHEN before IS NULL OR level_low IS NULL THEN 1 END) AS new
FROM moves
GROUP BY round
ORDER BY round
