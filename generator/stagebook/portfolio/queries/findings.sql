-- What is wrong in files, by rule.
SELECT level, code, count(*) AS findings, count(DISTINCT source) AS files
FROM findings
GROUP BY level, code
ORDER BY level, findings DESC, code
