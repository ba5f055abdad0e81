// All paths of a question in the stated order, with the mark of those that no other beats; the first place goes to one
// of them. Answers to graph.ranking.
WITH question, establishment, byTreaties + byNetworks + byProvider AS paths
UNWIND paths AS path
WITH question, establishment, path WHERE question.via IS NULL OR path.channel = question.via
WITH question, establishment, path, [c IN path.conditions WHERE c.status = 'unknown' | c] AS open,
     CASE path.evidentialUse WHEN 'evidence' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END AS use,
     coalesce(path.deadlineDays, 1.0 / 0.0) AS deadline
WITH question, establishment, path, size(open) AS open, use, deadline,
     CASE WHEN question.urgent THEN path.speed ELSE 0 END AS haste,
     CASE WHEN question.urgent AND deadline <= 10.0 THEN deadline ELSE 1.0 / 0.0 END AS soon
ORDER BY
  question.number, open > 0, path.byConsent, open, path.hub IS NOT NULL,
  CASE WHEN question.evidence THEN use ELSE 0 END, soon, haste, path.specificity, deadline,
  path.offices, path.speed, path.youth, path.identity
WITH question, collect({
  path: path, establishment: establishment.id, open: open,
  criteria: [open, CASE WHEN path.byConsent THEN 1 ELSE 0 END, use, deadline, path.offices, path.specificity, haste]
}) AS listed
WITH question, [one IN listed | {
  path: one.path, establishment: one.establishment, open: one.open, criteria: one.criteria,
  pareto: none(other IN listed WHERE other.criteria <> one.criteria
    AND all(n IN range(0, 6) WHERE other.criteria[n] <= one.criteria[n]))
}] AS listed
// Where the first is beaten the first of those that beat it, and that nothing beats, takes its place.
WITH question, listed, CASE
  WHEN listed[0].pareto THEN 0
  ELSE head([n IN range(0, size(listed) - 1) WHERE listed[n].pareto
    AND all(k IN range(0, 6) WHERE listed[n].criteria[k] <= listed[0].criteria[k])])
END AS first
WITH question, [listed[first]] + [n IN range(0, size(listed) - 1) WHERE n <> first | listed[n]] AS listed
RETURN question.number AS number,
       [one IN listed | {path: one.path, establishment: one.establishment, open: one.open, pareto: one.pareto}] AS paths
