// Paths through networks to which both States belong on the day: membership opens them, not a treaty between the two.
// Answers to graph.hubs.through_networks and graph.hubs.relation.
WITH *, COLLECT {
  MATCH (way:NetworkChannel)-[:OF_ORGANISATION]->(body:Organisation)
  WHERE abroad AND coalesce(firstThere, true) AND question.measure IN way.measures
    AND NOT (question.evidence AND coalesce(way.evidentialUse, 'unknown') = 'intelligence')
  OPTIONAL MATCH (way)-[:UNDER_INSTRUMENT]->(act:Instrument)
  WITH way, body, CASE WHEN act.inForceOn IS NULL THEN act.signedOnEarliest ELSE act.inForceOnEarliest END AS since
  // A network is not used before its legal basis, and nobody was a member before the body was founded.
  WHERE NOT coalesce(on < since, false) AND NOT coalesce(on < body.foundedOnEarliest, false)
  WITH way, body, [party IN parties | {party: party, relation: head(COLLECT {
         MATCH (:State {id: party})-[m:HOLDS_STATUS_IN]->(body)
         // Without a date a membership is certain from its earliest source's date only.
         WITH m, reduce(first = null, date IN COLLECT {
           UNWIND coalesce(m.sources, []) AS id
           MATCH (s:Source {id: id}) WHERE s.asOf IS NOT NULL
           RETURN s.asOfLatest
         } | CASE WHEN first < date THEN first ELSE date END) AS known
         WITH m,
              CASE WHEN m.joinedOn IS NULL THEN CASE WHEN on >= known THEN 'met' ELSE 'unknown' END
                   WHEN on < m.joinedOnEarliest THEN 'not met'
                   WHEN m.joinedOnEarliest = m.joinedOnLatest OR on > m.joinedOnLatest THEN 'met'
                   ELSE 'unknown' END AS joined,
              CASE WHEN m.leftOn IS NULL OR on < m.leftOnEarliest THEN 'met'
                   WHEN m.leftOnEarliest = m.leftOnLatest OR on > m.leftOnLatest THEN 'not met'
                   ELSE 'unknown' END AS staying
         WITH m, CASE WHEN 'not met' IN [joined, staying] THEN 'not met'
                      WHEN 'unknown' IN [joined, staying] THEN 'unknown' ELSE 'met' END AS status,
              CASE WHEN m.status = 'former-member' AND m.leftOn IS NOT NULL AND staying <> 'not met'
                   THEN 'member' ELSE m.status END AS relation
         WHERE status <> 'not met'
           AND relation IN coalesce(way.statuses, []) + coalesce(way.partnerStatuses, [])
         RETURN {status: status, relation: relation} ORDER BY status, m.id
       })}] AS relations
  WHERE all(r IN relations WHERE r.relation IS NOT NULL)
    AND any(r IN relations WHERE r.relation.relation IN coalesce(way.statuses, []))
  OPTIONAL MATCH (channel:Concept {id: 'channel/' + way.channel})
  RETURN {
    needs: [], carrier: way.id, article: way.article, opener: null, openerArticle: null, channel: way.channel,
    evidentialUse: coalesce(way.evidentialUse, 'unknown'), deadlineDays: null, specificity: 1,
    offices: coalesce(channel.offices, 4) + CASE WHEN way.hub THEN 1 ELSE 0 END, speed: coalesce(channel.rank, 99),
    youth: 0, byConsent: false, hub: body.id, identity: [way.id, requested],
    conditions: [r IN relations | {code: 'membership', status: r.relation.status, party: r.party}]
  }
} AS byNetworks
