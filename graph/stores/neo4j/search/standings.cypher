// Where both States stand in every instrument that has both on record, on the day, in three values: bound and in force,
// not, or unknown. Contradicting readings decide only where they agree. Answers to graph.standing.timeline (Vienna
// Convention on the Law of Treaties, articles 11 to 18, 24, 54 to 57) and graph.network.Network.joins (Treaty on the
// Functioning of the EU, article 216(2)).
WITH *, CASE WHEN abroad THEN [requesting, requested] ELSE [] END AS parties
WITH *, [party IN parties WHERE party = 'EUE' OR EXISTS {
       (:State {id: party})-[:HOLDS_STATUS_IN]->(:Organisation {id: 'eu'})
     }] AS inUnion
WITH *, COLLECT {
  UNWIND parties AS named
  MATCH (:State {id: named})-[reading:PARTICIPATES_IN]->(i:Instrument)
  WITH i, collect({party: named, reading: reading}) AS readings
  WHERE any(r IN readings WHERE r.party = requesting) AND any(r IN readings WHERE r.party = requested)
  UNWIND readings AS r
  WITH i, r.party AS party, r.reading AS p
  WITH i, party, p, date('0001-01-01') AS beginning,
       // The earliest date at which a source names the party as such.
       reduce(first = null, date IN COLLECT {
         UNWIND coalesce(p.standingSources, p.sources, []) AS id
         MATCH (s:Source {id: id}) WHERE s.asOf IS NOT NULL
         RETURN s.asOfLatest
       } | CASE WHEN first < date THEN first ELSE date END) AS namedOn
  WITH i, party, p, namedOn,
       coalesce(i.inForceOnEarliest, beginning) AS floorFirst, coalesce(i.inForceOnLatest, beginning) AS floorLast,
       coalesce(p.boundOnEarliest, beginning) AS boundFirst, coalesce(p.boundOnLatest, beginning) AS boundLast,
       CASE WHEN p.boundOn IS NULL THEN coalesce(p.signedOnEarliest, beginning) ELSE beginning END AS signedFirst,
       i.inForceOn IS NULL AND coalesce(i.status, '') <> 'in-force'
         AND coalesce(p.action, '') IN ['ratification', 'accession', 'acceptance', 'approval', 'succession']
         AS ownEntryUnknown
  WITH i, party, p, namedOn, floorFirst, floorLast, ownEntryUnknown,
       // With a date of entry into force: never before the instrument's own.
       CASE WHEN p.inForceOnEarliest > floorFirst THEN p.inForceOnEarliest ELSE floorFirst END AS entryFirst,
       CASE WHEN p.inForceOnLatest > floorLast THEN p.inForceOnLatest ELSE floorLast END AS entryLast,
       // Without one: possible from the latest of what must come before, certain once all of that is surely over.
       reduce(latest = floorFirst, day IN [boundFirst, signedFirst] |
         CASE WHEN day > latest THEN day ELSE latest END) AS earliest,
       reduce(latest = date('0001-01-01'), day IN [
         CASE WHEN floorFirst = floorLast THEN floorLast ELSE floorLast + duration({days: 1}) END,
         CASE WHEN boundFirst = boundLast THEN boundLast ELSE boundLast + duration({days: 1}) END
       ] | CASE WHEN day > latest THEN day ELSE latest END) AS surely
  WITH i, party, p,
       CASE
         WHEN p.standing IN ['excluded', 'signatory', 'not-in-force'] THEN 'not met'
         WHEN p.standing = 'signed' AND p.boundOn IS NULL THEN 'not met'
         WHEN i.status = 'not-in-force' AND i.inForceOn IS NULL THEN 'not met'
         WHEN p.inForceOn IS NOT NULL AND p.standing = 'party' THEN
           CASE WHEN on < entryFirst THEN 'not met'
                WHEN entryFirst >= entryLast OR on > entryLast THEN 'met'
                ELSE 'unknown' END
         WHEN on < earliest THEN 'not met'
         WHEN p.standing <> 'party' OR ownEntryUnknown OR namedOn IS NULL THEN 'unknown'
         WHEN on >= namedOn AND on >= surely THEN 'met'
         ELSE 'unknown'
       END AS entered,
       // Whether it has ended: for the party, by suspension, or with the instrument.
       [over IN [
         {first: p.endedOnEarliest, last: p.endedOnLatest},
         {first: p.suspendedOnEarliest, last: p.suspendedOnLatest},
         {first: i.endedOnEarliest, last: i.endedOnLatest}
       ] WHERE on >= over.first | CASE WHEN over.first = over.last OR on > over.last THEN 'met' ELSE 'unknown' END]
       + CASE WHEN i.status = 'ended' AND i.endedOn IS NULL THEN ['unknown'] ELSE [] END AS ended
  WITH i, party, CASE
         WHEN entered = 'not met' OR 'met' IN ended THEN 'not met'
         WHEN 'unknown' IN ended THEN 'unknown'
         ELSE entered
       END AS result
  WITH i, party, collect(DISTINCT result) AS results
  WITH i, collect({
         party: party,
         status: CASE size(results) WHEN 1 THEN results[0] ELSE 'unknown' END,
         code: CASE size(results) WHEN 1 THEN 'in-force' ELSE 'contested' END
       }) AS sides
  WITH i, head([s IN sides WHERE s.party = requesting]) AS ours, head([s IN sides WHERE s.party = requested]) AS theirs
  RETURN {
    id: i.id, instrument: i, ours: ours, theirs: theirs,
    both: CASE WHEN 'not met' IN [ours.status, theirs.status] THEN 'not met'
               WHEN 'unknown' IN [ours.status, theirs.status] THEN 'unknown' ELSE 'met' END,
    // An agreement of the Union with others works between a member and one of these only.
    joins: size(inUnion) = 1 OR NOT (
      (i.kind = 'bilateral' OR coalesce(i.extendsToMembers, false))
      AND EXISTS { (:State {id: 'EUE'})-[:PARTICIPATES_IN]->(i) })
  }
} AS shared
// What a newer instrument replaces between the two for the measure (VCLT articles 30 and 59).
// Answers to graph.search._replacements.
WITH *, COLLECT {
  UNWIND [s IN shared WHERE s.both <> 'not met'] AS newer
  WITH newer.both AS status, newer.instrument AS i
  MATCH (i)-[:REPLACES]->(older:Instrument)
  WHERE EXISTS {
    MATCH (i)<-[:UNDER_INSTRUMENT]-(v:Provision {role: 'cooperation'})
    WHERE any(named IN v.measures WHERE named IN carrying)
  }
  RETURN {id: older.id, status: status}
} AS replacements
WITH *, [r IN replacements WHERE r.status = 'met' | r.id] AS replaced, [r IN replacements | r.id] AS perhapsReplaced
